// Rows are noted while they are read, so that an inventory knows what was emitted.

import type { Id, Inventory, Query, RecordData, Walk } from '../model/stream.ts'
import { createdSince, deletedRecordsOf } from './emit/records.ts'
import { move, type OpenStream, placeOf, type Run, type Sync } from './run.ts'
import {
  type Fingerprints,
  type FoundIds,
  fingerprintIn,
  fitsState,
  isEmitted,
  NOTHING_EMITTED,
} from './state/emitted-ids.ts'
import { byId } from './state/packed.ts'

export const idOf = (row: RecordData): Id => row['id'] as Id

export const addFound = (found: FoundIds, inventory: Inventory, row: RecordData): FoundIds =>
  found.set(idOf(row), inventory.isOpen(row) ? fingerprintIn(inventory.content(row)) : undefined)

/**
 * Whether reading the stream is an inventory at the same time: if it is read from its first row on, or if its list gives
 * all rows in each sync. A stream that goes on from a place in its list does not see the rows before it.
 */
export const isInventoriedWhileRead = ({ feed, isFirst, progress }: OpenStream, { reconcile }: Sync): boolean =>
  feed.inventory !== undefined &&
  !feed.inventory.everySync &&
  reconcile.every > 0 &&
  (isFirst || (!feed.inventory.walk && placeOf(progress).cursor === undefined))

/** The progress with which such a stream begins: if its list gives all rows, they are remembered from the first one on. */
export const withNotes = ({ feed, progress }: OpenStream): OpenStream['progress'] =>
  feed.inventory?.walk || progress.emitted ? progress : { ...progress, emitted: NOTHING_EMITTED }

/** Those of these rows that this stream has to emit: the ones that changed since the position that it began at. */
export function dueOf({ begin }: Run, rows: readonly RecordData[], walk: Walk): readonly RecordData[] {
  const position = placeOf(begin)
  const isDue = walk.newSince?.(position) ?? ((row: RecordData) => (walk.timeOf?.(row) ?? 0) >= position.time)
  return rows.filter(isDue)
}

/** Whether this sync emits deletions that only the list of all records shows. */
export const isEverySync = ({ feed, one }: Run, { deletedRecords }: Sync): boolean =>
  feed.inventory?.everySync === true &&
  one.syncMode === 'incremental' &&
  deletedRecordsOf(one, deletedRecords) === 'delete'

/**
 * Notes rows of the list, before each stream emits those that are due. Returns the runs that have new ones: to be announced
 * by a checkpoint, so that their tombstones are emitted whenever the sync is cut off.
 */
export function noteRows(
  runs: readonly Run[],
  rows: readonly RecordData[],
  include: Query,
  walk: Walk,
  sync: Sync,
): readonly Run[] {
  const withNewRows: Run[] = []
  const noting = runs.filter((run) => run.feed.inventory && (!run.feed.inventory.everySync || isEverySync(run, sync)))
  for (const together of Map.groupBy(noting, ({ feed }) => feed.inventory?.name).values()) {
    const inventory = inventoryWith(include, together[0]?.feed.inventory as Inventory)
    const onPage: FoundIds = new Map()
    for (const row of rows) addFound(onPage, inventory, row)
    for (const found of new Set(together.map((run) => run.found)))
      for (const [id, fingerprint] of onPage) found?.set(id, fingerprint)
    for (const run of together) {
      const emitted = run.progress.emitted ?? (inventory.everySync && NOTHING_EMITTED)
      if (!emitted || !fitsState(emitted)) continue
      const due = inventory.everySync ? createdSince(run.one, rows) : dueOf(run, rows, walk)
      if (due.length === 0) continue
      if (!inventory.isDense && due.some((row) => !isEmitted(emitted, idOf(row)))) withNewRows.push(run)
      const since: FoundIds = new Map(emitted.since)
      for (const row of due) since.set(idOf(row), onPage.get(idOf(row)))
      move(run, { emitted: { ...emitted, since } })
    }
  }
  return withNewRows
}

/** The inventory for rows with these side-loads. Unexpected ones would change fingerprints: then it takes none. */
function inventoryWith({ include = '' }: Query, inventory: Inventory): Inventory {
  const loads = String(include).split(',')
  const isPlain = loads.every((name) => name === '' || inventory.contentOmits?.includes(name))
  return isPlain ? inventory : { ...inventory, isOpen: () => false }
}

/** At the end of the list: a first sync has found all rows, which makes an inventory of it. */
export function endInventory(run: Run, at: number): void {
  if (run.found && run.isFirst) remember(run, run.found, at)
}

/** Remembers what an inventory found, which was taken at `at` (epoch seconds). */
export function remember(run: Run, found: FoundIds, at: number): void {
  const { inventory } = run.feed
  const ids = [...found.keys()].sort(byId)
  const fingerprints: Fingerprints = new Map([...found].filter(([, fingerprint]) => fingerprint !== undefined))
  const taken = inventory?.walk ? at : placeOf(run.progress).time
  move(run, { emitted: { at: taken, ids, fingerprints, since: new Map() } })
}
