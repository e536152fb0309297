import type { Rejection, RowOutcome } from '../model/writing.ts'

/** What became of a change. `again`: only a look at the account tells, or it has another half. */
export type SentChange =
  | RowOutcome
  | { readonly kind: 'again'; readonly rejection?: Rejection; readonly id?: number | string }
