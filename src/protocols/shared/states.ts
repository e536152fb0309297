// States from platforms, in either dialect.
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { ConfiguredStream, StreamState } from '../../model/stream.ts'
import { type ReadText, valuesIn } from './json-files.ts'

/** The types of messages, in either dialect, that hold no state. */
const OTHER_MESSAGES: ReadonlySet<unknown> = new Set([
  ...['RECORD', 'LOG', 'TRACE', 'CONTROL', 'CATALOG', 'SPEC', 'CONNECTION_STATUS'],
  ...['SCHEMA', 'ACTIVATE_VERSION', 'BATCH'],
])

/**
 * The states in a file, by stream: a state as platforms write it, or the lines of an earlier output. Without a file there are
 * none. Rejects with a ConnectorError if the file cannot be read or understood.
 */
export async function statesIn(
  path: string | undefined,
  readText: ReadText,
  log: Log,
): Promise<ReadonlyMap<string, StreamState>> {
  if (path === undefined) return new Map()
  const values = await valuesIn(path, 'state', readText, {
    isWanted: (line) => /"(STATE|STREAM|GLOBAL|LEGACY|bookmarks)"/.test(line),
    onCut: () => log('warn', 'The state file ends in the middle of a line. That line is ignored.'),
  })
  const states = statesFrom(values.length === 1 ? values[0] : values)
  if (states.size === 0)
    log('info', 'The state file holds no state: all streams are read from the start date, or from the beginning.')
  return states
}

/** Warns of incremental streams without a state, if other streams have one. */
export function warnOfLacking(
  states: ReadonlyMap<string, StreamState>,
  configured: readonly ConfiguredStream[],
  log: Log,
): void {
  const lacking = configured.filter(({ stream, syncMode }) => syncMode === 'incremental' && !states.has(stream.name))
  if (states.size === 0 || lacking.length === 0) return
  const names = lacking.map(({ stream }) => stream.name).join(', ')
  log('warn', `The state has nothing about ${names}: read from the start date, or from the beginning.`)
}

interface StreamEntry {
  readonly stream_descriptor?: { readonly name?: unknown }
  readonly stream_state?: StreamState | null
}

/**
 * The states by stream. Airbyte's: a list of STREAM states, one GLOBAL or LEGACY state, or the bare object of old versions.
 * Singer's: the bookmarks, alone or in a STATE message. An empty list, an empty object or nothing means a first sync. If a
 * stream has several states, the last one counts. Throws a ConnectorError for anything else.
 */
export function statesFrom(given: unknown): ReadonlyMap<string, StreamState> {
  const states = new Map<string, StreamState>()
  // In an output, the last state of each stream counts.
  for (const [name, state] of (Array.isArray(given) ? given : [given ?? {}]).flatMap(entriesOf))
    if (state) states.set(name, state)
    else states.delete(name)
  return states
}

function entriesOf(given: unknown): (readonly [string, StreamState | null | undefined])[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw unknownState()
  const { type, stream, global, data, state, value, bookmarks } = given as Record<string, unknown>
  if (OTHER_MESSAGES.has(type)) return []
  switch (type) {
    case 'STREAM':
      return [streamEntry(stream)]
    case 'GLOBAL':
      return globalEntries(global)
    case 'LEGACY':
      return byName(data ?? {})
    case 'STATE':
      return entriesOf(value ?? state)
    default:
      return byName(bookmarks ?? given)
  }
}

function globalEntries(global: unknown): (readonly [string, StreamState | null | undefined])[] {
  const states = (global as { stream_states?: unknown } | null | undefined)?.stream_states ?? []
  if (!Array.isArray(states)) throw unknownState()
  return states.map(streamEntry)
}

function streamEntry(entry: unknown): readonly [string, StreamState | null | undefined] {
  const { stream_descriptor, stream_state } = (entry ?? {}) as StreamEntry
  const name = stream_descriptor?.name
  const isState = stream_state === undefined || stream_state === null || isObject(stream_state)
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
    `The state file cannot be understood${stream === undefined ? '' : ` where it describes stream "${stream}"`}: it should be the lines of an ` +
      'earlier output, as they are, or a JSON list of {"type":"STREAM","stream":{"stream_descriptor":…,"stream_state":…}} ' +
      'or {"bookmarks":{…}}, or be left out to begin anew.',
    'config_error',
  )

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
