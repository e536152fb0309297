// States that other connectors wrote, in our words: how a connection goes on where another one stopped.
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Stream, StreamState } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { checkShape } from './state-shape.ts'

/** Marks of Airbyte's framework for a stream that was read whole: there is no place to go on from. */
const READ_WHOLE = ['__ab_no_cursor_state_message', '__ab_full_refresh_sync_complete']

/**
 * For some time (5.2.0 to 5.4.2 of Airbyte's connector) tickets were read by `updated_at`, and changes by the system were
 * lost. Its own migration reads them again from here on (epoch seconds): 2026-03-01.
 */
const TICKETS_AGAIN = 1_772_323_200

/** Metric events are written ahead of their time, so that a mark may lie ahead of what was read: by so many seconds. */
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
  const moved = new Map<string, StreamState>()
  const whole: string[] = []
  for (const [name, state] of states) {
    const stream = streams.find((one) => one.name === name)
    const own = stream ? movedState(state, stream) : state
    if (stream?.cursorField !== undefined && own) checkShape(own, stream, log)
    if (own) moved.set(name, own)
    else if (stream?.cursorField !== undefined) whole.push(name)
  }
  if (whole.length > 0)
    log(
      'info',
      `Emitted whole once, because the state of another connector does not tell which rows there were: ${whole.join(', ')}.`,
    )
  return moved
}

/**
 * A list is read whole in any case, and compared from then on; what is older than the start date, or changed without a
 * new time, may be missing from what was emitted of it.
 */
function movedState(state: StreamState, stream: Stream): StreamState | undefined {
  const { name, cursorField, feeds } = stream
  if (READ_WHOLE.some((mark) => state[mark] !== undefined)) return undefined
  if (cursorField === undefined) return state
  const isList = feeds[0].compares === true
  if (isPartitioned(state)) return isList ? undefined : { [cursorField]: String(placeOfTickets(state, stream)) }
  if (name === 'tickets' && state[cursorField] === undefined && state['updated_at'] !== undefined) {
    const seconds = timeIn(state, 'updated_at', stream)
    return { [cursorField]: String(Math.min(seconds, TICKETS_AGAIN)) }
  }
  if (!isForeign(state, cursorField)) return state
  const time = timeIn(state, cursorField, stream)
  if (isList) return undefined
  return name === 'ticket_metric_events' ? { [cursorField]: String(Math.max(0, time - AHEAD)) } : state
}

/** Others' states of unpartitioned streams hold the cursor field alone; of ours none does after a list was read. */
const isForeign = (state: StreamState, cursorField: string): boolean =>
  Object.keys(state).length > 0 && Object.keys(state).every((key) => key === cursorField)

/** The state of a stream that is read for each record of another, as Airbyte's framework keeps it. */
interface Partitioned {
  /** The latest of all; written once a sync has come to its end. */
  readonly state?: StreamState
  readonly parent_state?: Readonly<Record<string, StreamState>>
}

const isPartitioned = (state: StreamState): boolean =>
  ['use_global_cursor', 'states', 'parent_state', 'lookback_window'].some((key) => key in state)

/** From when on a stream is to be read (epoch seconds) that was read ticket by ticket, and comes from an export here. */
function placeOfTickets(given: StreamState, stream: Stream): number {
  const { state, parent_state } = given as Partitioned
  const ofParent = timeIn(parent_state?.['tickets'], 'generated_timestamp', stream)
  return state === undefined ? ofParent : Math.min(ofParent, timeIn(state, stream.cursorField ?? '', stream))
}

/** The time in a state, in epoch seconds. Throws a ConnectorError where there is none. */
function timeIn(state: StreamState | undefined, field: string, { name }: Stream): number {
  const time = epochOf(state?.[field])
  if (time !== undefined) return time
  throw new ConnectorError(
    `The state of stream "${name}" cannot be understood, and none of it was used: "${field}" should be epoch seconds or an ISO date, ` +
      `but the state holds: ${JSON.stringify(state)?.slice(0, 200)}. Take it out of the state to read the stream from the start date.`,
    'config_error',
  )
}
