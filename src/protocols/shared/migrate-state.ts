// Translates states of other connectors, so that a connection goes on where another connector stopped.
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Stream, StreamState } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { checkShape } from './state-shape.ts'

/** Airbyte's framework writes these for a stream that was read whole: they hold no place to go on from. */
const READ_WHOLE = ['__ab_no_cursor_state_message', '__ab_full_refresh_sync_complete']

/**
 * Versions 5.2.0 to 5.4.2 of Airbyte's connector read tickets by `updated_at` and lost changes by the system. Its own
 * migration reads them again from here on (epoch seconds): 2026-03-01.
 */
const TICKETS_AGAIN = 1_772_323_200

/** Metric events may have a time in the future, so a mark may lie ahead of what was read, by this many seconds. */
const AHEAD = 31 * 86_400

/**
 * The states by stream, in the engine's form. States of other connectors are translated without loss; those without a place
 * to go on from are left out. Throws a ConnectorError that names the stream if a state cannot be understood.
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
      `Read whole once, because the state of another connector does not say which rows there were: ${whole.join(', ')}.`,
    )
  return moved
}

/**
 * A list is always read whole, and compared from then on. The other connector may not have emitted rows that are older than
 * the start date, or that changed without a new time.
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

/** States of other connectors hold the cursor field alone; ours never do after a list was read. */
const isForeign = (state: StreamState, cursorField: string): boolean =>
  Object.keys(state).length > 0 && Object.keys(state).every((key) => key === cursorField)

/** The state of a substream, as Airbyte's framework writes it. */
interface Partitioned {
  /** The latest of all parents; written at the end of a sync. */
  readonly state?: StreamState
  readonly parent_state?: Readonly<Record<string, StreamState>>
}

const isPartitioned = (state: StreamState): boolean =>
  ['use_global_cursor', 'states', 'parent_state', 'lookback_window'].some((key) => key in state)

/** Where to begin (epoch seconds) with a stream that was read ticket by ticket, and comes from an export here. */
function placeOfTickets(given: StreamState, stream: Stream): number {
  const { state, parent_state } = given as Partitioned
  const ofParent = timeIn(parent_state?.['tickets'], 'generated_timestamp', stream)
  return state === undefined ? ofParent : Math.min(ofParent, timeIn(state, stream.cursorField ?? '', stream))
}

/** The time in a state, in epoch seconds. Throws a ConnectorError if there is none. */
function timeIn(state: StreamState | undefined, field: string, { name }: Stream): number {
  const time = epochOf(state?.[field])
  if (time !== undefined) return time
  throw new ConnectorError(
    `The state of stream "${name}" cannot be understood, and none of it was used: "${field}" should be epoch seconds or an ISO date, ` +
      `but the state holds: ${JSON.stringify(state)?.slice(0, 200)}. Take it out of the state to read the stream from the start date.`,
    'config_error',
  )
}
