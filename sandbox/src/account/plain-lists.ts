import type { Row } from './model.ts'
import lists from './plain-lists.json' with { type: 'json' }
import type { Feature } from './plan.ts'

/** A list that does no more than to give its rows, declared as data. */
export type PlainList = {
  /** Name of its table in the store, and of its truth. */
  readonly table: string
  /** After `/api/v2`: `/workspaces`. */
  readonly path: string
  /** Name of the rows in the envelope. */
  readonly key: string
  /** Whether it comes in the pagination that is asked for (`list`), or all at once in the envelope of a numbered page (`whole`). */
  readonly paging: 'list' | 'whole'
  /** The feature that the account's plan must have. */
  readonly feature?: Feature
  /** The keys of a row, in their order. `url` follows from path and id, and is in no row below. */
  readonly columns: readonly string[]
  /** What a generated account has. */
  readonly rows: readonly Row[]
}

/** All plain lists: plain-lists.json. */
export const PLAIN_LISTS: readonly PlainList[] = lists as unknown as readonly PlainList[]
