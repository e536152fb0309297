// Runs of writes: started, stopped, looked at; rejected rows, and sending them again.
import type { Hub } from '../console.ts'
import { note } from '../journal/audit.ts'
import { differencesOf, rejectedBy, rejectedOf, runOf, runsOf } from '../journal/writes.ts'
import { listOf, type Operation, objectOf, Refusal, reference, whole } from './operation.ts'
import { rejectedView, runView } from './write-views.ts'
import { MISSING, WRITE_PARAMS, writeOf } from './writes.ts'

const TAG = 'Write back'
const PAGE = {
  before: whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Those before this one.' }),
  limit: whole({ minimum: 1, maximum: 500, default: 50 }),
}
/** Rows that one replay takes. */
const MOST = 1000

const paging = (query: Readonly<Record<string, string>>) => ({
  limit: Number(query['limit'] ?? 50),
  ...(query['before'] !== undefined && { before: Number(query['before']) }),
})

/** Asks for a turn. Throws a Refusal if it has one. */
function ask(hub: Hub, params: Readonly<Record<string, string>>, wish: Parameters<Hub['writes']['ask']>[2]) {
  const { connection, settings } = writeOf(hub, params)
  if (!hub.writes.ask(connection.name, settings.name, wish))
    throw new Refusal(409, `"${settings.name}" runs, or is about to. Wait until that has ended.`)
  hub.running.changed()
  return `${connection.name} → ${settings.name}`
}

export const writeRuns: readonly Operation[] = [
  {
    ...{
      id: 'startWrite',
      method: 'post',
      path: '/connections/{name}/writes/{write}/runs',
      tag: TAG,
      role: 'admin',
      status: 202,
    },
    summary: 'Writes as soon as its account is free; a dry run only finds out what would be written.',
    params: WRITE_PARAMS,
    body: objectOf({ kind: { enum: ['run', 'dry-run'] } }),
    refusals: MISSING,
    run(hub, { params, body }, { by }) {
      const { kind } = body as { kind: 'run' | 'dry-run' }
      const what = ask(hub, params, { kind, askedBy: by.who })
      note(hub.journal, by.who, kind === 'run' ? 'started a write' : 'started a dry run', what)
    },
  },
  {
    ...{
      id: 'stopWrite',
      method: 'delete',
      path: '/connections/{name}/writes/{write}/runs',
      tag: TAG,
      role: 'admin',
      status: 202,
    },
    summary: 'Ends its run. Rows that are written stay; the next run finds them as they are.',
    params: WRITE_PARAMS,
    refusals: MISSING,
    run(hub, { params }, { by }) {
      const { connection, settings } = writeOf(hub, params)
      if (!hub.writes.stop(connection.name, settings.name)) throw new Refusal(409, `"${settings.name}" does not run.`)
      note(hub.journal, by.who, 'stopped a write', `${connection.name} → ${settings.name}`)
      hub.running.changed()
    },
  },
  {
    ...{
      id: 'listWriteRuns',
      method: 'get',
      path: '/connections/{name}/writes/{write}/runs',
      tag: TAG,
      role: 'viewer',
      status: 200,
    },
    summary: 'Its runs, the newest first.',
    params: WRITE_PARAMS,
    query: PAGE,
    answer: listOf(reference('WriteRun')),
    refusals: MISSING,
    run(hub, { params, query }) {
      const { connection, settings } = writeOf(hub, params)
      return runsOf(hub.journal, { connection: connection.name, write: settings.name, ...paging(query) }).map(runView)
    },
  },
  {
    ...{ id: 'showWriteRun', method: 'get', path: '/write-runs/{id}', tag: TAG, role: 'viewer', status: 200 },
    summary: 'A run: its counts, the first differences of a dry run, and the first rows that it rejected.',
    params: { id: whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
    answer: objectOf({
      run: reference('WriteRun'),
      differences: listOf(reference('Difference')),
      rejected: listOf(reference('RejectedRow')),
    }),
    refusals: { 404: 'There is no such run.' },
    run(hub, { params }) {
      const run = runOf(hub.journal, Number(params['id']))
      if (!run) throw new Refusal(404, `There is no run ${params['id']}.`)
      const { connection, write, id } = run
      return {
        run: runView(run),
        differences: differencesOf(hub.journal, id).map(({ stream: _, ...change }) => change),
        rejected: rejectedOf(hub.journal, { connection, write, run: id, limit: 50 }).map(rejectedView),
      }
    },
  },
  {
    ...{
      id: 'listRejected',
      method: 'get',
      path: '/connections/{name}/writes/{write}/rejected',
      tag: TAG,
      role: 'viewer',
      status: 200,
    },
    summary: 'Rows that were refused, and not written since: the reason, and the whole row. The newest first.',
    params: WRITE_PARAMS,
    query: PAGE,
    answer: listOf(reference('RejectedRow')),
    refusals: MISSING,
    run(hub, { params, query }) {
      const { connection, settings } = writeOf(hub, params)
      return rejectedOf(hub.journal, { connection: connection.name, write: settings.name, ...paging(query) }).map(
        rejectedView,
      )
    },
  },
  {
    ...{
      id: 'replayRejected',
      method: 'post',
      path: '/connections/{name}/writes/{write}/replay',
      tag: TAG,
      role: 'admin',
      status: 202,
    },
    summary: 'Sends rejected rows once more, as they were.',
    params: WRITE_PARAMS,
    body: objectOf({
      rows: { ...listOf(whole({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })), minItems: 1, maxItems: MOST },
    }),
    refusals: { ...MISSING, 422: 'None of these rows waits to be written.' },
    run(hub, { params, body }, { by }) {
      const { rows } = body as { rows: readonly number[] }
      const { connection, settings } = writeOf(hub, params)
      const found = rejectedBy(hub.journal, connection.name, settings.name, rows).length
      if (found === 0)
        throw new Refusal(422, 'None of these rows waits to be written: they were written, or another run took them.')
      const what = ask(hub, params, { kind: 'replay', rejected: rows, askedBy: by.who })
      note(hub.journal, by.who, 'replayed rejected rows', what, { rows: found })
    },
  },
]
