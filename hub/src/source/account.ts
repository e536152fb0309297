// A Zendesk account, read by the connector in this process.
import { type Config, type ConnectorOptions, createConnector } from 'zendesk-connector'
import type { Source, SourceMessage } from './source.ts'

/** The account of this configuration, which is the connector's own. Rejects with its ConnectorError. */
export async function openAccount(config: Config, options: ConnectorOptions): Promise<Source> {
  const connector = await createConnector(config, options)
  return {
    async streams() {
      const streams = await connector.streams()
      return streams.map(({ name, primaryKey, cursorField, schema: { properties } }) => ({
        name,
        primaryKey,
        isIncremental: cursorField !== undefined,
        properties,
      }))
    },
    read: (requests): AsyncIterable<SourceMessage> =>
      connector.read(
        requests.map(({ stream, isWhole, state }) => ({
          stream,
          syncMode: isWhole ? ('full_refresh' as const) : ('incremental' as const),
          ...(state !== undefined && { state }),
        })),
      ),
  }
}
