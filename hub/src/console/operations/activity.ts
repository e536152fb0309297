// What happened, and what happens now.
import type { Hub } from '../console.ts'
import { auditOf } from '../journal/audit.ts'
import type { RunningSync } from '../journal/running.ts'
import { linesOf, streamsOf, syncOf, syncsOf } from '../journal/syncs.ts'
import {
  iso,
  listOf,
  type Operation,
  objectOf,
  orNull,
  Refusal,
  reference,
  type Schema,
  TIME,
  text,
  whole,
} from './operation.ts'
import { syncView } from './views.ts'

export const SYNC_STREAM: Schema = objectOf({
  stream: text(),
  status: text(),
  rows: whole(),
  expected: orNull(whole({ description: 'How many rows there are about, while it is read for the first time.' })),
  deletions: whole(),
  misfits: whole(),
  requests: whole(),
  waited_seconds: { type: 'number' },
  waits_until: orNull(TIME),
  started_at: orNull(TIME),
  ended_at: orNull(TIME),
  error: orNull(text()),
})

export const LIMIT: Schema = objectOf({
  connection: text(),
  name: text({ description: 'As Zendesk names it.' }),
  total: { type: 'number' },
  ours: { type: 'number' },
  others: { type: 'number', description: 'Requests of other tools, as far as they were seen.' },
  left: { type: 'number' },
  resets_at: orNull(TIME),
  seen_at: TIME,
})

export type SyncStream = ReturnType<typeof runningStreams>[number]

/** The streams of a sync that runs, as those of one that ended. */
export function runningStreams({ streams, costs }: RunningSync) {
  const requests = costs()?.requests ?? new Map<string, number>()
  return [...streams].map(([stream, one]) => ({
    stream,
    status: one.status,
    rows: one.rows,
    expected: one.expected ?? null,
    deletions: one.deletions,
    misfits: 0,
    requests: requests.get(stream) ?? 0,
    waited_seconds: one.waited / 1000,
    waits_until: iso(one.waitsUntil),
    started_at: iso(one.began),
    ended_at: iso(one.ended),
    error: one.error ?? null,
  }))
}

/** The streams of a sync. */
export function streamsOfSync(hub: Hub, id: number): readonly SyncStream[] {
  const running = hub.running.syncs().find((one) => one.id === id)
  if (running) return runningStreams(running)
  return streamsOf(hub.journal, id).map(({ waited, started, ended, ...one }) => ({
    ...{ stream: one.stream, status: one.status, rows: one.rows, expected: null, deletions: one.deletions },
    ...{ misfits: one.misfits, requests: one.requests, waited_seconds: waited / 1000, waits_until: null },
    ...{ started_at: iso(started), ended_at: iso(ended), error: one.error },
  }))
}

/** The limits of accounts that are known, with what is left of them. */
export const limitsIn = (hub: Hub) =>
  [...hub.running.limits()].flatMap(([connection, { at, limits }]) =>
    limits.map(({ name, total, ours, others, left, resetsAt }) => ({
      ...{ connection, name, total, ours, others, left, resets_at: iso(resetsAt), seen_at: new Date(at).toISOString() },
    })),
  )

const ID = { id: whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }
const MISSING = { 404: 'There is no such sync.' }

function found(hub: Hub, id: string | undefined) {
  const sync = syncOf(hub.journal, Number(id))
  if (!sync) throw new Refusal(404, `There is no sync ${id}.`)
  return sync
}

export const activity: readonly Operation[] = [
  {
    ...{ id: 'listSyncs', method: 'get', path: '/syncs', tag: 'Activity', role: 'viewer', status: 200 },
    summary: 'Syncs, the newest first.',
    query: {
      connection: text({ maxLength: 100 }),
      status: { enum: ['running', 'complete', 'incomplete', 'failed', 'killed', 'stopped'] },
      before: whole({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Those before the sync with this id.',
      }),
      limit: whole({ minimum: 1, maximum: 500, default: 50 }),
    },
    answer: listOf(reference('Sync')),
    run: (hub, { query: { connection, status, before, limit } }) =>
      syncsOf(hub.journal, {
        ...{
          connection,
          status,
          limit: Number(limit ?? 50),
          before: before === undefined ? undefined : Number(before),
        },
      }).map(syncView),
  },
  {
    ...{ id: 'showSync', method: 'get', path: '/syncs/{id}', tag: 'Activity', role: 'viewer', status: 200 },
    summary: 'A sync with its streams; while it runs, with its progress.',
    params: ID,
    answer: objectOf({ sync: reference('Sync'), streams: listOf(reference('SyncStream')) }),
    refusals: MISSING,
    run(hub, { params }) {
      const sync = found(hub, params['id'])
      return { sync: syncView(sync), streams: streamsOfSync(hub, sync.id) }
    },
  },
  {
    ...{ id: 'readLog', method: 'get', path: '/syncs/{id}/log', tag: 'Activity', role: 'viewer', status: 200 },
    summary: 'The log of a sync.',
    params: ID,
    query: {
      from: whole({ minimum: 0, maximum: 1_000_000, description: 'The first line.' }),
      limit: whole({ minimum: 1, maximum: 5000, default: 1000 }),
      search: text({ maxLength: 200 }),
      level: { enum: ['info', 'warn', 'error'] },
    },
    answer: listOf(objectOf({ nth: whole(), at: TIME, level: text(), text: text() })),
    refusals: MISSING,
    run(hub, { params, query: { from, limit, search, level } }) {
      const { id } = found(hub, params['id'])
      const asked = { from: Number(from ?? 0), limit: Number(limit ?? 1000), search: search ?? '', level: level ?? '' }
      return linesOf(hub.journal, id, asked).map(({ at, ...line }) => ({ ...line, at: new Date(at).toISOString() }))
    },
  },
  {
    ...{ id: 'listLimits', method: 'get', path: '/limits', tag: 'Activity', role: 'viewer', status: 200 },
    summary: "Zendesk's limits, as the last sync of each connection saw them: what is used, by us and by others.",
    answer: listOf(reference('Limit')),
    run: (hub) => limitsIn(hub),
  },
  {
    ...{ id: 'listChanges', method: 'get', path: '/changes', tag: 'Activity', role: 'viewer', status: 200 },
    summary: 'Who changed what, the newest first.',
    query: {
      before: whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      limit: whole({ minimum: 1, maximum: 500, default: 50 }),
    },
    answer: listOf(
      objectOf({
        id: whole(),
        at: TIME,
        who: text(),
        action: text(),
        subject: orNull(text()),
        detail: { description: 'What was asked for, without secrets.' },
      }),
    ),
    run: (hub, { query: { before, limit } }) =>
      auditOf(hub.journal, {
        before: before === undefined ? undefined : Number(before),
        limit: Number(limit ?? 50),
      }).map(({ at, detail, ...entry }) => ({
        ...entry,
        at: new Date(at).toISOString(),
        detail: detail === null ? null : JSON.parse(detail),
      })),
  },
]
