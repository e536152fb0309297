// Writes rows to Zendesk, or finds out what would be written.
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { AccountWriter, RejectedRow, RowCounts } from '../source/writer.ts'
import { mapped, mayHoldLists, withLists } from './records.ts'

type RowData = Readonly<Record<string, unknown>>

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

/** Writes rows as their query gave them. Resolves to the rows with the names of fields, and what became of them. */
export async function writeRows(
  writer: AccountWriter,
  settings: WriteSettings,
  given: readonly RowData[],
): Promise<{ readonly rows: readonly RowData[]; readonly counts: RowCounts | undefined }> {
  const { name: stream, object, mode, key: primaryKey = [] } = settings
  let rows = mapped(settings, given)
  if (mayHoldLists(rows)) {
    const operation = (await writer.operations()).find((one) => one.object === object && one.mode === mode)
    if (operation) rows = withLists(rows, operation)
  }
  const counts = await writer.write(
    [{ stream, object, mode, primaryKey }],
    rows.map((record) => ({ stream, record })),
  )
  return { rows, counts: counts.get(stream) }
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
