// States as platforms hand them in, whatever dialect they were written in.
import { ConnectorError } from '../../model/errors.ts'
import type { StreamState } from '../../model/stream.ts'

interface StreamEntry {
  readonly stream_descriptor?: { readonly name?: unknown }
  readonly stream_state?: StreamState | null
}

/**
 * The states handed in, by stream. Airbyte's: a list of STREAM states, one GLOBAL or LEGACY state, or the bare object of
 * old; Singer's: the bookmarks, alone or in their STATE message. An empty list, an empty object and nothing at all are a
 * first sync. Throws a ConnectorError for anything else.
 */
export function statesFrom(given: unknown): ReadonlyMap<string, StreamState> {
  const entries = (Array.isArray(given) ? given : [given ?? {}]).flatMap(entriesOf)
  return new Map(entries.flatMap(([name, state]) => (state ? [[name, state] as const] : [])))
}

function entriesOf(given: unknown): (readonly [string, StreamState | null | undefined])[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw unknownState()
  const { type, stream, global, data, state, value, bookmarks } = given as Record<string, unknown>
  switch (type) {
    case 'STREAM':
      return [streamEntry(stream)]
    case 'GLOBAL':
      return ((global as { stream_states?: unknown[] } | undefined)?.stream_states ?? []).map(streamEntry)
    case 'LEGACY':
      return byName(data ?? {})
    case 'STATE':
      return entriesOf(value ?? state)
    default:
      return byName(bookmarks ?? given)
  }
}

function streamEntry(entry: unknown): readonly [string, StreamState | null | undefined] {
  const { stream_descriptor, stream_state } = (entry ?? {}) as StreamEntry
  const name = stream_descriptor?.name
  const isState = stream_state === undefined || stream_state === null || typeof stream_state === 'object'
  if (typeof name !== 'string' || !isState) throw unknownState(typeof name === 'string' ? name : undefined)
  return [name, stream_state]
}

function byName(states: unknown): (readonly [string, StreamState])[] {
  if (typeof states !== 'object' || states === null || Array.isArray(states)) throw unknownState()
  return Object.entries(states).map(([name, state]) => {
    if (typeof state !== 'object' || state === null || Array.isArray(state)) throw unknownState(name)
    return [name, state as StreamState]
  })
}

const unknownState = (stream?: string): ConnectorError =>
  new ConnectorError(
    `The state file cannot be understood${stream === undefined ? '' : ` where it tells of stream "${stream}"`}: it should be a JSON list of ` +
      '{"type":"STREAM","stream":{"stream_descriptor":…,"stream_state":…}} or {"bookmarks":{…}}, ' +
      'as this connector writes them, or be left out to begin anew.',
    'config_error',
  )
