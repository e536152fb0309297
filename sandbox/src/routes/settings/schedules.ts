import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { defaultWeek } from '../../seed/settings/service-levels.ts'
import { found, idOf } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const PATH = '/business_hours/schedules'
const MINUTES = 7 * 1440

/** Schedules of business hours, which come all at once, and their holidays. */
export function scheduleRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes: Routes = {
    ...resourceRoutes(served, {
      path: PATH,
      one: 'schedule',
      many: 'schedules',
      table: 'schedules',
      operations: ['show', 'create', 'update', 'delete'],
      audit: { type: 'schedule', label: ({ name }) => `Schedule: ${name}` },
      create: (sent) => {
        for (const name of ['name', 'time_zone']) if (!(name in sent)) throw blank(name)
        return { ...checked(sent), intervals: 'intervals' in sent ? intervalsIn(sent) : defaultWeek() }
      },
      update: checked,
      remove: ({ id }) => {
        for (const one of [...holidays(store).all()]) if (one['schedule_id'] === id) holidays(store).remove(one.id)
        schedules(store).remove(id)
        return undefined
      },
    }),
    [`GET ${PATH}`]: () => ({
      schedules: Array.from(schedules(store).all(), schedules(store).row),
      url: `${store.base}/api/v2${PATH}.json`,
    }),
    [`PUT ${PATH}/:id/workweek`]: ({ body, params }) => {
      const { id } = schedule(store, params['id'])
      const sent = body['workweek']
      if (typeof sent !== 'object' || sent === null) throw parameterMissing('workweek')
      const intervals = intervalsIn(sent as Row)
      schedules(store).change(id, { intervals })
      return { workweek: { intervals }, url: `${store.base}/api/v2${PATH}/${id}/workweek.json` }
    },
    ...resourceRoutes(served, {
      path: `${PATH}/:schedule/holidays`,
      one: 'holiday',
      many: 'holidays',
      table: 'schedule_holidays',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      where: ({ schedule_id }, call: Call) => schedule_id === schedule(store, call.params['schedule']).id,
      create: (sent, call) => ({ ...days(sent), schedule_id: schedule(store, call.params['schedule']).id }),
      update: (sent, entry) => days(sent, entry),
    }),
    [`GET ${PATH}/:schedule/holidays`]: ({ params }) => {
      const { id } = schedule(store, params['schedule'])
      const rows = [...holidays(store).all()].filter((one) => one['schedule_id'] === id).map(holidays(store).row)
      return { holidays: rows, url: `${store.base}/api/v2${PATH}/${id}/holidays.json` }
    },
  }
  return [{ who: 'agent', writers: 'admin', feature: 'schedules', routes }]
}

const schedules = (store: Store) => store.table('schedules')

const holidays = (store: Store) => store.table('schedule_holidays')

const schedule = (store: Store, text: string | undefined): Entry =>
  found(schedules(store).get(idOf(text, 'api/v2/business_hours/schedules/show')))

function checked(sent: Row): Row {
  const { name } = sent
  if ('name' in sent && (typeof name !== 'string' || name.trim() === '')) throw blank('name')
  if ('time_zone' in sent && (typeof sent['time_zone'] !== 'string' || sent['time_zone'] === ''))
    throw blank('time_zone')
  const known = ['name', 'time_zone'].filter((key) => key in sent)
  return Object.fromEntries(known.map((key) => [key, sent[key]]))
}

function days(sent: Row, before?: Entry): Row {
  const values = {
    name: before?.['name'],
    start_date: before?.['start_date'],
    end_date: before?.['end_date'],
    ...sent,
  }
  const { name, start_date, end_date } = values
  if (typeof name !== 'string' || name.trim() === '') throw blank('name')
  for (const date of [start_date, end_date])
    if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw invalid('start_date', 'Date: is invalid')
  if (String(end_date) < String(start_date)) throw invalid('end_date', 'End date: must not be before the start date')
  return { name, start_date, end_date }
}

function intervalsIn({ intervals }: Row): Row[] {
  const list = Array.isArray(intervals) ? (intervals as Row[]) : []
  const sorted = list
    .map(({ start_time, end_time }) => ({ start_time: Number(start_time), end_time: Number(end_time) }))
    .sort((one, other) => one.start_time - other.start_time)
  let last = 0
  for (const { start_time, end_time } of sorted) {
    if (!(start_time >= last && end_time > start_time && end_time <= MINUTES))
      throw invalid('intervals', 'Intervals: must not overlap and must lie in the week')
    last = end_time
  }
  return sorted
}

function blank(name: string) {
  return recordInvalid({ [name]: [{ description: `${name}: cannot be blank`, error: 'BlankValue' }] })
}

function invalid(name: string, description: string) {
  return recordInvalid({ [name]: [{ description, error: 'InvalidValue' }] })
}
