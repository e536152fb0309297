// The streams of an account: which are read, with which columns, and what each costs.
import { passed } from '../../clock.ts'
import { type Connection, streamsFor } from '../../config/connection.ts'
import { HubError, messageOf } from '../../errors.ts'
import type { SourceStream } from '../../source/source.ts'
import { planned } from '../../sync/sync.ts'
import type { Hub } from '../console.ts'
import { freshnessOf } from '../journal/syncs.ts'
import { costOf } from './costs.ts'
import {
  listOf,
  NAME,
  type Operation,
  objectOf,
  orNull,
  Refusal,
  reference,
  type Schema,
  text,
  whole,
  yesNo,
} from './operation.ts'

export const STREAM: Schema = objectOf({
  name: text(),
  selected: yesNo(),
  mode: orNull(text({ description: 'How it is loaded; null if it is not selected.' })),
  primary_key: listOf(text()),
  cursor_field: orNull(text()),
  read_with: text({ description: 'Streams that name the same export or list share its requests.' }),
  cost: text(),
  requests: orNull(whole({ description: 'In its last sync.' })),
  rows: orNull(whole({ description: 'In its last sync.' })),
  columns: listOf(objectOf({ name: text(), type: text(), description: text(), selected: yesNo(), needed: yesNo() })),
})

/** Asking for them takes a second, so the answer is kept for a while. */
const known = new WeakMap<Connection, { readonly at: number; readonly streams: Promise<readonly SourceStream[]> }>()
const KNOWN_FOR = 5 * 60_000

/** The connection of this name, as it is synced. Throws a Refusal if there is none. */
export function connectionOf(hub: Hub, name: string | undefined): Connection {
  const found = hub.connections().find((one) => one.name === name)
  if (found) return found
  const isWritten = hub.file.read().some((one) => one.name === name)
  throw isWritten
    ? new Refusal(409, `"${name}" is not connected yet.`)
    : new Refusal(404, `There is no connection "${name}".`)
}

/** What its account has. Throws a Refusal that says why it could not be asked. */
export async function streamsIn(hub: Hub, connection: Connection): Promise<readonly SourceStream[]> {
  const before = known.get(connection)
  if (before && passed() - before.at < KNOWN_FOR) return await before.streams
  const streams = hub.account(connection).then((account) => account.streams())
  known.set(connection, { at: passed(), streams })
  return await streams.catch((error: unknown) => {
    known.delete(connection)
    throw new Refusal(502, messageOf(error))
  })
}

export const SOURCE_REFUSALS = {
  404: 'There is no such connection.',
  409: 'It is not connected yet.',
  502: 'Zendesk could not be asked: the answer says why.',
}

export const streams: readonly Operation[] = [
  {
    ...{
      id: 'listStreams',
      method: 'get',
      path: '/connections/{name}/streams',
      tag: 'Data',
      role: 'viewer',
      status: 200,
    },
    summary:
      'Every stream of the account: whether it is read, with which columns, and what it costs. `streams`, `modes` and `columns` of the connection change that.',
    params: NAME,
    answer: listOf(reference('Stream')),
    refusals: SOURCE_REFUSALS,
    async run(hub, { params }) {
      const connection = connectionOf(hub, params['name'])
      const all = await streamsIn(hub, connection)
      const chosen = new Map(choices(connection, all))
      const last = new Map(freshnessOf(hub.journal, connection.name).map((one) => [one.stream, one]))
      return all.map((stream) => streamView(stream, connection, chosen.get(stream.name), last.get(stream.name)))
    },
  },
]

/** The streams that are read, with their modes. One that is not there any more keeps no other from being shown. */
function choices({ streams: named, capability, mode, modes }: Connection, all: readonly SourceStream[]) {
  const there = named?.filter((name) => all.some((stream) => stream.name === name))
  try {
    const plan = { streams: there, among: streamsFor(capability), mode, modeOf: modes }
    return planned(all, plan).map((stream) => [stream.name, stream.mode] as const)
  } catch (error) {
    if (error instanceof HubError) throw new Refusal(409, error.message)
    throw error
  }
}

function streamView(
  { name, primaryKey, cursorField, properties }: SourceStream,
  { columns: chosen = {} }: Connection,
  mode: string | undefined,
  last: { readonly requests: number; readonly rows: number } | undefined,
) {
  const { read_with, note } = costOf(name)
  const needed = new Set([...primaryKey, ...(cursorField === undefined ? [] : [cursorField])])
  return {
    ...{ name, selected: mode !== undefined, mode: mode ?? null },
    ...{ primary_key: primaryKey, cursor_field: cursorField ?? null, read_with, cost: note },
    ...{ requests: last?.requests ?? null, rows: last?.rows ?? null },
    columns: Object.entries(properties).map(([column, property]) => ({
      name: column,
      type: typeOf(property),
      description: String((property as { description?: unknown }).description ?? ''),
      selected: needed.has(column) || (chosen[name]?.includes(column) ?? true),
      needed: needed.has(column),
    })),
  }
}

function typeOf(property: unknown): string {
  const { type, format } = property as { type?: string | readonly string[]; format?: string }
  const types = (Array.isArray(type) ? type : [type ?? 'any']).filter((one) => one !== 'null')
  return format === 'date-time' || format === 'date' ? format : types.join(' or ')
}
