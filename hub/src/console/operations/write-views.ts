// Writes and their runs, as the console shows them.
import config from '../../../config.schema.json' with { type: 'json' }
import type { Connection, WriteSettings } from '../../config/connection.ts'
import type { Operation as Written } from '../../source/writer.ts'
import type { Hub } from '../console.ts'
import { OPTION_NAMES } from '../forms/write-options.ts'
import { countRejected, type KeptRow, runsOf, type WriteRun } from '../journal/writes.ts'
import { iso, listOf, objectOf, orNull, reference, type Schema, TIME, text, whole, yesNo } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

const { name: _, options: __, ...GIVEN } = config.properties.connections.items.properties.writes.items.properties
const KEPT: Readonly<Record<string, Schema>> = GIVEN

/** What a write is, without its name. */
export const WRITE_SETTINGS: Schema = objectOf({
  ...Object.fromEntries(
    Object.entries(KEPT).map(([name, schema]) => [['object', 'mode'].includes(name) ? name : `${name}?`, schema]),
  ),
  'options?': {
    type: 'object',
    propertyNames: { enum: OPTION_NAMES },
    description: `Options of the destination: ${OPTION_NAMES.join(', ')}.`,
  },
})

export const WRITE: Schema = objectOf({
  name: text(),
  settings: { type: 'object', additionalProperties: true },
  schedule: text(),
  state: { enum: ['idle', 'waiting', 'running'] },
  due_at: orNull(TIME),
  rejected: whole({ description: 'Rows that were refused, and not written since.' }),
  last_run: { anyOf: [reference('WriteRun'), { type: 'null' }] },
})

export const WRITE_RUN: Schema = objectOf({
  id: whole(),
  connection: text(),
  write: text(),
  kind: { enum: ['run', 'dry-run', 'replay'] },
  asked_by: orNull(text()),
  status: { enum: ['running', 'complete', 'failed', 'stopped', 'killed'] },
  started_at: orNull(TIME),
  ended_at: orNull(TIME),
  rows: whole({ description: 'Rows of the query.' }),
  matched: whole({ description: 'Of these, those that Zendesk has: updated, deleted or unchanged.' }),
  created: whole(),
  updated: whole(),
  created_or_updated: whole({ description: 'Only Zendesk knows which.' }),
  deleted: whole(),
  unchanged: whole(),
  rejected: whole(),
  error: orNull(text()),
})

const ANY: Schema = { type: 'object', additionalProperties: true }

export const DIFFERENCE: Schema = objectOf({
  action: { enum: ['create', 'update', 'upsert', 'delete'] },
  key: listOf(text()),
  values: { ...ANY, description: 'What would be sent.' },
  'held?': { ...ANY, description: 'What Zendesk holds of that.' },
})

export const REJECTED: Schema = objectOf({
  id: whole(),
  run: whole(),
  at: orNull(TIME),
  code: text(),
  message: text({ description: "Zendesk's reason, or the hub's." }),
  status: orNull(whole({ description: 'Of the answer, where one answer was about this row.' })),
  request_id: orNull(text({ description: "For Zendesk's support." })),
  key: listOf(text()),
  record: { ...ANY, description: 'The whole row, with the names of fields.' },
})

export const WRITABLE: Schema = objectOf({
  object: text(),
  mode: text(),
  keys: listOf(listOf(text())),
  fields: listOf(
    objectOf({ name: text(), description: text(), type: text(), mandatory: yesNo(), choices: listOf(text()) }),
  ),
})

export const runView = (run: WriteRun) => ({
  id: run.id,
  connection: run.connection,
  write: run.write,
  kind: run.kind,
  asked_by: run.asked_by,
  status: run.status,
  started_at: iso(run.started),
  ended_at: iso(run.ended),
  rows: run.rows,
  matched: run.updated + run.deleted + run.unchanged,
  created: run.created,
  updated: run.updated,
  created_or_updated: run.upserted,
  deleted: run.deleted,
  unchanged: run.unchanged,
  rejected: run.rejected,
  error: run.error,
})
export type RunView = ReturnType<typeof runView>

export function writeView(hub: Hub, connection: Connection, settings: WriteSettings) {
  const { name, schedule = 'manual', options = {}, ...rest } = settings
  const health = hub.writes.health(connection.name, name)
  const [last] = runsOf(hub.journal, { connection: connection.name, write: name, limit: 1 })
  // What the file says beside that may be a secret: a token of Sell, the key of a bucket.
  const shown = Object.fromEntries(Object.entries(options).filter(([option]) => OPTION_NAMES.includes(option)))
  return {
    name,
    settings: { ...rest, options: shown },
    schedule,
    state: health?.isRunning ? 'running' : health?.isWanted ? 'waiting' : 'idle',
    due_at: schedule === 'manual' ? null : iso(health?.dueAt),
    rejected: countRejected(hub.journal, connection.name, name),
    last_run: last ? runView(last) : null,
  }
}
export type WriteView = ReturnType<typeof writeView>

export function rejectedView({ id, run, at, code, message, status, request_id, row }: KeptRow) {
  const { key, record } = JSON.parse(row) as { readonly key: readonly string[]; readonly record: Json }
  return { id, run, at: iso(at), code, message, status, request_id, key, record }
}
export type RejectedView = ReturnType<typeof rejectedView>

/** What can be written, with what a form needs to know of each field. */
export function writableView({ object, mode, keys, schema }: Written) {
  const {
    properties = {},
    required = [],
    anyOf = [],
  } = schema as {
    readonly properties?: Readonly<Record<string, Json>>
    readonly required?: readonly string[]
    readonly anyOf?: readonly { readonly required: readonly string[] }[]
  }
  const mandatory = new Set([...required, ...anyOf.flatMap((one) => one.required)])
  return {
    object,
    mode,
    keys,
    fields: Object.entries(properties).map(([name, property]) => ({
      name,
      description: String(property['description'] ?? ''),
      type: [property['type'] ?? 'any']
        .flat()
        .filter((type) => type !== 'null')
        .join(' or '),
      mandatory: mandatory.has(name),
      choices: ((property['enum'] ?? []) as readonly unknown[]).filter((one) => one !== null).map(String),
    })),
  }
}
export type WritableView = ReturnType<typeof writableView>
