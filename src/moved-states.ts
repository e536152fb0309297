// States that other connectors wrote, in our words: how a connection goes on where another one stopped.
import { ConnectorError } from './errors.ts'
import type { Log } from './message.ts'
import type { Stream, StreamState } from './stream.ts'
import { epochOf, isoOf } from './time.ts'

/** Marks of Airbyte's framework for a stream that was read whole: there is no place to go on from. */
const READ_WHOLE = ['__ab_no_cursor_state_message', '__ab_full_refresh_sync_complete']

/**
 * For some time (5.2.0 to 5.4.2 of Airbyte's connector) tickets were read by `updated_at`, and changes by the system were
 * lost. Its own migration reads them again from here on (epoch seconds): 2026-03-01.
 */
const TICKETS_AGAIN = 1_772_323_200

/**
 * How much earlier a list is taken up that somebody else read, in seconds: their mark is the latest time in it, and what
 * changed while it was read may be older.
 */
const WHILE_READ = 86_400

/** Metric events are told ahead of their time, so that a mark may lie ahead of what was read: by so many seconds. */
const AHEAD = 31 * 86_400

/**
 * The states by stream as the engine knows them: those that other connectors wrote are translated, and lose nothing by it;
 * what has no place to go on from is left out. Throws a ConnectorError that names the stream for one that cannot be
 * understood.
 */
export function movedStates(
  states: ReadonlyMap<string, StreamState>,
  streams: readonly Stream[],
  log: Log,
): ReadonlyMap<string, StreamState> {
  return new Map(
    [...states].flatMap(([name, state]): [string, StreamState][] => {
      const stream = streams.find((one) => one.name === name)
      const moved = stream ? movedState(state, stream, log) : state
      return moved ? [[name, moved]] : []
    }),
  )
}

function movedState(state: StreamState, stream: Stream, log: Log): StreamState | undefined {
  const { name, cursorField } = stream
  if (READ_WHOLE.some((mark) => state[mark] === true) || cursorField === undefined) return ownOnly(state)
  if (isPartitioned(state)) {
    const time = timeOfPartitions(state, stream)
    if (time !== undefined) return { [cursorField]: isoOf(time) }
    log(
      'info',
      `Stream "${name}" is read whole once: the state of the other connector does not say how far each list was read.`,
    )
    return undefined
  }
  const time = epochOf(state[cursorField])
  if (name === 'tickets' && state[cursorField] === undefined && state['updated_at'] !== undefined) {
    const seconds = epochOf(state['updated_at'])
    if (seconds === undefined) throw unknown(name, state)
    return { [cursorField]: String(Math.min(seconds, TICKETS_AGAIN)) }
  }
  if (time === undefined || !isForeign(state, cursorField)) return state
  if (stream.walk.order === 'unordered') return { [cursorField]: isoOf(Math.max(0, time - WHILE_READ)) }
  if (name === 'ticket_metric_events') return { ...state, [cursorField]: String(Math.max(0, time - AHEAD)) }
  return state
}

/** Our own states of full refreshes; the marks of others say nothing to us. */
const ownOnly = (state: StreamState): StreamState | undefined =>
  READ_WHOLE.some((mark) => state[mark] !== undefined) ? undefined : state

/** Others' states of unpartitioned streams hold the cursor field alone; of ours none does after a list was read. */
const isForeign = (state: StreamState, cursorField: string): boolean =>
  Object.keys(state).every((key) => key === cursorField)

/** The state of a stream that is read for each record of another, as Airbyte's framework keeps it. */
interface Partitioned {
  readonly use_global_cursor?: unknown
  readonly states?: readonly { readonly cursor?: StreamState }[]
  /** The latest of all; written once a sync has come to its end. */
  readonly state?: StreamState
  readonly parent_state?: Readonly<Record<string, StreamState>>
}

const isPartitioned = (state: StreamState): boolean =>
  ['use_global_cursor', 'states', 'parent_state', 'lookback_window'].some((key) => key in state)

/**
 * The time from which on all partitions are to be read (epoch seconds). Undefined: from the beginning, because some were
 * never read, or nobody remembers how far each was.
 */
function timeOfPartitions(given: StreamState, { name, cursorField = '', each, walk }: Stream): number | undefined {
  const { use_global_cursor, states, state, parent_state } = given as Partitioned
  const timeIn = (one: StreamState | undefined, field: string): number => {
    const time = epochOf(one?.[field])
    if (time === undefined) throw unknown(name, given)
    return time
  }
  const isOfTickets = parent_state?.['tickets'] !== undefined
  // Read with the tickets here: the place in their export is all that counts.
  if (walk.order === 'ascending' && isOfTickets) {
    const ofParent = timeIn(parent_state['tickets'], 'generated_timestamp')
    return state === undefined ? ofParent : Math.min(ofParent, timeIn(state, cursorField))
  }
  if (!each || (!Array.isArray(states) && use_global_cursor !== true)) throw unknown(name, given)
  if (use_global_cursor === true || state === undefined) return undefined
  const times = (states ?? []).map(({ cursor }) => timeIn(cursor, cursorField))
  return Math.min(timeIn(state, cursorField), ...times)
}

const unknown = (stream: string, state: StreamState): ConnectorError =>
  new ConnectorError(
    `The state of stream "${stream}" cannot be understood, and none of it was used: ${JSON.stringify(state).slice(0, 200)}. ` +
      'Take it out of the state to read the stream from the start date.',
    'config_error',
  )
