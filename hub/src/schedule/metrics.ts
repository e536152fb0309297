// What a keeper says of itself: JSON for people and probes, and Prometheus' text.
import type { Health } from './keep.ts'

/** The answer of `/healthz`: 200 while all data is as fresh as promised. */
export function healthAnswer(health: readonly Health[]): { readonly status: 200 | 503; readonly body: string } {
  const time = (at: number | undefined): string | null =>
    at === undefined || !Number.isFinite(at) ? null : new Date(at).toISOString()
  const connections = health.map(({ begunAt, completeAt, dueAt, endedAt: _, ...rest }) => ({
    ...rest,
    begunAt: time(begunAt),
    completeAt: time(completeAt),
    dueAt: time(dueAt),
  }))
  const isFresh = health.every((one) => one.isFresh)
  return { status: isFresh ? 200 : 503, body: `${JSON.stringify({ isFresh, connections })}\n` }
}

const METRICS: readonly (readonly [name: string, type: string, help: string, of: (health: Health) => number])[] = [
  ['zendesk_hub_syncs_total', 'counter', 'Syncs that ended.', ({ syncs }) => syncs],
  ['zendesk_hub_rows_total', 'counter', 'Rows that were loaded.', ({ rows }) => rows],
  ['zendesk_hub_failures', 'gauge', 'Syncs that failed since the last complete one.', ({ failures }) => failures],
  ['zendesk_hub_running', 'gauge', 'Whether a sync runs.', ({ isRunning }) => Number(isRunning)],
  ['zendesk_hub_fresh', 'gauge', 'Whether the data is as fresh as promised.', ({ isFresh }) => Number(isFresh)],
  [
    'zendesk_hub_complete_timestamp_seconds',
    'gauge',
    'When all streams were complete for the last time.',
    ({ completeAt = 0 }) => completeAt / 1000,
  ],
]

/** The answer of `/metrics`. */
export function metricsAnswer(health: readonly Health[]): string {
  const label = (name: string): string => name.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))
  return METRICS.map(([name, type, help, of]) => {
    const lines = health.map((one) => `${name}{connection="${label(one.name)}"} ${of(one)}\n`)
    return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
  }).join('')
}
