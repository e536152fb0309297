// What a source says, as Airbyte's destinations read it.
import type { LoadedStream } from '../load/target.ts'
import type { SourceMessage } from './source.ts'

/** Airbyte's configured catalog of these streams. */
export function configuredCatalog(streams: readonly LoadedStream[]): object {
  return {
    streams: streams.map(({ name, primaryKey, properties, mode, isWhole }) => {
      const key = primaryKey.map((field) => [field])
      return {
        stream: {
          name,
          json_schema: {
            type: 'object',
            properties: { ...properties, [DELETED]: { type: ['null', 'string'], format: 'date-time' } },
          },
          supported_sync_modes: isWhole ? ['full_refresh'] : ['full_refresh', 'incremental'],
          ...(key.length > 0 && { source_defined_primary_key: key }),
          ...(!isWhole && { source_defined_cursor: true }),
        },
        sync_mode: isWhole ? 'full_refresh' : 'incremental',
        destination_sync_mode: mode === 'merge' ? 'append_dedup' : mode === 'replace' ? 'overwrite' : 'append',
        ...(key.length > 0 && { primary_key: key }),
      }
    }),
  }
}

/** The column that says when a record was deleted. */
const DELETED = '_ab_cdc_deleted_at'

/** The lines of a message; none if it is for people. `at`: now, in milliseconds. */
export function* airbyteLines(message: SourceMessage, at: number): Generator<string> {
  if (message.kind === 'records') {
    for (const [nth, record] of message.records.entries()) {
      const deletedAt = message.deletedAt?.[nth]
      const data = deletedAt === undefined ? record : { ...record, [DELETED]: deletedAt }
      yield line({ type: 'RECORD', record: { stream: message.stream, data, emitted_at: at } })
    }
  } else if (message.kind === 'checkpoint') {
    const stream = { stream_descriptor: { name: message.stream }, stream_state: message.state }
    yield line({ type: 'STATE', state: { type: 'STREAM', stream } })
  } else if (message.kind === 'status') {
    const status = { stream_descriptor: { name: message.stream }, status: message.status.toUpperCase() }
    yield line({ type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at: at, stream_status: status } })
  }
}

const line = (message: object): string => `${JSON.stringify(message)}\n`

/** The state that a line answers; undefined if it is another one. */
export function stateIn(
  text: string,
): { readonly stream: string; readonly state: Readonly<Record<string, unknown>> } | undefined {
  if (!text.startsWith('{')) return undefined
  let said: { type?: unknown; state?: { stream?: { stream_descriptor?: { name?: unknown }; stream_state?: object } } }
  try {
    said = JSON.parse(text)
  } catch {
    // Programs print other things as well.
    return undefined
  }
  const { stream_descriptor: named, stream_state: state } = said.state?.stream ?? {}
  if (said.type !== 'STATE' || typeof named?.name !== 'string') return undefined
  return { stream: named.name, state: { ...state } }
}
