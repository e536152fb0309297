import type { Id, Inventory, Query, RecordData, Walk } from '../../model/stream.ts'
import { byId } from '../state/ids.ts'
import { stateToUse } from '../state/progress.ts'
import {
  type EmittedIds,
  type Fingerprints,
  type FoundIds,
  fingerprintIn,
  fitsState,
  isEmitted,
} from './emitted-ids.ts'
import { dueOf, type FallbackRun } from './run.ts'

export const idOf = (row: RecordData): Id => row['id'] as Id

export const addFound = (found: FoundIds, inventory: Inventory, row: RecordData): FoundIds =>
  found.set(idOf(row), inventory.isOpen(row) ? fingerprintIn(inventory.content(row)) : undefined)

/** A finished inventory. `at`: when it was taken, by the account's clock (epoch seconds). */
export function emittedOf(found: FoundIds, at: number): EmittedIds {
  const fingerprints: Fingerprints = new Map([...found].filter(([, fingerprint]) => fingerprint !== undefined))
  return { at, ids: [...found.keys()].sort(byId), fingerprints, since: new Map() }
}

/**
 * Notes rows of the list before each stream emits those that are due. Returns the runs that must checkpoint first: their
 * rows are new, and if one were emitted, then the sync cut off and the row deleted, no state would know of it and no
 * tombstone would ever be emitted.
 */
export function noteRows(
  runs: readonly FallbackRun[],
  rows: readonly RecordData[],
  include: Query,
  walk: Walk,
): readonly FallbackRun[] {
  const withNewRows: FallbackRun[] = []
  const withInventory = runs.filter(({ fallback }) => fallback.inventory !== undefined)
  for (const together of Map.groupBy(withInventory, ({ fallback }) => fallback.inventory?.name).values()) {
    const inventory = inventoryWith(include, together[0]?.fallback.inventory as Inventory)
    const onPage: FoundIds = new Map()
    for (const row of rows) addFound(onPage, inventory, row)
    for (const found of new Set(together.map((run) => run.found)))
      for (const [id, fingerprint] of onPage) found?.set(id, fingerprint)
    for (const run of together) {
      const { emitted } = run.progress
      const due = emitted && fitsState(emitted) ? dueOf(run, rows, walk) : []
      if (!emitted || due.length === 0) continue
      if (!inventory.isDense && due.some((row) => !isEmitted(emitted, idOf(row)))) withNewRows.push(run)
      const since: FoundIds = new Map(emitted.since)
      for (const row of due) since.set(idOf(row), onPage.get(idOf(row)))
      run.progress = { ...run.progress, emitted: { ...emitted, since } }
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
export function endInventory(run: FallbackRun, at: number): void {
  const { one, fallback, found, progress } = run
  if (!found || stateToUse(one) !== undefined) return
  run.progress = { ...progress, emitted: emittedOf(found, fallback.inventory?.walk ? at : progress.position.time) }
}
