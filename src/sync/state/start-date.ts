import type { Log } from '../../model/message.ts'
import type { ConfiguredStream, Selection, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { cursorFieldOf, stateToUse, unknownState } from './progress.ts'

/** A relative start date counts as changed if it is earlier by more than this, in seconds. */
const A_DAY = 86_400

/**
 * The stream with its selection. The first sync fixes the start date, and the state keeps it. If the configuration now asks
 * for more than the state covers, such as an earlier start date, the state is dropped and the stream is read again from
 * there. Lists are read whole, whatever the selection. Throws a ConnectorError if the state's start date is no date.
 */
export function withSelection(one: ConfiguredStream, asked: Selection, log: Log): ConfiguredStream {
  const { stream } = one
  if (stream.feeds[0].compares) return one
  const own = { ...asked, query: ownQuery(one, asked) }
  const state = stateToUse(one)
  if (state === undefined) return { ...one, selection: own }
  // States of other connectors have none: we take it that they were read with today's.
  const startDate = state['start_date'] === undefined ? own.startDate : epochOf(state['start_date'])
  if (startDate === undefined) throw unknownState(stream, state)
  const wider = askedMore(own, startDate, state)
  if (wider === undefined) return { ...one, selection: { ...own, startDate } }
  log('info', `Stream "${stream.name}" is read again from ${startOf(own)}: ${wider}.`)
  // The ids stay true: they show what was deleted since.
  const { ids } = state
  const kept = ids === undefined ? undefined : { [cursorFieldOf(stream)]: isoOf(own.startDate), ids }
  return { ...one, state: kept, selection: own }
}

/** The configured parameters that this stream's walk takes. */
function ownQuery({ stream }: ConfiguredStream, { query }: Selection): Selection['query'] {
  const { walk } = stream.feeds[0]
  return Object.fromEntries(Object.entries(query).filter(([name]) => walk.configured?.includes(name)))
}

/** Why this selection asks for more than the state covers, in words; undefined if it does not. */
function askedMore(asked: Selection, startDate: number, state: StreamState): string | undefined {
  const tolerance = asked.isRelative ? A_DAY : 0
  if (asked.startDate < startDate - tolerance)
    return `its start date was ${isoOf(startDate)} and is now ${asked.startDate === 0 ? 'none' : isoOf(asked.startDate)}`
  if (state['pull_by'] === 'created' && asked.pullBy === 'updated')
    return 'only records created since then were read, and now those that changed are asked for'
  const changed = Object.entries(asked.query).find(
    ([name, value]) => state[name] !== undefined && state[name] !== value,
  )
  return changed && `"${changed[0]}" was ${String(state[changed[0]])}, and now is ${changed[1]}`
}

const startOf = ({ startDate }: Selection): string => (startDate === 0 ? 'the beginning' : isoOf(startDate))
