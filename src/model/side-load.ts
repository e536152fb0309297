// What an answer may lack though it was asked for: part of the vocabulary, by way of stream.ts.

import type { PageRequest, RecordData } from './page.ts'
import type { Picks, Reads } from './reads.ts'
import type { Walk } from './walk.ts'

/**
 * A part of an answer that records, or columns of them, are made of: a side-load, as a rule. A server that leaves it out
 * answers 200 all the same, so that each row is asked whether it lacks what it must have.
 */
export interface SideLoad {
  /** The key that is missing then, as the answer would name it. */
  readonly key: string
  /** What `include` asks for it by; left out: nothing has to ask for it. */
  readonly include?: string
  /** Whether this row must have it and does not. What is there and empty is not missing. */
  readonly isMissing: (row: RecordData) => boolean
  /** What its functions read of a row, and which rows of the lists inside of it they look at; left out: all of it. */
  readonly reads?: Reads
  readonly picks?: Picks
  /** Another way to it; left out: the stream fails. */
  readonly instead?: Instead
  /** Zendesk is known to leave it out: the log says so, once. */
  readonly isOptional?: boolean
}

/** Another way to what an answer lacks: a list for each row, or for each parent of rows. */
export interface Instead {
  /** The path of the list, for people: `tickets/{id}/metrics`. */
  readonly path: string
  /** Whose list has what the row lacks. */
  readonly parentOf: (row: RecordData) => number
  readonly walk: (parentId: number) => Walk
  /**
   * The row with what it lacks, of the rows that were found so far; undefined: it is not among them. `isWhole`: no others
   * will be found.
   */
  readonly fill: (row: RecordData, found: readonly RecordData[], isWhole: boolean) => RecordData | undefined
  /** Where a parent without a list is shown, to tell one that was deleted from a list that may not be read. */
  readonly show: (parentId: number) => PageRequest
  /** Whether a parent that is still shown was deleted. */
  readonly isDeleted?: (parent: RecordData) => boolean
  /** The row with the little that is known of what it lacks, where its parent was deleted: the key of a record. */
  readonly remains?: (row: RecordData) => RecordData
}
