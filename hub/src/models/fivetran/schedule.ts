import { type Model, utc } from '../model.ts'
import { SYNCED, same } from './columns.ts'

export const schedule: Model = {
  name: 'schedule',
  about: 'A row for each interval of a schedule, in minutes since Sunday 0:00 of its zone.',
  from: ['schedules'],
  query: ({
    present,
    elements,
    member,
    types,
  }) => `select ${same('id name time_zone')}, ${utc('t.created_at')} as created_at,
    cast(${member('x.element', 'start_time')} as ${types.integer}) as start_time,
    cast(${member('x.element', 'end_time')} as ${types.integer}) as end_time,
    t._deleted_at is not null as _fivetran_deleted, ${SYNCED}
    from ${present('schedules')} as t, lateral (${elements('t.intervals')}) as x`,
}

export const scheduleHoliday: Model = {
  name: 'schedule_holiday',
  about: 'Holidays of schedules, with their first and last day.',
  from: ['schedule_holidays'],
  query: ({ present }) => `select ${same('id schedule_id name')}, cast(t.start_date as varchar) as start_date,
    cast(t.end_date as varchar) as end_date, t._deleted_at is not null as _fivetran_deleted, ${SYNCED}
    from ${present('schedule_holidays')} as t`,
}

export const ticketSchedule: Model = {
  name: 'ticket_schedule',
  about: 'When a trigger gave a ticket which schedule.',
  from: ['ticket_audits'],
  query: ({ present, elements, member, types }) => `select t.ticket_id,
    cast(${member('x.element', 'new_schedule_id')} as ${types.integer}) as schedule_id,
    ${utc('max(t.created_at)')} as created_at, ${utc('max(t._loaded_at)')} as _fivetran_synced
    from ${present('ticket_audits')} as t, lateral (${elements('t.events')}) as x
    where ${member('x.element', 'type')} = 'ScheduleAssignment' and ${member('x.element', 'new_schedule_id')} is not null
    group by t.ticket_id, t.id, 2`,
}
