// Rows as PostgreSQL's targets keep them, beside rows as Zendesk gives them.
import { execFileSync } from 'node:child_process'
import type { Account } from '../../support/expected-rows.ts'
import type { CatalogStream } from '../../support/program.ts'
import { keyOf } from '../../support/warehouse.ts'

type Row = Readonly<Record<string, unknown>>

/** The rows of a schema's tables that are not marked as deleted, by key. */
export function tablesOf(
  database: string,
  schema: string,
  streams: readonly CatalogStream[],
): (stream: CatalogStream) => ReadonlyMap<string, Row> {
  const queries = streams.map(
    ({ name }) =>
      `select json_build_array('${name}', row_to_json(t)) from "${schema}"."${name}" t where _sdc_deleted_at is null;`,
  )
  const text = execFileSync('psql', ['--dbname', database, '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'], {
    input: queries.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  const rows = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as [string, Row]]))
  const byTable = Map.groupBy(rows, ([name]) => name)
  return (stream) =>
    byKey(
      (byTable.get(stream.name) ?? []).map(([, row]) => row),
      stream,
    )
}

/** The rows that files of records come to: the newest of a key, unless it says that it was deleted. */
export function recordRows(records: readonly Row[], stream: CatalogStream): ReadonlyMap<string, Row> {
  const live = [...byKey(records, stream)].filter(([, row]) => row['_sdc_deleted_at'] == null)
  return new Map(live)
}

const byKey = (rows: readonly Row[], stream: CatalogStream): ReadonlyMap<string, Row> =>
  new Map(rows.map((row, nth) => [keyOf(row, stream) ?? String(nth), comparable(row, stream)]))

/** The account's truth, its rows in the same spelling. */
export const comparableAccount = (account: Account): Account => ({
  ...account,
  rows: (name) => account.rows(name).map((row) => comparable(row)),
})

/** A row whose objects have their keys in order, and whose times are spelled in one way. */
const comparable = (row: Row, stream?: CatalogStream): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const { format } = (stream?.json_schema.properties[name] ?? {}) as { format?: string }
      // A column without a time zone holds UTC.
      const isBare = format === 'date-time' && typeof value === 'string' && !/(Z|[+-]\d\d(:?\d\d)?)$/.test(value)
      return [name, mapped(isBare ? `${value}Z` : value, inOneSpelling)]
    }),
  )

// Some of Zendesk's times do not say that they are in UTC.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/
const inOneSpelling = (text: string): string =>
  TIME.test(text)
    ? new Date(/\d\d:\d\d:\d\d(\.\d+)?$/.test(text) ? `${text}Z` : text).toISOString()
    : text.startsWith('{')
      ? objectInOrder(text)
      : text

/** An object that stands in a text, with its keys in order. */
function objectInOrder(text: string): string {
  try {
    return JSON.stringify(mapped(JSON.parse(text), (one) => one))
  } catch {
    return text
  }
}

/** A value with each of its texts changed, and with the keys of its objects in order. */
function mapped(value: unknown, change: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change))
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, mapped(one, change)]))
}

/** A text as the target of transferwise keeps it: an empty one is none, and line breaks and the like are escaped. */
const asTransferwise = (text: string): string | null =>
  text === '' ? null : text.replace(/\p{Cc}/gu, (one) => JSON.stringify(one).slice(1, -1))

export const accountAsTransferwise = (account: Account): Account => ({
  ...account,
  rows: (name) => account.rows(name).map((row) => mapped(row, asTransferwise) as Row),
})
export const rowsAsTransferwise = (rows: ReadonlyMap<string, Row>): ReadonlyMap<string, Row> =>
  new Map([...rows].map(([key, row]) => [key, mapped(row, asTransferwise) as Row]))
