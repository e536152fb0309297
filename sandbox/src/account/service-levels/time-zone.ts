import zones from './zones.json' with { type: 'json' }

const NAMES: Readonly<Record<string, string>> = zones
/** Offsets are looked up from 1970 until 2050. */
const LAST = 2_524_608_000

/** A time zone: the offset from UTC in seconds that holds from each of these epoch seconds on. */
export type TimeZone = readonly { readonly from: number; readonly offset: number }[]

const known = new Map<string, TimeZone>()

/**
 * The time zone of this name, one of Zendesk's ("Pacific Time (US & Canada)") or of the zone database. A name that nobody
 * knows is UTC.
 */
export function timeZone(name: string): TimeZone {
  const found = known.get(name)
  if (found !== undefined) return found
  const zone = offsetsOf(NAMES[name] ?? name)
  known.set(name, zone)
  return zone
}

/** Seconds that local time is ahead of UTC at an epoch second. */
export function offsetAt(zone: TimeZone, time: number): number {
  let [low, high] = [0, zone.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (zone[middle]!.from <= time) low = middle
    else high = middle - 1
  }
  return zone[low]?.offset ?? 0
}

/** The epoch second of a local time, given as seconds since a local 1 January 1970. */
export function fromLocal(zone: TimeZone, local: number): number {
  const first = local - offsetAt(zone, local)
  return local - offsetAt(zone, first)
}

function offsetsOf(name: string): TimeZone {
  const read = offsetReader(name)
  const zone = [{ from: Number.NEGATIVE_INFINITY, offset: read(0) }]
  const step = 20 * 86_400
  let before = read(0)
  for (let time = step; time < LAST; time += step) {
    const offset = read(time)
    if (offset !== before) zone.push({ from: changeBetween(read, time - step, time), offset })
    before = offset
  }
  return zone
}

function changeBetween(read: (time: number) => number, low: number, high: number): number {
  const after = read(high)
  let [from, to] = [low, high]
  while (to - from > 60) {
    const middle = Math.floor((from + to) / 120) * 60
    if (read(middle) === after) to = middle
    else from = middle
  }
  return to
}

function offsetReader(name: string): (time: number) => number {
  const format = formatOf(name)
  if (format === undefined) return () => 0
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time * 1000).map(({ type, value }) => [type, Number(value)]))
    const local = Date.UTC(
      parts['year']!,
      parts['month']! - 1,
      parts['day']!,
      parts['hour']!,
      parts['minute']!,
      parts['second']!,
    )
    return local / 1000 - time
  }
}

function formatOf(timeZoneName: string): Intl.DateTimeFormat | undefined {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', minute: 'numeric', second: 'numeric' } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...numeric, hour: 'numeric', hourCycle: 'h23', timeZone: timeZoneName })
  } catch {
    return undefined
  }
}
