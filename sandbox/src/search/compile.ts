import type { Caller } from '../account/caller.ts'
import type { Store } from '../account/store.ts'
import { compareTime, spanOf } from './dates.ts'
import type { Operator, Term } from './query.ts'

/** The context in which a query is compiled. */
export type Setting = { readonly store: Store; readonly caller: Caller }

/** Whether a record is meant. */
export type Test<T> = (item: T) => boolean

/** The filters of one kind of record: each makes a test of a term; undefined for a value that means nothing. */
export type Filters<T> = {
  readonly fields: Readonly<Record<string, (term: Term, setting: Setting) => Test<T> | undefined>>
  /** Filters whose names aren't fixed, such as `custom_field_17`. */
  readonly others: (term: Term, setting: Setting) => Test<T> | undefined
  readonly text: (term: Term, setting: Setting) => Test<T>
}

/** Terms that shape the result and select no records. */
const NO_FILTERS = new Set(['type', 'order_by', 'sort', 'sort_by', 'sort_order'])

/**
 * One test for all terms of a query: terms of the same field with `:` are alternatives, all else must hold. A term that
 * the kind doesn't know, but another kind does (`elsewhere`), matches nothing of this kind; one that no kind knows is ignored.
 */
export function compile<T>(
  terms: readonly Term[],
  filters: Filters<T>,
  setting: Setting,
  elsewhere: (field: string) => boolean = () => false,
): Test<T> | undefined {
  const needed: Test<T>[] = []
  const alternatives = new Map<string, Test<T>[]>()
  for (const term of terms) {
    const { field, operator, negated } = term
    if (field !== undefined && NO_FILTERS.has(field)) continue
    if (field === undefined) {
      const test = filters.text(term, setting)
      needed.push(negated ? (item) => !test(item) : test)
      continue
    }
    const known = Object.hasOwn(filters.fields, field)
    const test = known ? filters.fields[field]?.(term, setting) : filters.others(term, setting)
    if (test === undefined) {
      if (!known && elsewhere(field)) return undefined
      continue
    }
    if (negated) needed.push((item) => !test(item))
    else if (operator !== ':') needed.push(test)
    else alternatives.set(field, [...(alternatives.get(field) ?? []), test])
  }
  for (const tests of alternatives.values())
    needed.push(tests.length === 1 ? (tests[0] as Test<T>) : (item) => tests.some((test) => test(item)))
  return (item) => needed.every((test) => test(item))
}

/** A filter by a time in epoch seconds. */
export function timeFilter<T>(time: (item: T) => number): Filters<T>['fields'][string] {
  return ({ value, operator }, { store }) => {
    const span = spanOf(value, store.clock.now())
    return span === undefined ? undefined : (item) => compareTime(time(item), operator, span)
  }
}

/** A filter by tags: a quoted list means all of them, `none` no tag at all. */
export function tagFilter<T>(tags: (item: T) => readonly string[]): Filters<T>['fields'][string] {
  return ({ value }) => {
    if (value === 'none') return (item) => tags(item).length === 0
    if (value === '*') return (item) => tags(item).length > 0
    const wanted = value.toLowerCase().split(/[\s,]+/)
    return (item) => wanted.every((tag) => tags(item).includes(tag))
  }
}

/** A filter by values that have an order, such as `priority>low`; `none` (or `-`) means no value. */
export function rankFilter<T>(
  ranks: readonly string[],
  rank: (item: T) => string | null,
): Filters<T>['fields'][string] {
  return ({ value, operator }) => {
    const wanted = ranks.indexOf(value.toLowerCase())
    if (value === 'none' || value === '-') return (item) => rank(item) === null
    if (wanted === -1) return () => false
    return (item) => {
      const own = rank(item)
      return own !== null && compareNumber(ranks.indexOf(own), operator, wanted)
    }
  }
}

/** Whether a number lies as the operator says. */
export function compareNumber(one: number, operator: Operator, other: number): boolean {
  if (operator === '>') return one > other
  if (operator === '>=') return one >= other
  if (operator === '<') return one < other
  if (operator === '<=') return one <= other
  return one === other
}

/** A filter that is true or false. */
export function flagFilter<T>(flag: (item: T) => boolean): Filters<T>['fields'][string] {
  return ({ value }) => {
    const wanted = value.toLowerCase() === 'true'
    return (item) => flag(item) === wanted
  }
}
