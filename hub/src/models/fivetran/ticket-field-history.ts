import { type Model, type Tables, utc } from '../model.ts'
import { SYNCED } from './columns.ts'

/** What audits call the target of each metric; the first reply is one, each later one the next. */
const FIELD = `case m.metric when 'reply_time' then case m.instance_id when 1 then 'first_reply_time' else 'next_reply_time' end
  when 'resolution_time' then 'total_resolution_time' else m.metric end`

export const ticketFieldHistory: Model = {
  name: 'ticket_field_history',
  about:
    'Each value that a field of a ticket was given: the last one of each second. Targets of SLA policies are among them.',
  from: ['ticket_field_history'],
  query: (tables) => `with known as (
      select ticket_id, field_name, updated, "value", user_id, _fivetran_synced from (
        select t.ticket_id, t.field_name, ${utc('t.updated_at')} as updated, t."value", t.user_id, ${SYNCED},
          row_number() over (partition by t.ticket_id, t.field_name, t.updated_at order by t.id desc) as nth
        from ${tables.present('ticket_field_history')} as t) as numbered
      where nth = 1)
    select ticket_id, field_name, updated, "value", user_id, _fivetran_synced from known
    ${tables.has('ticket_metric_events') ? targets(tables) : ''}`,
}

/** Targets that metric events tell and no audit did: each once. */
const targets = ({ present, member }: Tables): string => `union all
    select s.ticket_id, s.field_name, s.updated, s."value", -1, s._fivetran_synced from (
      select distinct on (f.ticket_id, f.field_name, f.updated) f.* from (
        select m.ticket_id, ${FIELD} as field_name, ${utc('m.time')} as updated,
          '{"minutes": ' || ${member('m.sla', 'target')} || ', "in_business_hours": ' || ${member('m.sla', 'business_hours')} || '}' as "value",
          ${utc('m._loaded_at')} as _fivetran_synced, m.id
        from ${present('ticket_metric_events')} as m where m.type = 'apply_sla'
        union all
        select m.ticket_id, 'sla_policy', ${utc('m.time')}, ${member('m.sla', 'policy', 'title')}, ${utc('m._loaded_at')}, m.id
        from ${present('ticket_metric_events')} as m where m.type = 'apply_sla') as f
      order by f.ticket_id, f.field_name, f.updated, f.id desc) as s
    where not exists (select 1 from known as k where k.ticket_id = s.ticket_id and k.updated = s.updated
      and (k.field_name = s.field_name or s.field_name = 'sla_policy' and k.field_name in
        ('first_reply_time', 'next_reply_time', 'requester_wait_time', 'agent_work_time', 'total_resolution_time')))`
