// Connections: added, looked at, tested, changed, removed.

import { isDeepStrictEqual } from 'node:util'
import schema from '../../../config.schema.json' with { type: 'json' }
import type { FileConnection } from '../../config/write.ts'
import { HubError, messageOf } from '../../errors.ts'
import type { Hub } from '../console.ts'
import { note } from '../journal/audit.ts'
import { forgetConnection } from '../journal/syncs.ts'
import { forgetWrites } from '../journal/writes.ts'
import { isConnected, needsTokens } from './connected.ts'
import { listOf, NAME, type Operation, objectOf, orNull, Refusal, reference, type Schema, text } from './operation.ts'
import { checkAddress, checkFile } from './places.ts'
import { keepInVault, namesIn, stow, withoutNames, withoutPassword, withoutSecrets } from './secrets-in.ts'
import { testOf } from './test-connection.ts'
import { connectionView, viewsOf } from './views.ts'

const { properties } = schema.properties.connections.items
// Writes have operations of their own.
const { name: _, source: __, tokens: ___, writes: ____, ...SETTINGS } = properties

/** The settings of a connection, as the configuration has them. */
export const SETTING_NAMES = Object.keys(SETTINGS)

const GIVEN: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, { default: _default, ...setting }]: [string, Schema]) => [`${name}?`, setting]),
)
const SOURCE: Schema = {
  type: 'object',
  additionalProperties: true,
  description:
    'The connector\'s configuration: subdomain and credentials, and the options of docs/configuration.md. A secret that is left out, or is {"set": true}, stays what it was.',
}
/** No separators, so that a name is one in paths and files too. */
const NEW_NAME = text({ pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$' })

const { 'to?': TO, ...REST } = GIVEN
export const NEW_CONNECTION = objectOf({ name: NEW_NAME, source: SOURCE, to: TO!, ...REST })
/** Null takes a setting out. */
export const CHANGED_CONNECTION = objectOf({
  'source?': SOURCE,
  'to?': TO!,
  ...Object.fromEntries(Object.entries(REST).map(([name, one]) => [name, { anyOf: [one, { type: 'null' }] }])),
})

/** The connection as it stands in the file. Throws a Refusal if there is none of this name. */
export function written(hub: Hub, name: string | undefined): FileConnection {
  const found = hub.file.read().find((one) => one.name === name)
  if (!found) throw new Refusal(404, `There is no connection "${name}".`)
  return found
}

/** Changes are made one after the other. */
const queues = new WeakMap<Hub, Promise<unknown>>()
export function inTurn<Result>(hub: Hub, act: () => Promise<Result>): Promise<Result> {
  const next = (queues.get(hub) ?? Promise.resolve()).catch(() => undefined).then(act)
  queues.set(hub, next)
  return next
}

interface Given {
  readonly source?: Readonly<Record<string, unknown>>
  readonly to?: string
  readonly [setting: string]: unknown
}

/**
 * Writes a connection into the file, and its secrets into the vault, and takes it up. If it cannot be used, all stays as it was
 * and a Refusal says why.
 */
export async function save(hub: Hub, name: string, given: Given, before: FileConnection | undefined): Promise<void> {
  await checkPlaces(hub, given, before)
  const { source: oldSource, ...old }: Readonly<Record<string, unknown>> = before ?? {}
  if (typeof oldSource === 'string' && given.source !== undefined)
    throw new Refusal(409, `The source of "${name}" is in the file ${oldSource}: change it there.`)
  const { source: newSource, to: newTo, ...settings } = given
  const from = { source: newSource ?? (oldSource as Given), to: newTo ?? String(before?.['to']) }
  const stowed =
    typeof oldSource === 'string' ? stow(name, { source: {}, to: from.to }, before) : stow(name, from, before)
  const merged = Object.entries({ ...old, ...settings }).filter(([, value]) => value !== null && value !== undefined)
  const source = typeof oldSource === 'string' ? oldSource : stowed.source
  const tokens = needsTokens(source) ? { tokens: hub.vault.fileOf(`${fileName(name)}.tokens.json`) } : {}
  const next = { ...tokens, ...Object.fromEntries(merged), name, source, to: stowed.to }
  const secrets = hub.vault.all()
  try {
    keepInVault(hub.vault, { ...stowed, source: stowed.source }, before)
    hub.file.put(next)
    await hub.reload()
    const connection = hub.connections().find((one) => one.name === name)
    // What the connector says of a configuration that it cannot use; nothing is asked of Zendesk.
    if (connection && isConnected(source)) await hub.account(connection)
  } catch (error) {
    const now = hub.vault.all()
    const changes = Object.fromEntries(Object.keys({ ...now, ...secrets }).map((key) => [key, secrets[key]]))
    if (!isDeepStrictEqual(now, secrets)) hub.vault.put(changes)
    if (before === undefined) hub.file.remove(name)
    else hub.file.put(before)
    await hub.reload()
    throw error instanceof Refusal ? error : new Refusal(422, messageOf(error))
  }
}

const fileName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_')

async function checkPlaces(hub: Hub, given: Given, before: FileConnection | undefined): Promise<void> {
  const changed = (value: unknown, old: unknown): value is string => typeof value === 'string' && value !== old
  const { to, publish, notify, source } = given
  const old = (before?.['source'] ?? {}) as Readonly<Record<string, unknown>>
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'source' && name !== 'to'))
  for (const [name, value] of Object.entries(settings)) withoutNames(value, before?.[name])
  if (changed(to, before?.['to']) && to.startsWith('duckdb:'))
    checkFile(hub.file.path, to.replace(/^duckdb:(\/\/)?/, ''), 'The DuckDB file')
  if (changed(publish, before?.['publish'])) checkFile(hub.file.path, publish, 'The copy')
  const live = given['live'] as { folder?: string; host?: string } | null | undefined
  const oldLive = before?.['live'] as { folder?: string; host?: string } | undefined
  if (changed(live?.folder, oldLive?.folder)) checkFile(hub.file.path, live!.folder!, 'The folder of events')
  if (changed(live?.host, oldLive?.host))
    throw new Refusal(422, `Where the hub listens for webhooks is written into ${hub.file.path} by hand.`)
  if (changed(notify, before?.['notify'])) await checkAddress(notify, '"notify"', hub.allowsPrivate)
  const { base_url: base, files_folder: folder } = source ?? {}
  if (changed(base, old['base_url'])) await checkAddress(base, '"base_url"', hub.allowsPrivate)
  if (changed(folder, old['files_folder'])) checkFile(hub.file.path, folder, 'The folder for files')
}

const REFUSED = { 409: 'It cannot be changed as it is now.', 422: 'It cannot be used: the answer says why.' }
const MISSING = { 404: 'There is no such connection.' }

/** A HubError is about what was given. */
async function refusing<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof HubError ? new Refusal(422, error.message) : error
  }
}

const detailOf = (given: Given): unknown => ({
  ...given,
  ...(given.source && { source: withoutSecrets(given.source) }),
  ...(given.to && { to: withoutPassword(given.to) }),
})

export const connections: readonly Operation[] = [
  {
    ...{ id: 'listConnections', method: 'get', path: '/connections', tag: 'Connections', role: 'viewer', status: 200 },
    summary: 'All connections, and how each fares.',
    answer: listOf(reference('Connection')),
    run: (hub) => viewsOf(hub),
  },
  {
    ...{ id: 'addConnection', method: 'post', path: '/connections', tag: 'Connections', role: 'admin', status: 201 },
    summary: 'Adds a connection. Secrets are kept encrypted, and never read back.',
    body: reference('NewConnection'),
    answer: reference('Connection'),
    refusals: REFUSED,
    run: (hub, { body }, { by }) =>
      inTurn(hub, () =>
        refusing(async () => {
          const { name, ...given } = body as Given & { name: string }
          if (hub.file.read().some((one) => one.name.toLowerCase() === name.toLowerCase()))
            throw new Refusal(409, `There is a connection "${name}" already.`)
          await save(hub, name, given, undefined)
          note(hub.journal, by.who, 'added', name, detailOf(given))
          return connectionView(hub, name)
        }),
      ),
  },
  {
    ...{
      id: 'showConnection',
      method: 'get',
      path: '/connections/{name}',
      tag: 'Connections',
      role: 'viewer',
      status: 200,
    },
    summary: 'A connection, and how it fares.',
    params: NAME,
    answer: reference('Connection'),
    refusals: MISSING,
    run: (hub, { params }) => {
      written(hub, params['name'])
      return connectionView(hub, params['name']!)
    },
  },
  {
    ...{
      id: 'changeConnection',
      method: 'patch',
      path: '/connections/{name}',
      tag: 'Connections',
      role: 'admin',
      status: 200,
    },
    summary: 'Changes what is given; the rest stays, secrets too. Null takes a setting out.',
    params: NAME,
    body: reference('ChangedConnection'),
    answer: reference('Connection'),
    refusals: { ...MISSING, ...REFUSED },
    run: (hub, { params, body }, { by }) =>
      inTurn(hub, () =>
        refusing(async () => {
          const before = written(hub, params['name'])
          await save(hub, before.name, body as Given, before)
          note(hub.journal, by.who, 'changed', before.name, detailOf(body as Given))
          return connectionView(hub, before.name)
        }),
      ),
  },
  {
    ...{
      id: 'removeConnection',
      method: 'delete',
      path: '/connections/{name}',
      tag: 'Connections',
      role: 'admin',
      status: 200,
    },
    summary: 'Removes a connection, its secrets and what is known of its syncs. Loaded rows stay where they are.',
    params: NAME,
    query: { revoke: { enum: ['true', 'false'], description: 'Whether its OAuth token is revoked in Zendesk.' } },
    answer: objectOf({ revoked: orNull(text()), rows: text() }),
    refusals: MISSING,
    run: (hub, { params, query }, { by }) =>
      inTurn(hub, async () => {
        const before = written(hub, params['name'])
        const connection = hub.connections().find((one) => one.name === before.name)
        let revoked: string | null = null
        if (query['revoke'] === 'true' && connection)
          revoked = await hub
            .account(connection)
            .then((account) => account.signOut())
            .catch(messageOf)
        hub.file.remove(before.name)
        hub.vault.put(Object.fromEntries(namesIn(before).map((name) => [name, undefined])))
        await hub.reload()
        forgetConnection(hub.journal, before.name)
        forgetWrites(hub.journal, before.name)
        note(hub.journal, by.who, 'removed', before.name)
        return { revoked, rows: `What was loaded stays in ${withoutPassword(String(before['to']))}.` }
      }),
  },
  {
    ...{
      id: 'testConnection',
      method: 'post',
      path: '/connections/{name}/test',
      tag: 'Connections',
      role: 'viewer',
      status: 200,
    },
    summary: 'Signs in, and says as whom, what the account allows, and what cannot be read and why.',
    params: NAME,
    answer: reference('Test'),
    refusals: MISSING,
    run: async (hub, { params }) => await testOf(hub, params['name']),
  },
]
