// Connections as the console shows them: without secrets, and with how they fare.
import type { FileConnection } from '../../config/write.ts'
import type { Health } from '../../schedule/keep.ts'
import type { Hub } from '../console.ts'
import { lastSyncs, type SyncRow } from '../journal/syncs.ts'
import { isConnected } from './connected.ts'
import { iso, objectOf, orNull, reference, type Schema, TIME, text, whole } from './operation.ts'
import { withoutPassword, withoutSecrets } from './secrets-in.ts'

/** How a connection fares, in a word. */
export const STATES = ['unconnected', 'new', 'running', 'waiting', 'fresh', 'late', 'failed'] as const
export type ConnectionState = (typeof STATES)[number]

export interface ConnectionView {
  readonly name: string
  readonly state: ConnectionState
  readonly capability: string
  readonly to: string
  readonly source: unknown
  readonly settings: Readonly<Record<string, unknown>>
  readonly schedule: string
  readonly begun_at: string | null
  readonly complete_at: string | null
  readonly due_at: string | null
  readonly failures: number
  readonly error: string | null
  readonly last_sync: SyncView | null
}

export interface SyncView {
  readonly id: number
  readonly connection: string
  readonly status: string
  readonly started_at: string | null
  readonly ended_at: string | null
  readonly rows: number
  readonly deletions: number
  readonly requests: number
  readonly waited_seconds: number
  readonly error: string | null
}

export const SYNC: Schema = objectOf({
  id: whole(),
  connection: text(),
  status: { enum: ['running', 'complete', 'incomplete', 'failed', 'killed', 'stopped'] },
  started_at: orNull(TIME),
  ended_at: orNull(TIME),
  rows: whole({ description: 'Rows that were loaded, without deletions.' }),
  deletions: whole(),
  requests: whole({ description: 'Of its streams; one that several streams share counts for each of them.' }),
  waited_seconds: { type: 'number', description: "How long it waited for Zendesk's limits." },
  error: orNull(text()),
})

export const CONNECTION: Schema = objectOf({
  name: text(),
  state: { enum: STATES },
  capability: text(),
  to: text({ description: 'Without a password.' }),
  source: { description: 'Secrets are {"set": true}. A text: the file that holds the source.' },
  settings: { type: 'object', additionalProperties: true },
  schedule: text(),
  begun_at: orNull(TIME),
  complete_at: orNull(TIME),
  due_at: orNull(TIME),
  failures: whole(),
  error: orNull(text()),
  last_sync: { anyOf: [reference('Sync'), { type: 'null' }] },
})

export const syncView = (row: SyncRow): SyncView => ({
  id: row.id,
  connection: row.connection,
  status: row.status,
  started_at: iso(row.started),
  ended_at: iso(row.ended),
  rows: row.rows,
  deletions: row.deletions,
  requests: row.requests,
  waited_seconds: row.waited / 1000,
  error: row.error,
})

export const DEFAULT_SCHEDULE = 'every 6h'

/** All connections of the file, those that need somebody first. */
export function viewsOf(hub: Hub): readonly ConnectionView[] {
  const health = new Map(hub.keeper.health().map((one) => [one.name, one]))
  const last = lastSyncs(hub.journal)
  const order: readonly ConnectionState[] = ['failed', 'late', 'unconnected', 'new', 'running', 'waiting', 'fresh']
  return hub.file
    .read()
    .map((one) => viewOf(one, health.get(one.name), last.get(one.name)))
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1))
}

/** One of them. It must stand in the file. */
export function connectionView(hub: Hub, name: string): ConnectionView {
  const written = hub.file.read().find((one) => one.name === name)!
  const health = hub.keeper.health().find((one) => one.name === name)
  return viewOf(written, health, lastSyncs(hub.journal).get(name))
}

function viewOf(written: FileConnection, health: Health | undefined, last: SyncRow | undefined): ConnectionView {
  // Writes are shown by operations of their own: their options may hold secrets.
  const { name, to, source, tokens: _, writes: __, ...settings } = written
  return {
    name,
    state: stateOf(written, health),
    capability: String(settings['capability'] ?? 'everything'),
    to: withoutPassword(String(to)),
    source: withoutSecrets(source),
    settings,
    schedule: String(settings['schedule'] ?? DEFAULT_SCHEDULE),
    begun_at: iso(health?.begunAt),
    complete_at: iso(health?.completeAt),
    due_at: iso(health?.dueAt),
    failures: health?.failures ?? 0,
    error: health?.error ?? null,
    last_sync: last === undefined ? null : syncView(last),
  }
}

function stateOf({ source }: FileConnection, health: Health | undefined): ConnectionState {
  if (!isConnected(source)) return 'unconnected'
  if (health?.isRunning) return 'running'
  if (health?.isWanted) return 'waiting'
  if ((health?.failures ?? 0) > 0) return 'failed'
  if (health?.completeAt === undefined) return 'new'
  return health.isFresh ? 'fresh' : 'late'
}
