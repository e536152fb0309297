// Rows that throw where somebody reads a field of them that nobody declared: such a field was never parsed.

import { rawOf } from '../../src/model/raw-record.ts'
import type { Cut, GetPage, Reads, RecordData } from '../../src/model/stream.ts'

/** A door whose rows, where they were cut out of their page, are guarded; those of lists inside of them too. */
export function guardFields(get: GetPage): GetPage {
  const cuts = new WeakMap<Cut, Cut>()
  return async (request) => {
    const { cut, expects, path } = request
    if (!cut || expects === undefined) return get(request)
    const guarded = cuts.get(cut) ?? withGuardedPicks(cut, path)
    cuts.set(cut, guarded)
    const page = await get({ ...request, cut: guarded })
    const rows = page[expects]
    // The page itself stays: its memory is given back by it.
    if (Array.isArray(rows)) Object.assign(page, { [expects]: rows.map((row) => guardedRow(row, cut.reads, path)) })
    return page
  }
}

function withGuardedPicks(cut: Cut, place: string): Cut {
  const picks = Object.entries(cut.picks ?? {}).map(([member, pick]) => {
    const reads = cut.reads[member]
    const inner = typeof reads === 'object' ? reads : {}
    return [member, (row: RecordData) => pick(guarded(row, inner, `${place}: ${member}`))] as const
  })
  return { ...cut, picks: Object.fromEntries(picks) }
}

/** A row that was parsed has all of its fields, and stays as it is. */
const guardedRow = (row: RecordData, reads: Reads, place: string): RecordData =>
  rawOf(row) === undefined ? row : guarded(row, reads, place)

function guarded(row: RecordData, reads: Reads, place: string): RecordData {
  const check = (field: string | symbol): void => {
    if (typeof field === 'string' && !Object.hasOwn(reads, field))
      throw new Error(`${place}: "${field}" of a row is read, and not declared: name it in "reads".`)
  }
  return new Proxy(row, {
    has(target, field) {
      check(field)
      return Reflect.has(target, field)
    },
    get(target, field) {
      check(field)
      const value: unknown = Reflect.get(target, field)
      const inner = typeof field === 'string' ? reads[field] : undefined
      if (typeof inner !== 'object' || typeof value !== 'object' || value === null) return value
      const inside = `${place}: ${String(field)}`
      return Array.isArray(value)
        ? value.map((one: RecordData) => guardedRow(one, inner, inside))
        : guardedRow(value as RecordData, inner, inside)
    },
  })
}
