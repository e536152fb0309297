import type { Census, Id, Query, RecordData, Walk } from '../../model/stream.ts'
import { byId } from '../state/ids.ts'
import { stateToUse } from '../state/progress.ts'
import { canBeKept, type Forms, formOf, isKnown, type KnownIds } from './known-ids.ts'
import { dueOf, type Sweeper } from './run.ts'

/** What there is, noted as its rows pass: each id, with the row's form where that may change unseen. */
export type Count = Map<Id, number | undefined>

export const idOf = (row: RecordData): Id => row['id'] as Id

export const countRow = (count: Count, census: Census, row: RecordData): Count =>
  count.set(idOf(row), census.isOpen(row) ? formOf(census.form(row)) : undefined)

/** What was counted, at this second of the account's (epoch seconds). */
export function knownOf(count: Count, at: number): KnownIds {
  const forms: Forms = new Map([...count].filter(([, form]) => form !== undefined))
  return { at, ids: [...count.keys()].sort(byId), forms, since: new Map() }
}

/**
 * Notes rows of the list, of which each stream hands on those that are due. Returns the streams whose state must tell of
 * them before they are handed on: of ones that nobody tells to be deleted, should they be so before the next checkpoint.
 */
export function noteRows(
  members: readonly Sweeper[],
  rows: readonly RecordData[],
  include: Query,
  walk: Walk,
): readonly Sweeper[] {
  const surprised: Sweeper[] = []
  const counted = members.filter(({ way }) => way.census !== undefined)
  for (const together of Map.groupBy(counted, ({ way }) => way.census?.name).values()) {
    const census = censusWith(include, together[0]?.way.census as Census)
    const noted: Count = new Map()
    for (const row of rows) countRow(noted, census, row)
    for (const count of new Set(together.map(({ count }) => count)))
      for (const [id, form] of noted) count?.set(id, form)
    for (const member of together) {
      const { known } = member.progress
      const due = known && canBeKept(known) ? dueOf(member, rows, walk) : []
      if (!known || due.length === 0) continue
      if (!census.isDense && due.some((row) => !isKnown(known, idOf(row)))) surprised.push(member)
      const since: Count = new Map(known.since)
      for (const row of due) since.set(idOf(row), noted.get(idOf(row)))
      member.progress = { ...member.progress, known: { ...known, since } }
    }
  }
  return surprised
}

/** With other side-loads in it, a row has not the form that it has in the list. */
function censusWith({ include = '' }: Query, census: Census): Census {
  const loads = String(include).split(',')
  const isPlain = loads.every((name) => name === '' || census.formOmits?.includes(name))
  return isPlain ? census : { ...census, isOpen: () => false }
}

/** Ends the first count together with the list that it was made of. */
export function endCount(member: Sweeper, at: number): void {
  const { one, way, count, progress } = member
  if (!count || stateToUse(one) !== undefined) return
  member.progress = { ...progress, known: knownOf(count, way.census?.walk ? at : progress.position.time) }
}
