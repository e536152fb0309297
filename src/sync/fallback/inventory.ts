import type { Id, Inventory, Query, RecordData, Walk } from '../../model/stream.ts'
import { byId } from '../state/ids.ts'
import { stateToUse } from '../state/progress.ts'
import { type Count, canBeKept, type EmittedIds, type Fingerprints, fingerprintIn, isEmitted } from './emitted-ids.ts'
import { dueOf, type FallbackRun } from './run.ts'

export const idOf = (row: RecordData): Id => row['id'] as Id

export const countRow = (count: Count, inventory: Inventory, row: RecordData): Count =>
  count.set(idOf(row), inventory.isOpen(row) ? fingerprintIn(inventory.content(row)) : undefined)

/** What was counted, at this second of the account's (epoch seconds). */
export function emittedOf(count: Count, at: number): EmittedIds {
  const fingerprints: Fingerprints = new Map([...count].filter(([, form]) => form !== undefined))
  return { at, ids: [...count.keys()].sort(byId), fingerprints: fingerprints, since: new Map() }
}

/**
 * Notes rows of the list, of which each stream hands on those that are due. Returns the streams whose state must tell of
 * them before they are handed on: of ones that nobody tells to be deleted, should they be so before the next checkpoint.
 */
export function noteRows(
  members: readonly FallbackRun[],
  rows: readonly RecordData[],
  include: Query,
  walk: Walk,
): readonly FallbackRun[] {
  const surprised: FallbackRun[] = []
  const counted = members.filter(({ fallback }) => fallback.inventory !== undefined)
  for (const together of Map.groupBy(counted, ({ fallback }) => fallback.inventory?.name).values()) {
    const inventory = inventoryWith(include, together[0]?.fallback.inventory as Inventory)
    const noted: Count = new Map()
    for (const row of rows) countRow(noted, inventory, row)
    for (const count of new Set(together.map(({ count }) => count)))
      for (const [id, form] of noted) count?.set(id, form)
    for (const member of together) {
      const { emitted } = member.progress
      const due = emitted && canBeKept(emitted) ? dueOf(member, rows, walk) : []
      if (!emitted || due.length === 0) continue
      if (!inventory.isDense && due.some((row) => !isEmitted(emitted, idOf(row)))) surprised.push(member)
      const since: Count = new Map(emitted.since)
      for (const row of due) since.set(idOf(row), noted.get(idOf(row)))
      member.progress = { ...member.progress, emitted: { ...emitted, since } }
    }
  }
  return surprised
}

/** With other side-loads in it, a row has not the form that it has in the list. */
function inventoryWith({ include = '' }: Query, inventory: Inventory): Inventory {
  const loads = String(include).split(',')
  const isPlain = loads.every((name) => name === '' || inventory.contentOmits?.includes(name))
  return isPlain ? inventory : { ...inventory, isOpen: () => false }
}

/** Ends the first count together with the list that it was made of. */
export function endCount(member: FallbackRun, at: number): void {
  const { one, fallback, count, progress } = member
  if (!count || stateToUse(one) !== undefined) return
  member.progress = { ...progress, emitted: emittedOf(count, fallback.inventory?.walk ? at : progress.position.time) }
}
