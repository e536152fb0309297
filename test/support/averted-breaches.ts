import type { Connection } from './account.ts'
import type { How } from './expected-rows.ts'

interface Found {
  readonly surplus: readonly string[]
  /** Of missing, surplus and wrong rows. */
  readonly counts: readonly [number, number, number]
}

/**
 * What is not as it should be after reading from lists, but for breaches that no state covers and that were averted since: those
 * of the exports, once lists are read in their place, and those that were emitted just before a sync was killed
 * (docs/without-exports.md).
 */
export function differencesButAverted(connection: Connection, how: How = { byList: true }): Record<string, unknown> {
  const { ticket_metric_events: events, ...others } = connection.differences(how) as Record<string, Found>
  if (events === undefined) return others
  const rows = connection.warehouse.rows('ticket_metric_events')
  const surplus = events.surplus.filter((key) => rows.get(key)?.['type'] !== 'breach')
  const [missing, many, wrong] = events.counts
  // Some of many are named: of the others nobody knows what they are.
  const unknown = many - events.surplus.length
  return missing + wrong + surplus.length + unknown > 0 ? { ...others, ticket_metric_events: events } : others
}
