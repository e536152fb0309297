// When a time zone is how far from UTC, out of the zone database that Node brings along.
import zones from './zones.json' with { type: 'json' }

/** Names of zones in the zone database, by those that Zendesk gives them. */
const NAMES: Readonly<Record<string, string>> = zones

const HALF_MONTH = 15 * 86_400

/** From an epoch second on, a zone is so many minutes ahead of UTC. */
export interface Offset {
  readonly from: number
  readonly minutes: number
}

/**
 * The offsets of a zone between two epoch seconds, by Zendesk's name of it or that of the zone database; empty for a name that
 * nobody knows.
 */
export function offsetsOf(name: string, from: number, to: number): readonly Offset[] {
  const read = reader(NAMES[name] ?? name)
  if (read === undefined) return []
  const offsets: Offset[] = [{ from, minutes: read(from) }]
  for (let before = from; before < to; before += HALF_MONTH) {
    const after = Math.min(before + HALF_MONTH, to)
    if (read(after) !== read(before)) offsets.push({ from: change(read, before, after), minutes: read(after) })
  }
  return offsets
}

/** The minute at which the offset becomes what it is at the end. */
function change(read: (time: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  const wanted = read(to)
  while (high - low > 60) {
    const middle = Math.floor((low + high) / 2 / 60) * 60
    if (middle <= low) break
    if (read(middle) === wanted) high = middle
    else low = middle
  }
  return high
}

function reader(zone: string): ((time: number) => number) | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
  return (time) => {
    const text = format.formatToParts(time * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  }
}
