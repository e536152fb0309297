// A Zendesk account, read by the connector in this process.
import { type Config, type ConnectorOptions, createConnector } from 'zendesk-connector'
import type { LiveSource, SourceMessage } from './source.ts'

/** A hundred of them come in one answer; of the others there is a list for each ticket. */
const SHOWN_TOGETHER = new Set(['tickets', 'ticket_metrics', 'users', 'user_identities', 'organizations'])

/** The account of this configuration, which is the connector's own. Rejects with its ConnectorError. */
export async function openAccount(config: Config, options: ConnectorOptions): Promise<LiveSource> {
  const connector = await createConnector(config, options)
  return {
    async streams() {
      const streams = await connector.streams()
      return streams.map(({ name, primaryKey, cursorField, shownBy, schema: { properties } }) => ({
        name,
        primaryKey,
        isIncremental: cursorField !== undefined,
        ...(cursorField !== undefined && { cursorField }),
        ...(shownBy !== undefined && { shownBy }),
        properties,
      }))
    },
    read: (requests): AsyncIterable<SourceMessage> =>
      connector.read(
        requests.map(({ stream, isWhole, state, columns }) => ({
          stream,
          syncMode: isWhole ? ('full_refresh' as const) : ('incremental' as const),
          ...(state !== undefined && { state }),
          ...(columns !== undefined && { columns }),
        })),
      ),
    show: (names, ids): AsyncIterable<SourceMessage> => connector.show(names, ids),
    isShownOneByOne: (stream) => !SHOWN_TOGETHER.has(stream),
    call: (request) => connector.call(request),
    costs: () => connector.costs(),
    signedIn: () => connector.signedIn(),
    signOut: () => connector.signOut(),
  }
}
