// Writes rows to Zendesk, or finds out what would be written.
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { AccountWriter, RejectedRow, RowCounts } from '../source/writer.ts'
import type { Row } from '../table/batch.ts'
import { listsOf, mayHoldLists, namesOf } from './records.ts'

/** What the writer takes over from how the account is read. */
const OF_THE_ACCOUNT = [
  'subdomain',
  'credentials',
  'base_url',
  'rate_limit_percent',
  'max_retry_minutes',
  'marketplace',
]

/** The configuration of the destination for this write; `folder` holds its ledger. */
export function writerConfig(
  { source }: Pick<Connection, 'source'>,
  { name, object, mode, key, columns, audiences, options = {} }: WriteSettings,
  { folder, isDryRun }: { readonly folder: string; readonly isDryRun: boolean },
): object {
  const account = Object.entries(source).filter(([option]) => OF_THE_ACCOUNT.includes(option))
  // Rows come with the names of fields: what is left to say is which there are.
  const fields = columns && Object.fromEntries(Object.values(columns).map((field) => [field, field]))
  const mapping = { stream: name, object, mode, ...(key && { key }), ...(fields && { columns: fields }) }
  return {
    ...Object.fromEntries(account),
    ...options,
    folder,
    dry_run: isDryRun,
    mappings: [{ ...mapping, ...(audiences && audiences.length > 0 && { audiences }) }],
  }
}

/** Writes rows as their query gave them, one after the other. Resolves to what became of them. `onRow` sees each as it is written. */
export async function writeRows(
  writer: AccountWriter,
  settings: WriteSettings,
  given: AsyncIterable<Row>,
  onRow: (row: Row) => void = () => undefined,
): Promise<RowCounts | undefined> {
  const { name: stream, object, mode, key: primaryKey = [] } = settings
  const rows = async function* () {
    const named = namesOf(settings)
    let lists: ((row: Row) => Row) | undefined
    for await (const row of given) {
      let record = named(row)
      if (mayHoldLists(record)) {
        lists ??= await listsIn(writer, settings)
        record = lists(record)
      }
      onRow(record)
      yield { stream, record }
    }
  }
  return (await writer.write([{ stream, object, mode, primaryKey }], rows())).get(stream)
}

async function listsIn(writer: AccountWriter, { object, mode }: WriteSettings): Promise<(row: Row) => Row> {
  const operation = (await writer.operations()).find((one) => one.object === object && one.mode === mode)
  return operation ? listsOf(operation) : (row) => row
}

/** Writes rejected rows once more, as they were mapped then. Resolves to what became of each kind of them. */
export async function replayRows(
  writer: AccountWriter,
  rejected: readonly RejectedRow[],
): Promise<readonly RowCounts[]> {
  const groups = Map.groupBy(rejected, ({ stream, object, mode, key_columns }) =>
    [stream, object, mode, ...key_columns].join(' '),
  )
  const streams = [...groups].map(([name, [first]]) => {
    const { stream: origin, object, mode, key_columns: primaryKey } = first!
    return { stream: name, object, mode, primaryKey, origin }
  })
  const rows = [...groups].flatMap(([stream, some]) => some.map(({ record }) => ({ stream, record })))
  return [...(await writer.write(streams, rows)).values()]
}
