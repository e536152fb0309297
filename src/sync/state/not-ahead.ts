import { ConnectorError } from '../../model/errors.ts'
import { dateOf, type GetPage, type Position, type Walk } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import type { OpenStream } from '../run.ts'
import type { ListProgress } from './progress.ts'

/** Clocks differ; a state that is ahead by more seconds than this is wrong. */
const A_DAY = 86_400

/**
 * Throws a ConnectorError for a state with a time that lies more than a day ahead: nothing would be found from there on,
 * and the stream would be complete and empty for ever. `now` in epoch seconds by this machine's clock; where a state is
 * ahead of that, Zendesk's decides.
 */
export async function checkNotAhead(opened: readonly OpenStream[], now: number, get: GetPage): Promise<void> {
  const latest = opened.map((open) => [open.one, timesIn(open).reduce((a, b) => Math.max(a, b), 0)] as const)
  if (latest.every(([, time]) => time <= now + A_DAY)) return
  const accountNow = Math.max(now, (await accountTime(opened, get)) ?? now)
  for (const [{ stream, state }, time] of latest)
    if (time > accountNow + A_DAY)
      throw new ConnectorError(
        `The state of stream "${stream.name}" is ahead of Zendesk: it names ${isoOf(Math.floor(time))}, but in Zendesk it is ${isoOf(accountNow)}. ` +
          `Nothing would be read from there on. Use an earlier state, or reset the stream. It holds: ${JSON.stringify(state).slice(0, 200)}.`,
        'config_error',
      )
}

/** The account's time (epoch seconds); undefined where it could not be asked for. */
async function accountTime([open]: readonly OpenStream[], get: GetPage): Promise<number | undefined> {
  try {
    return dateOf(await get({ path: 'users/me', streams: open ? [open.one.stream.name] : [] }))
  } catch {
    // Whatever keeps it from answering the streams report; the machine's clock will do.
    return undefined
  }
}

/** All times that decide in a stream's state from where on it is read (epoch seconds). */
function timesIn({ one, feed, progress, rows }: OpenStream): readonly number[] {
  if (rows) return [rows.latest]
  const { position, parent, lookbacks, since, ahead, list, emitted } = progress
  return [
    ...timesAt(position, one.stream.feeds[0].walk),
    ...(parent ? timesAt(parent.position, one.stream.parent?.walk) : []),
    ...lookbacks.flatMap(({ time, until }) => [time, until]),
    since,
    ...Object.values(ahead).map(([, time]) => time),
    ...(list ? [...timesInLists(list, feed.walk), emitted?.at ?? 0] : []),
  ]
}

const timesInLists = (list: ListProgress, walk: Walk): readonly number[] => [
  ...timesAt(list.position, walk),
  list.searched ?? 0,
  list.archived ?? 0,
  list.closedAt ?? 0,
  ...(list.tombstones ? timesAt(list.tombstones) : []),
  ...Object.values(list.revisits).map(([time, emittedUntil]) => Math.max(time, emittedUntil)),
  ...Object.values(list.deleted),
]

const timesAt = (position: Position, walk?: Walk): readonly number[] => [
  position.time,
  position.settled ?? 0,
  walk?.reachedBy?.(position) ?? 0,
]
