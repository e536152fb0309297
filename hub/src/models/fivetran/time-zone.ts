import { now } from '../../clock.ts'
import { literal } from '../../table/names.ts'
import type { Model, Tables } from '../model.ts'
import { type Offset, offsetsOf } from './offsets.ts'

/** Zendesk is no older. */
const FIRST = Date.UTC(2007, 0, 1) / 1000

/**
 * The offsets of each zone that a schedule has, until the end of the year in ten years. The standard offset is the smallest in
 * that time: all others are daylight time above it, also where a country changed its mind.
 */
async function zonesIn({ present, rows }: Tables) {
  const last = Date.UTC(new Date(now()).getUTCFullYear() + 11, 0, 1) / 1000
  const found = await rows(
    `select distinct t.time_zone from ${present('schedules')} as t where t.time_zone is not null`,
  )
  return found
    .map(({ time_zone }) => String(time_zone))
    .toSorted()
    .map((name) => {
      const offsets = offsetsOf(name, FIRST, last)
      return { name, offsets, last, standard: Math.min(...offsets.map(({ minutes }) => minutes)) }
    })
    .filter(({ offsets }) => offsets.length > 0)
}

/** A query of these rows, or of none. */
function valuesOf(columns: readonly string[], types: readonly string[], rows: readonly (readonly string[])[]): string {
  const empty = columns.map((column, at) => `cast(null as ${types[at]}) as "${column}"`).join(', ')
  if (rows.length === 0) return `select ${empty} where false`
  const typed = columns.map((column, at) => `cast(v."${column}" as ${types[at]}) as "${column}"`).join(', ')
  const lines = rows.map((row) => `(${row.join(', ')})`).join(',\n')
  return `select ${typed} from (values ${lines}) as v(${columns.map((column) => `"${column}"`).join(', ')})`
}

export const timeZone: Model = {
  name: 'time_zone',
  about: 'Time zones of schedules with their standard offset, out of the zone database.',
  from: ['schedules'],
  async query(tables) {
    const zones = await zonesIn(tables)
    const rows = zones.map(({ name, standard }) => [literal(name), literal(offsetText(standard))])
    return valuesOf(['time_zone', 'standard_offset'], ['varchar', 'varchar'], rows)
  },
}

export const daylightTime: Model = {
  name: 'daylight_time',
  about: 'When each time zone of a schedule is ahead of its standard offset, and by how many hours.',
  from: ['schedules'],
  async query(tables) {
    const zones = await zonesIn(tables)
    const rows = zones.flatMap(({ name, offsets, last, standard }) =>
      offsets.flatMap(({ from, minutes }, nth) =>
        minutes === standard
          ? []
          : [stretch(name, { from, minutes: minutes - standard }, offsets[nth + 1]?.from ?? last)],
      ),
    )
    return valuesOf(
      ['time_zone', 'year', 'daylight_start_utc', 'daylight_end_utc', 'daylight_offset'],
      ['varchar', 'integer', 'timestamp', 'timestamp', isWhole(rows) ? 'integer' : 'numeric'],
      rows,
    )
  },
}

const stretch = (name: string, { from, minutes }: Offset, to: number): readonly string[] => [
  literal(name),
  String(new Date(from * 1000).getUTCFullYear()),
  literal(stamp(from)),
  literal(stamp(to)),
  String(minutes / 60),
]

const isWhole = (rows: readonly (readonly string[])[]): boolean => rows.every((row) => !row[4]?.includes('.'))

/** An epoch second as a timestamp in UTC. */
const stamp = (time: number): string => new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ')

/** `+05:30`. */
function offsetText(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}
