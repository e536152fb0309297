// What no list shows: tickets that were imported closed, and may be archived. The export of tickets has them.
import { sleep } from '../model/clock.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Query } from '../model/page.ts'
import type { RecordData } from '../model/reads.ts'
import { progressCheck } from '../model/walk-progress.ts'
import type { Rejection } from '../model/writing.ts'
import type { BatchRow } from './batch-row.ts'
import type { WriteTools } from './tools.ts'

/** An export leaves out the last minute (fact 91): so many ms after a write it has it. */
const EXPORTED_AFTER = 120_000
const EARLIER_S = 60
const PAGE = 1000

const UNSEEN: Rejection = {
  code: 'not_confirmed',
  message: 'Zendesk did not say what became of it, and neither a list nor the export shows it.',
}

/**
 * What the export has of rows that were sent since then (epoch ms), and a rejection for each that it does not have: it may be
 * late, or closed, and what is sent once more might be there twice.
 */
export async function exportedSince(
  rows: readonly BatchRow[],
  since: number,
  { call, clock, signal }: WriteTools,
): Promise<ReadonlyMap<BatchRow, readonly RecordData[] | Rejection>> {
  await sleep(clock, EXPORTED_AFTER, signal)
  const wanted = new Map(rows.map((row) => [row.key[0]?.toLowerCase(), row]))
  const found = new Map<BatchRow, readonly RecordData[] | Rejection>(rows.map((row) => [row, UNSEEN]))
  let query: Query = { start_time: Math.floor(since / 1000) - EARLIER_S, per_page: PAGE }
  const path = 'incremental/tickets/cursor'
  const check = progressCheck(path)
  for (;;) {
    const { status, body } = await call({
      method: 'GET',
      path,
      query,
      bucket: 'incremental-exports',
      expects: { list: 'tickets' },
    })
    if (status >= 300) return found
    const tickets = body['tickets'] as readonly RecordData[]
    for (const ticket of tickets) {
      const row = wanted.get(String(ticket['external_id'] ?? '').toLowerCase())
      if (row !== undefined) found.set(row, [ticket])
    }
    if (body['end_of_stream'] === true) return found
    const cursor = body['after_cursor']
    if (typeof cursor !== 'string')
      throw new ConnectorError(
        `${path}: Zendesk says neither that the list ends nor where it continues.`,
        'transient_error',
      )
    check({ rows: tickets, time: 0, cursor })
    query = { cursor, per_page: PAGE }
  }
}
