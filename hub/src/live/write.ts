// Records that an event brought, into the tables of their streams: never older over newer.

import { type Applied, applyHistory, applyMerge } from '../load/apply.ts'
import { openCascade } from '../load/cascade.ts'
import { readKnown } from '../load/known.ts'
import { createStaging, type Staging } from '../load/staging.ts'
import { type Contracts, type Deleted, type LoadedStream, prepareTarget, type Target } from '../load/target.ts'
import type { Row } from '../table/batch.ts'
import { quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** A stream that events can bring records of. */
export interface LiveStream extends LoadedStream {
  /** Whose ids it is shown by: `tickets` for what belongs to tickets too. */
  readonly shownBy: string
  readonly cursorField?: string
  /** The columns that were chosen; left out: all. */
  readonly columns?: ReadonlySet<string>
}

/** Records of one stream; `deletedAt` by index. */
export interface Brought {
  readonly stream: string
  readonly records: readonly Row[]
  readonly deletedAt?: readonly (string | undefined)[]
}

/** Writes all of it in one transaction; resolves to how many records it was. */
export type Write = (brought: readonly Brought[]) => Promise<number>

export interface WriteOptions {
  readonly deleted: Deleted
  readonly contracts: Contracts
  /** The last sync: its number is on the rows. */
  readonly syncId: number
}

/** Prepares the tables of these streams. To be called anew after each sync: that may change them. */
export async function openWriter(
  warehouse: Warehouse,
  streams: readonly LiveStream[],
  { deleted, contracts, syncId }: WriteOptions,
): Promise<Write> {
  const open = new Map<string, { stream: LiveStream; staging: Staging }>()
  const known = await readKnown(warehouse)
  for (const stream of streams) {
    const target = await prepareTarget(warehouse, stream, { contracts, syncId, known })
    open.set(stream.name, { stream, staging: createStaging(warehouse, target) })
  }
  const targets = new Map([...open].map(([name, { staging }]) => [name, staging.target]))
  const cascade = openCascade(warehouse, { targets, deleted, known })
  return async (brought) => {
    let records = 0
    for (const { stream, records: some, deletedAt } of brought) {
      await open.get(stream)?.staging.take(some, deletedAt)
      records += open.has(stream) ? some.length : 0
    }
    const due: { stream: LiveStream; staging: Staging; upTo: number }[] = []
    for (const one of open.values())
      if (one.staging.waiting().rows > 0) due.push({ ...one, upTo: await one.staging.settle() })
    await warehouse.atOnce(async () => {
      for (const { stream, staging, upTo } of due) {
        const applied: Applied = { warehouse, staging, syncId, deleted, upTo }
        await dropOlder(warehouse, staging, stream)
        const hasDeletions = staging.waiting().deletions > 0
        await cascade({ stream: stream.name, staged: staging.place, hasDeletions, syncId })
        if (stream.mode === 'history') await applyHistory(applied, true, false)
        else await applyMerge(applied)
      }
    })
    for (const { staging, upTo } of due) await staging.clear(upTo)
    return records
  }
}

/**
 * Takes out of the staged rows those that are older than the table's: Zendesk may answer from a copy that lags. And a time
 * that only the exports know does not go back.
 */
async function dropOlder(warehouse: Warehouse, { place, target }: Staging, stream: LiveStream): Promise<void> {
  const present = stream.mode === 'history' ? 't._valid_to is null and ' : ''
  const same = target.key.map((name) => `t.${quoted(name)} = s.${quoted(name)}`).join(' and ')
  const updated = columnOf(target, 'updated_at')
  if (updated !== undefined)
    await warehouse.run(
      `delete from ${place} as s using ${target.place} as t
       where ${present}${same} and s._deleted_at is null and t._deleted_at is null and s.${updated} < t.${updated}`,
    )
  const cursor = columnOf(target, stream.cursorField)
  if (cursor !== undefined && cursor !== updated)
    await warehouse.run(
      `update ${place} as s set ${cursor} = t.${cursor} from ${target.place} as t
       where ${present}${same} and t.${cursor} > s.${cursor}`,
    )
}

function columnOf({ columns }: Target, field: string | undefined): string | undefined {
  const column = columns.find((one) => one.field === field)
  return column && quoted(column.name)
}
