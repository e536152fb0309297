// Writing back: what can be written, which rows there are, and the writes of a connection.
import { passed } from '../../clock.ts'
import type { Connection, WriteSettings } from '../../config/connection.ts'
import { HubError, messageOf } from '../../errors.ts'
import { checkSchedule } from '../../schedule/due.ts'
import { ConnectorFault } from '../../source/fault.ts'
import type { Operation as Written } from '../../source/writer.ts'
import { sampleOf } from '../../write/records.ts'
import type { Hub } from '../console.ts'
import { OPTION_NAMES } from '../forms/write-options.ts'
import { note } from '../journal/audit.ts'
import { forgetWrites } from '../journal/writes.ts'
import { inTurn, written } from './connections.ts'
import { looking } from './data.ts'
import { listOf, NAME, type Operation, objectOf, Refusal, reference, type Schema, text, whole } from './operation.ts'
import { withoutNames } from './secrets-in.ts'
import { connectionOf, SOURCE_REFUSALS } from './streams.ts'
import { writableView, writeView } from './write-views.ts'

const TAG = 'Write back'

/** A write of a connection, in a path. */
export const WRITE_PARAMS: Readonly<Record<string, Schema>> = {
  ...NAME,
  write: text({ pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$', description: 'The name of the write.' }),
}
export const MISSING = { 404: 'There is no such connection, or no such write.', 409: 'It is not connected, or busy.' }

/** Asking for them takes seconds, so the answer is kept for a while. */
const known = new WeakMap<Connection, { readonly at: number; readonly operations: Promise<readonly Written[]> }>()
const KNOWN_FOR = 5 * 60_000

async function operationsOf(hub: Hub, connection: Connection): Promise<readonly Written[]> {
  const before = known.get(connection)
  if (before && passed() - before.at < KNOWN_FOR) return await before.operations
  const operations = hub.writes.operations(connection)
  known.set(connection, { at: passed(), operations })
  return await operations.catch((error: unknown) => {
    known.delete(connection)
    throw new Refusal(502, messageOf(error))
  })
}

/** A write, as the hub has it. Throws a Refusal if there is none of this name. */
export function writeOf(hub: Hub, params: Readonly<Record<string, string>>) {
  const connection = connectionOf(hub, params['name'])
  const settings = connection.writes?.find(({ name }) => name === params['write'])
  if (!settings) throw new Refusal(404, `There is no write "${params['write']}" of "${connection.name}".`)
  return { connection, settings }
}

type FileWrites = readonly (Readonly<Record<string, unknown>> & { readonly name: string })[]

/** Writes them into the file, and takes them up; if they cannot be used, all stays as it was. */
async function save(hub: Hub, name: string, writes: FileWrites): Promise<void> {
  const before = written(hub, name)
  const { writes: _, ...rest } = before
  try {
    hub.file.put(writes.length > 0 ? { ...before, writes } : (rest as typeof before))
    await hub.reload()
  } catch (error) {
    hub.file.put(before)
    await hub.reload()
    throw new Refusal(422, messageOf(error))
  }
}

const writesIn = (hub: Hub, name: string): FileWrites => (written(hub, name)['writes'] ?? []) as FileWrites

/** What is wrong with a write before anything is asked. Throws a Refusal. */
function checkWrite({ table, query, mode, key, columns, audiences = [], schedule }: WriteSettings): void {
  if ((table === undefined) === (query === undefined)) throw new Refusal(422, 'Name a table, or write a query.')
  if (mode !== 'append' && key === undefined)
    throw new Refusal(422, `Rows are matched by a key: the mode "${mode}" needs one.`)
  if (schedule !== undefined) checkSchedule(schedule)
  const fields = Object.values(columns ?? {})
  const twice = fields.find((field, at) => fields.indexOf(field) !== at)
  if (twice !== undefined) throw new Refusal(422, `Two columns go to "${twice}".`)
  const missing = audiences.length === 0 ? [] : ['email', 'last_name'].filter((field) => !fields.includes(field))
  if (missing.length > 0)
    throw new Refusal(
      422,
      `Audiences need columns that go to ${missing.join(' and ')}: without them no row is written.`,
    )
  const placeless = audiences.find(({ field, tag }) => (field === undefined) === (tag === undefined))
  if (placeless) throw new Refusal(422, `The audience "${placeless.name}" goes to a field, or to a tag.`)
}

const looks: readonly Operation[] = [
  {
    ...{ id: 'listObjects', method: 'get', path: '/connections/{name}/objects', tag: TAG, role: 'viewer', status: 200 },
    summary: 'What can be written to the account: each object in each mode, its keys and its fields.',
    params: NAME,
    query: { object: text({ maxLength: 100, description: 'This one only.' }) },
    answer: listOf(reference('Writable')),
    refusals: SOURCE_REFUSALS,
    async run(hub, { params, query }) {
      const all = await operationsOf(hub, connectionOf(hub, params['name']))
      return all.filter(({ object }) => query['object'] === undefined || object === query['object']).map(writableView)
    },
  },
  {
    ...{ id: 'tryQuery', method: 'post', path: '/connections/{name}/query', tag: TAG, role: 'admin', status: 200 },
    summary: 'The columns of a table or a query of its database, how many rows there are, and the first ten.',
    params: NAME,
    body: objectOf({
      'table?': text({ minLength: 1, maxLength: 200 }),
      'query?': text({ minLength: 1, maxLength: 20_000 }),
    }),
    answer: objectOf({
      columns: listOf(text()),
      count: whole(),
      rows: listOf({ type: 'object', additionalProperties: true }),
    }),
    refusals: { ...MISSING, 422: 'The query cannot be run.' },
    run: (hub, { params, body }) =>
      looking(hub, connectionOf(hub, params['name']), (warehouse) =>
        sampleOf(body as { table?: string; query?: string }, warehouse, 10),
      ),
  },
  {
    ...{ id: 'listWrites', method: 'get', path: '/connections/{name}/writes', tag: TAG, role: 'viewer', status: 200 },
    summary: 'The writes of a connection, and how each fares.',
    params: NAME,
    answer: listOf(reference('Write')),
    refusals: MISSING,
    run(hub, { params }) {
      const connection = connectionOf(hub, params['name'])
      return (connection.writes ?? []).map((settings) => writeView(hub, connection, settings))
    },
  },
  {
    ...{
      id: 'showWrite',
      method: 'get',
      path: '/connections/{name}/writes/{write}',
      tag: TAG,
      role: 'viewer',
      status: 200,
    },
    summary: 'A write, and how it fares.',
    params: WRITE_PARAMS,
    answer: reference('Write'),
    refusals: MISSING,
    run(hub, { params }) {
      const { connection, settings } = writeOf(hub, params)
      return writeView(hub, connection, settings)
    },
  },
]

const changes: readonly Operation[] = [
  {
    ...{
      id: 'putWrite',
      method: 'put',
      path: '/connections/{name}/writes/{write}',
      tag: TAG,
      role: 'admin',
      status: 200,
    },
    summary: 'Adds a write, or puts it in the place of the one of its name. Fields of audiences must exist in Zendesk.',
    params: WRITE_PARAMS,
    body: reference('WriteSettings'),
    answer: reference('Write'),
    refusals: { ...MISSING, 422: 'It cannot be used: the answer says why.' },
    run: (hub, { params, body }, { by }) =>
      inTurn(hub, async () => {
        const connection = connectionOf(hub, params['name'])
        const name = params['write']!
        const all = writesIn(hub, connection.name)
        const before = all.find((one) => one.name === name)
        const { options = {}, ...given } = body as Omit<WriteSettings, 'name'>
        // What only the file can say stays there.
        const kept = Object.entries((before?.['options'] ?? {}) as object).filter(
          ([one]) => !OPTION_NAMES.includes(one),
        )
        const merged = { ...options, ...Object.fromEntries(kept) }
        const next = { name, ...given, ...(Object.keys(merged).length > 0 && { options: merged }) }
        for (const [member, value] of Object.entries({ ...given, ...options })) withoutNames(value, before?.[member])
        checkWrite(next)
        await hub.writes.check(connection, next).catch((error: unknown) => {
          throw error instanceof ConnectorFault || error instanceof HubError ? new Refusal(422, error.message) : error
        })
        await save(hub, connection.name, before ? all.map((one) => (one === before ? next : one)) : [...all, next])
        note(hub.journal, by.who, before ? 'changed a write' : 'added a write', `${connection.name} → ${name}`, given)
        return writeView(hub, ...pairOf(hub, connection.name, name))
      }),
  },
  {
    ...{
      id: 'removeWrite',
      method: 'delete',
      path: '/connections/{name}/writes/{write}',
      tag: TAG,
      role: 'admin',
      status: 204,
    },
    summary: 'Removes a write, its history and its rejected rows. What was written stays in Zendesk.',
    params: WRITE_PARAMS,
    refusals: MISSING,
    run: (hub, { params }, { by }) =>
      inTurn(hub, async () => {
        const { connection, settings } = writeOf(hub, params)
        if (hub.writes.health(connection.name, settings.name)?.isRunning)
          throw new Refusal(409, 'It runs now. Stop that first.')
        const rest = writesIn(hub, connection.name).filter(({ name }) => name !== settings.name)
        await save(hub, connection.name, rest)
        forgetWrites(hub.journal, connection.name, settings.name)
        note(hub.journal, by.who, 'removed a write', `${connection.name} → ${settings.name}`)
      }),
  },
]

function pairOf(hub: Hub, name: string, write: string): readonly [Connection, WriteSettings] {
  const { connection, settings } = writeOf(hub, { name, write })
  return [connection, settings]
}

export const writes: readonly Operation[] = [...looks, ...changes]
