// How the database works while it loads, in statements: with less than it may take else.
import { totalmem } from 'node:os'

/** How much may stand in the log of a file before it is written into the file. */
export const LOGGED = '64MB'

/** More does not make loading faster. In MB. */
const LEAST = 128
/** A table is written into its file with parts of all its columns in memory. In MB. */
const A_COLUMN = 1.5

export interface LoadSettings {
  /** Before rows are loaded into a table of so many columns. */
  begin(columns: number): string
  /** Before the last large transaction of a load. */
  readonly beforeLast: string
  /** After it. */
  readonly end: string
}

/** `memory`: what the database may take when it does not load. */
export function createLoadSettings(memory: string): LoadSettings {
  let widest = 0
  return {
    begin(columns) {
      widest = Math.max(widest, columns)
      const most = Math.min(Math.max(LEAST, widest * A_COLUMN), totalmem() / 2 ** 21)
      // With several threads, those that have nothing to do take a seventh of a load's CPU time.
      return `set threads = 1; set memory_limit = '${Math.round(most)}MB'`
    },
    // What is written into the file at once need not be written into its log before. With more to come, parts of the file would be
    // written again and again.
    beforeLast: "set checkpoint_threshold = '1MB'",
    end: `checkpoint; set checkpoint_threshold = '${LOGGED}'; reset threads; set memory_limit = '${memory}'`,
  }
}
