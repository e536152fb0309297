// Side-loads that an answer may lack: part of the vocabulary, by way of stream.ts.

import type { PageRequest, RecordData } from './page.ts'
import type { Picks, Reads } from './reads.ts'
import type { Walk } from './walk.ts'

/**
 * A part of an answer that records, or columns of them, are made of: usually a side-load. A server that leaves it out still
 * answers 200, so that each row is checked for it.
 */
export interface SideLoad {
  /** Its key in an answer. */
  readonly key: string
  /** The value of `include` that asks for it. Left out: it comes without being asked for. */
  readonly include?: string
  /** Whether this row must have it and does not. If it is there and empty, it is not missing. */
  readonly isMissing: (row: RecordData) => boolean
  /** The fields of a row that its functions read, and which rows of the lists inside of it. Left out: all. */
  readonly reads?: Reads
  readonly picks?: Picks
  /** Another way to get it. Left out: the stream fails without it. */
  readonly instead?: Instead
  /** Whether Zendesk is known to leave it out: then a stream goes on without it, and the log says so once. */
  readonly isOptional?: boolean
}

/** Another way to get what an answer lacks: from a list for each row, or for each parent of rows. */
export interface Instead {
  /** The path of the list, for people: `tickets/{id}/metrics`. */
  readonly path: string
  /** The id of the row or parent whose list has what this row lacks. */
  readonly parentOf: (row: RecordData) => number
  readonly walk: (parentId: number) => Walk
  /** The row, completed from the rows found so far; undefined if they lack it. `isWhole`: no others will be found. */
  readonly fill: (row: RecordData, found: readonly RecordData[], isWhole: boolean) => RecordData | undefined
  /** Requests a parent without a list: either it was deleted, or its list may not be read. */
  readonly show: (parentId: number) => PageRequest
  /** Whether a parent that is still shown was deleted. */
  readonly isDeleted?: (parent: RecordData) => boolean
  /** For a row of a deleted parent: the row with what is still known of the missing part, the key of a record. */
  readonly withKeyOnly?: (row: RecordData) => RecordData
}
