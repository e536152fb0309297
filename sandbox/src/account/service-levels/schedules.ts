import type { OtherEvent, Row, Ticket } from '../model.ts'
import { type Conditions, conditionsIn, meets } from '../rules/conditions.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'
import { ALWAYS, type BusinessHours, businessHours } from './business-hours.ts'

/** Schedules and the triggers that set them, as long as neither changes. */
type Compiled = {
  readonly versions: string
  readonly first: number | undefined
  readonly hours: ReadonlyMap<number, BusinessHours>
  readonly setters: readonly { readonly conditions: Conditions; readonly schedule: number }[]
}

const compiled = new WeakMap<Store, Compiled>()

/**
 * The hours that a ticket is measured by: those of the schedule that a trigger set, or else the default one (fact 280).
 * Assumed (fact 420): that is the first.
 */
export function hoursOf(store: Store, ticket: Ticket): BusinessHours {
  const { hours, first } = compile(store)
  return hours.get(ticket.schedule ?? -1) ?? hours.get(first ?? -1) ?? ALWAYS
}

/**
 * The schedule that triggers set for a ticket as it is now: the event that says so, if it is another one. Of a trigger's actions
 * only this one is carried out here. Assumed (fact 421): its name, and the keys of the event.
 */
export function setSchedule(store: Store, ticket: Ticket): OtherEvent | undefined {
  const { setters } = compile(store)
  const found = setters.findLast(({ conditions }) => meets(store, ticket, conditions, undefined))
  if (found === undefined || found.schedule === ticket.schedule) return undefined
  const previous = ticket.schedule === undefined ? null : String(ticket.schedule)
  ticket.schedule = found.schedule
  const values = { previous_schedule_id: previous, new_schedule_id: String(found.schedule) }
  return { type: 'Other', kind: 'ScheduleAssignment', values }
}

function compile(store: Store): Compiled {
  const [schedules, holidays, triggers] = ['schedules', 'schedule_holidays', 'triggers'].map((name) =>
    store.tables.get(name),
  )
  const versions = [schedules, holidays, triggers].map((table) => table?.version()).join(' ')
  const before = compiled.get(store)
  if (before?.versions === versions) return before
  const all = [...(schedules?.all() ?? [])]
  const made: Compiled = {
    versions,
    first: all[0] === undefined ? undefined : Number(all[0].id),
    hours: new Map(all.map((one) => [Number(one.id), hoursOfSchedule(one, [...(holidays?.all() ?? [])])])),
    setters: [...(triggers?.all() ?? [])].flatMap((trigger) => settersIn(trigger)),
  }
  compiled.set(store, made)
  return made
}

function hoursOfSchedule({ id, time_zone, intervals }: Entry, holidays: readonly Entry[]): BusinessHours {
  return businessHours({
    timeZone: String(time_zone),
    intervals: (intervals as Row[]).map((one) => ({ from: Number(one['start_time']), to: Number(one['end_time']) })),
    holidays: holidays
      .filter((one) => one['schedule_id'] === id)
      .map((one) => ({ first: String(one['start_date']), last: String(one['end_date']) })),
  })
}

function settersIn(trigger: Entry): Compiled['setters'] {
  if (trigger['active'] !== true) return []
  const actions = Array.isArray(trigger['actions']) ? (trigger['actions'] as Row[]) : []
  return actions
    .filter(({ field }) => field === 'set_schedule')
    .map(({ value }) => ({ conditions: conditionsIn(trigger), schedule: Number(value) }))
}
