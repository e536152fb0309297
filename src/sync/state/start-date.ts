import type { Log } from '../../model/message.ts'
import type { ConfiguredStream, Selection, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { cursorFieldOf, stateToUse, unknownState } from './progress.ts'

/** A start date that moves with the days counts as changed when it is earlier by more than this, in seconds. */
const A_DAY = 86_400

/**
 * A stream with what is read of it: the start date is fixed by the first sync, and kept in the state. Where the
 * configuration asks for more than the state was read with, for an earlier start date say, the state is dropped, so that
 * the stream is read again from there. Lists are read whole whatever is asked for. Throws a ConnectorError for a state
 * whose start date is none.
 */
export function withSelection(one: ConfiguredStream, asked: Selection, log: Log): ConfiguredStream {
  const { stream } = one
  if (stream.walk.order !== 'ascending') return one
  const own = { ...asked, query: ownQuery(one, asked) }
  const state = stateToUse(one)
  if (state === undefined) return { ...one, selection: own }
  // States of other connectors do not tell it: what is asked for now is what they were read with.
  const startDate = state['start_date'] === undefined ? own.startDate : epochOf(state['start_date'])
  if (startDate === undefined) throw unknownState(stream, state)
  const wider = askedMore(own, startDate, state)
  if (wider === undefined) return { ...one, selection: { ...own, startDate } }
  log('info', `Stream "${stream.name}" is read again from ${startOf(own)}: ${wider}.`)
  // Which records there were is still true: it tells what was deleted since.
  const { ids } = state
  const kept = ids === undefined ? undefined : { [cursorFieldOf(stream)]: isoOf(own.startDate), ids }
  return { ...one, state: kept, selection: own }
}

/** Those of the configured parameters that this stream's walk takes. */
function ownQuery({ stream: { walk } }: ConfiguredStream, { query }: Selection): Selection['query'] {
  return Object.fromEntries(Object.entries(query).filter(([name]) => walk.configured?.includes(name)))
}

/** Why rows are missing from what was read with this state, in words; undefined where none are. */
function askedMore(asked: Selection, startDate: number, state: StreamState): string | undefined {
  const tolerance = asked.isRelative ? A_DAY : 0
  if (asked.startDate < startDate - tolerance)
    return `its start date was ${isoOf(startDate)}, and now is ${asked.startDate === 0 ? 'none' : isoOf(asked.startDate)}`
  if (state['pull_by'] === 'created' && asked.pullBy === 'updated')
    return 'only records created since then were read, and now those that changed are asked for'
  const changed = Object.entries(asked.query).find(
    ([name, value]) => state[name] !== undefined && state[name] !== value,
  )
  return changed && `"${changed[0]}" was ${String(state[changed[0]])}, and now is ${changed[1]}`
}

const startOf = ({ startDate }: Selection): string => (startDate === 0 ? 'the beginning' : isoOf(startDate))
