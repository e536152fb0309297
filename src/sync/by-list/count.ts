import type { Census, ConfiguredStream, Id, ListWay, Query, Reconcile, RecordData } from '../../stream.ts'
import { byId } from '../ascending.ts'
import { stateToUse } from '../progress.ts'
import { type Forms, formOf, type KnownIds } from './known-ids.ts'
import type { Sweeper } from './sweeper.ts'

/** What there is, noted as its rows pass: each id, with the row's form where that may change unseen. */
export type Count = Map<Id, number | undefined>

export const idOf = (row: RecordData): Id => row['id'] as Id

export const countRow = (count: Count, census: Census, row: RecordData): Count =>
  count.set(idOf(row), census.isOpen(row) ? formOf(census.form(row)) : undefined)

/** What was counted, at this second of the account's (epoch seconds). */
export function knownOf(count: Count, at: number): KnownIds {
  const forms: Forms = new Map([...count].filter(([, form]) => form !== undefined))
  return { at, ids: [...count.keys()].sort(byId), forms, since: new Map(), isLate: false }
}

/**
 * A stream that is read from its first row on is counted as it is read, so that whatever is deleted from then on is found
 * missing. One that goes on from a state cannot be.
 */
export const isCountedWhileRead = (one: ConfiguredStream, { census }: ListWay, { every }: Reconcile): boolean =>
  census !== undefined && every > 0 && stateToUse(one) === undefined

/** Notes rows that were handed on, or were before this sync. */
export function noteHandedOn(members: readonly Sweeper[], rows: readonly RecordData[], include: Query): void {
  const counted = members.filter(({ way }) => way.census !== undefined)
  for (const together of Map.groupBy(counted, ({ way }) => way.census?.name).values()) {
    const noted: Count = new Map()
    for (const row of rows) countRow(noted, censusWith(include, together[0]?.way.census as Census), row)
    for (const count of new Set(together.map(({ count }) => count)))
      for (const [id, form] of noted) count?.set(id, form)
    for (const member of together) {
      const { known } = member.progress
      if (!known || rows.length === 0) continue
      member.progress = { ...member.progress, known: { ...known, since: new Map([...known.since, ...noted]) } }
    }
  }
}

/** With other side-loads in it, a row has not the form that it has in the list. */
function censusWith({ include = '' }: Query, census: Census): Census {
  const loads = String(include).split(',')
  const isPlain = loads.every((name) => name === '' || census.formOmits?.includes(name))
  return isPlain ? census : { ...census, isOpen: () => false }
}

/** Ends a count together with the list that it was made of. */
export function endCount(member: Sweeper, at: number): void {
  const { count, progress } = member
  if (count) member.progress = { ...progress, known: knownOf(count, at) }
}
