// Syncs that a warehouse remembers, for the journal: those of other programs, and from before there was a console.
import type { Row } from '../../table/batch.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import type { importSyncs } from './syncs.ts'

type Imported = Parameters<typeof importSyncs>[2]

/** How many are taken over at most. */
const MOST = 1000

/** The syncs after this one that have ended. */
export async function syncsIn({ rows, schema }: Warehouse, after: number): Promise<Imported> {
  const syncs = await rows(
    `select * from ${schema}._syncs where id > $1 and status <> 'running' order by id desc limit ${MOST}`,
    [after],
  )
  const first = syncs.at(-1)
  if (first === undefined) return []
  const streams = await rows(`select * from ${schema}._streams where sync_id >= $1`, [Number(first['id'])])
  const bySync = Map.groupBy(streams, (row) => Number(row['sync_id']))
  return syncs.map((row) => ({
    number: Number(row['id']),
    started: timeIn(row['started_at']) ?? 0,
    ended: timeIn(row['finished_at']) ?? timeIn(row['started_at']) ?? 0,
    status: String(row['status']),
    rows: Number(row['rows']),
    deletions: Number(row['deletions']),
    error: textIn(row['error']),
    streams: (bySync.get(Number(row['id'])) ?? []).map((one) => ({
      stream: String(one['stream']),
      status: String(one['status']),
      rows: Number(one['rows']),
      deletions: Number(one['deletions']),
      misfits: Number(one['misfits']),
      requests: 0,
      waited: 0,
      started: null,
      ended: timeIn(one['finished_at']),
      error: textIn(one['error']),
    })),
  }))
}

const timeIn = (value: Row[string]): number | null => (value == null ? null : Date.parse(String(value)))
const textIn = (value: Row[string]): string | null => (value == null ? null : String(value))
