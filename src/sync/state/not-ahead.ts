import { ConnectorError } from '../../model/errors.ts'
import { type ConfiguredStream, dateOf, type GetPage, type Position, type Walk } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { fallbackProgressFrom } from '../fallback/state.ts'
import { listStateOf } from './list-state.ts'
import { progressFrom } from './progress.ts'

/** Clocks differ; a state that is ahead by more seconds than this is wrong. */
const A_DAY = 86_400

/**
 * Throws a ConnectorError for a state with a time that lies more than a day ahead: nothing would be found from there on,
 * and the stream would be complete and empty for ever. `now` in epoch seconds by this machine's clock; where a state is
 * ahead of that, Zendesk's decides. Throws one for a state that cannot be understood, too.
 */
export async function checkNotAhead(configured: readonly ConfiguredStream[], now: number, get: GetPage): Promise<void> {
  const latest = configured.map((one) => [one, timesIn(one).reduce((a, b) => Math.max(a, b), 0)] as const)
  if (latest.every(([, time]) => time <= now + A_DAY)) return
  const accountNow = Math.max(now, (await accountTime(configured, get)) ?? now)
  for (const [{ stream, state }, time] of latest)
    if (time > accountNow + A_DAY)
      throw new ConnectorError(
        `The state of stream "${stream.name}" lies ahead: it names ${isoOf(Math.floor(time))}, and in Zendesk it is ${isoOf(accountNow)}. ` +
          `Nothing would be read from there on. Hand in an earlier state, or reset the stream. It holds: ${JSON.stringify(state).slice(0, 200)}.`,
        'config_error',
      )
}

/** The account's time (epoch seconds); undefined where it could not be asked for. */
async function accountTime([one]: readonly ConfiguredStream[], get: GetPage): Promise<number | undefined> {
  try {
    return dateOf(await get({ path: 'users/me', streams: one ? [one.stream.name] : [] }))
  } catch {
    // Whatever keeps it from answering the streams report; the machine's clock will do.
    return undefined
  }
}

/** All times that decide in a stream's state from where on it is read (epoch seconds). */
function timesIn(one: ConfiguredStream): readonly number[] {
  const { walk, parent: declared } = one.stream
  if (walk.order === 'unordered') return [listStateOf(one).latest]
  const { position, parent, lookbacks, since, ahead } = progressFrom(one)
  const list = fallbackProgressFrom(one)
  const { whole, searched, archived = 0, tombstones, closedAt = 0, revisits, emitted, deleted } = list
  return [
    ...timesAt(position, walk),
    ...(parent ? timesAt(parent.position, declared?.walk) : []),
    ...lookbacks.flatMap(({ time, until }) => [time, until]),
    since,
    ...Object.values(ahead).map(([, time]) => time),
    ...(one.state?.['list'] === undefined ? [] : [whole, searched, archived, closedAt, ...timesAt(list.position)]),
    ...(tombstones ? timesAt(tombstones) : []),
    ...Object.values(revisits).map(([time, emittedUntil]) => Math.max(time, emittedUntil)),
    ...Object.values(deleted),
    emitted?.at ?? 0,
  ]
}

const timesAt = (position: Position, walk?: Walk): readonly number[] => [
  position.time,
  position.settled ?? 0,
  walk?.reachedBy?.(position) ?? 0,
]
