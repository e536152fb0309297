// Records as lines of Singer: SCHEMA, RECORD and STATE.
import type { Row } from '../table/batch.ts'
import type { Channel, States } from './channel.ts'

/** The column that marks a record as deleted. */
const MARK = '_sdc_deleted_at'

/** `first`: the value of the last STATE line of an earlier run, `{bookmarks: {…}}`. */
export function lineChannel(write: (text: string) => void, first: Row | undefined): Channel {
  const announced = new Set<string>()
  const line = (message: Row): string => `${JSON.stringify(message)}\n`
  return {
    async announce(streams) {
      for (const { name, primaryKey, properties } of streams) {
        if (announced.has(name)) continue
        announced.add(name)
        const columns = { ...properties, [MARK]: { type: ['null', 'string'], format: 'date-time' } }
        const schema = { type: 'object', properties: columns }
        write(line({ type: 'SCHEMA', stream: name, schema, key_properties: primaryKey }))
      }
    },
    async send(messages) {
      const lines = messages.map(({ stream, record, deletedAt }) =>
        line({ type: 'RECORD', stream, record: deletedAt === undefined ? record : { ...record, [MARK]: deletedAt } }),
      )
      if (lines.length > 0) write(lines.join(''))
    },
    states: () => (first?.['bookmarks'] ?? {}) as States,
    keep: async (states) => write(line({ type: 'STATE', value: { bookmarks: states } })),
    close: async () => undefined,
  }
}
