// What was loaded, and syncing: now, not any more, from an earlier date, from the beginning.
import { now } from '../../clock.ts'
import type { Connection } from '../../config/connection.ts'
import { messageOf } from '../../errors.ts'
import { forgetState, openBooks } from '../../load/books.ts'
import { lateAt } from '../../schedule/due.ts'
import type { Row } from '../../table/batch.ts'
import { quoted, shortName } from '../../table/names.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import type { Hub } from '../console.ts'
import { note } from '../journal/audit.ts'
import { freshnessOf } from '../journal/syncs.ts'
import { inTurn, save, written } from './connections.ts'
import {
  iso,
  listOf,
  NAME,
  type Operation,
  objectOf,
  orNull,
  Refusal,
  reference,
  type Schema,
  TIME,
  text,
  whole,
  yesNo,
} from './operation.ts'
import { connectionOf } from './streams.ts'
import { DEFAULT_SCHEDULE } from './views.ts'

export const FRESHNESS: Schema = objectOf({
  stream: text(),
  status: text({ description: 'Of its last sync.' }),
  complete_at: orNull(TIME),
  is_late: yesNo({ description: 'Whether it is older than twice the time between two syncs.' }),
  rows: whole({ description: 'Of the last sync.' }),
  deletions: whole(),
  misfits: whole({ description: 'Values that did not fit their column.' }),
  requests: whole(),
  error: orNull(text()),
})

const MISSING = { 404: 'There is no such connection.', 409: 'It is not connected, or busy.' }

/** Opens the warehouse to look at it. Throws a Refusal while a sync loads into a file, and where it cannot be reached. */
export async function looking<Result>(
  hub: Hub,
  connection: Connection,
  look: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  if (connection.to.startsWith('duckdb:') && hub.running.of(connection.name))
    throw new Refusal(409, 'A sync is loading into this file. It can be looked at when the sync has ended.')
  let warehouse: Warehouse
  try {
    warehouse = await hub.warehouse(connection, true)
  } catch (error) {
    throw new Refusal(409, messageOf(error))
  }
  try {
    return await look(warehouse)
  } finally {
    await warehouse.close()
  }
}

const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  )

async function rowsOf(hub: Hub, name: string | undefined, stream: string, limit: number): Promise<readonly Row[]> {
  return await looking(hub, connectionOf(hub, name), async (warehouse) => {
    const table = shortName(stream)
    const columns = await warehouse.columnsOf(table)
    if (columns.length === 0) throw new Refusal(404, `Nothing of "${stream}" was loaded yet.`)
    const order = columns.some((column) => column.name === '_loaded_at') ? 'order by _loaded_at desc' : ''
    const found = await warehouse.rows(`select * from ${warehouse.schema}.${quoted(table)} ${order} limit ${limit}`)
    return found.map(plain)
  })
}

/** Rows of each table that was loaded. */
export async function tableCounts(
  hub: Hub,
  connection: Connection,
): Promise<readonly { readonly stream: string; readonly rows: number; readonly deleted: number }[]> {
  return await looking(hub, connection, async (warehouse) => {
    if ((await warehouse.columnsOf('_streams')).length === 0) return []
    const { schema } = warehouse
    const tables = await warehouse.rows(
      `select distinct stream, table_name from ${schema}._streams where mode <> 'refused'`,
    )
    const counts = []
    for (const { stream, table_name: table } of tables) {
      const columns = await warehouse.columnsOf(String(table))
      if (columns.length === 0) continue
      const [row] = await warehouse.rows(
        `select count(*) as rows, count(_deleted_at) as deleted from ${schema}.${quoted(String(table))}`,
      )
      counts.push({ stream: String(stream), rows: Number(row?.['rows']), deleted: Number(row?.['deleted']) })
    }
    return counts.toSorted((a, b) => b.rows - a.rows)
  })
}

const looks: readonly Operation[] = [
  {
    ...{
      id: 'listFreshness',
      method: 'get',
      path: '/connections/{name}/freshness',
      tag: 'Data',
      role: 'viewer',
      status: 200,
    },
    summary: 'How fresh each stream is.',
    params: NAME,
    answer: listOf(reference('Freshness')),
    refusals: { 404: MISSING[404] },
    run(hub, { params }) {
      const { name, schedule } = written(hub, params['name']) as unknown as { name: string; schedule?: string }
      return freshnessOf(hub.journal, name).map(
        ({ stream, status, completeAt, rows, deletions, misfits, requests, error }) => ({
          ...{ stream, status, rows, deletions, misfits, requests, error },
          complete_at: iso(completeAt),
          is_late: completeAt === null || now() > lateAt(schedule ?? DEFAULT_SCHEDULE, completeAt),
        }),
      )
    },
  },
  {
    ...{ id: 'countRows', method: 'get', path: '/connections/{name}/tables', tag: 'Data', role: 'viewer', status: 200 },
    summary: 'How many rows each table has.',
    params: NAME,
    answer: listOf(
      objectOf({ stream: text(), rows: whole(), deleted: whole({ description: 'Of these, marked as deleted.' }) }),
    ),
    refusals: MISSING,
    run: (hub, { params }) => tableCounts(hub, connectionOf(hub, params['name'])),
  },
  {
    ...{
      id: 'previewRows',
      method: 'get',
      path: '/connections/{name}/rows/{stream}',
      tag: 'Data',
      role: 'viewer',
      status: 200,
    },
    summary: 'The rows of a stream that were loaded last.',
    params: { ...NAME, stream: text({ minLength: 1, maxLength: 200 }) },
    query: { limit: whole({ minimum: 1, maximum: 200, default: 20 }) },
    answer: listOf({ type: 'object', additionalProperties: true }),
    refusals: MISSING,
    run: (hub, { params, query }) => rowsOf(hub, params['name'], params['stream']!, Number(query['limit'] ?? 20)),
  },
]

const acts: readonly Operation[] = [
  {
    ...{ id: 'startSync', method: 'post', path: '/connections/{name}/sync', tag: 'Data', role: 'admin', status: 202 },
    summary: 'Syncs as soon as its account is free, whatever its schedule says.',
    params: NAME,
    refusals: { 404: MISSING[404], 409: 'It is not connected, or it syncs already.' },
    run(hub, { params }, { by }) {
      const { name } = connectionOf(hub, params['name'])
      if (!hub.keeper.runNow(name)) throw new Refusal(409, `"${name}" syncs already.`)
      note(hub.journal, by.who, 'started a sync', name)
      hub.running.changed()
    },
  },
  {
    ...{ id: 'stopSync', method: 'delete', path: '/connections/{name}/sync', tag: 'Data', role: 'admin', status: 202 },
    summary: 'Ends its sync after the page at hand. What was read is loaded, and the next sync goes on from there.',
    params: NAME,
    refusals: { 404: MISSING[404], 409: 'No sync of it runs.' },
    run(hub, { params }, { by }) {
      const { name } = connectionOf(hub, params['name'])
      if (!hub.keeper.stop(name)) throw new Refusal(409, `No sync of "${name}" runs.`)
      note(hub.journal, by.who, 'stopped a sync', name)
      hub.running.changed()
    },
  },
  {
    ...{
      id: 'backFill',
      method: 'post',
      path: '/connections/{name}/back-fill',
      tag: 'Data',
      role: 'admin',
      status: 202,
    },
    summary:
      'Reads from an earlier date on: the start date of the connection moves there, and the next sync reads what is missing.',
    params: NAME,
    body: objectOf({ from: text({ format: 'date', description: 'A day, in UTC.' }) }),
    refusals: { ...MISSING, 422: 'It reads from this date, or an earlier one, already.' },
    run: (hub, { params, body }, { by }) =>
      inTurn(hub, async () => {
        const { from } = body as { from: string }
        const before = written(hub, params['name'])
        const source = before['source'] as Readonly<Record<string, unknown>>
        const since = typeof source === 'object' ? source['start_date'] : undefined
        if (since === undefined)
          throw new Refusal(
            422,
            'It has no start date: everything is read already. "Read again" reads streams from their beginning.',
          )
        if (/^\d{4}-/.test(String(since)) && Date.parse(String(since)) <= Date.parse(from))
          throw new Refusal(422, `It reads from ${String(since)} on already.`)
        await save(hub, before.name, { source: { ...source, start_date: `${from}T00:00:00Z` } }, before)
        note(hub.journal, by.who, 'back-filled', before.name, { from })
        hub.keeper.runNow(before.name)
      }),
  },
  {
    ...{ id: 'readAgain', method: 'post', path: '/connections/{name}/reset', tag: 'Data', role: 'admin', status: 200 },
    summary:
      'Lets the next sync read streams from their beginning. Rows that it does not find are marked as deleted, or removed.',
    params: NAME,
    body: objectOf({ streams: { ...listOf(text({ minLength: 1 })), minItems: 1 } }),
    answer: objectOf({ forgotten: listOf(text()) }),
    refusals: MISSING,
    async run(hub, { params, body }, { by }) {
      const connection = connectionOf(hub, params['name'])
      if (hub.running.of(connection.name)) throw new Refusal(409, 'It syncs now. Stop that first.')
      const { streams } = body as { streams: readonly string[] }
      const warehouse = await hub.warehouse(connection, false).catch((error: unknown) => {
        throw new Refusal(409, messageOf(error))
      })
      try {
        await openBooks(warehouse)
        const forgotten: string[] = []
        for (const stream of streams) if (await forgetState(warehouse, stream)) forgotten.push(stream)
        note(hub.journal, by.who, 'let streams be read again', connection.name, { streams: forgotten })
        return { forgotten }
      } finally {
        await warehouse.close()
      }
    },
  },
]

export const data: readonly Operation[] = [...looks, ...acts]
