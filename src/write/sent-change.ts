import type { Rejection } from '../model/writing.ts'

/** What became of a change. `again`: only a look at the account tells, or it has another half. */
export type SentChange =
  | { readonly kind: 'written'; readonly id?: number | string }
  | { readonly kind: 'unchanged'; readonly id?: number | string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'again'; readonly rejection?: Rejection; readonly id?: number | string }
