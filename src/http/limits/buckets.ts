import { type Bucket, createBucket } from './bucket.ts'

/**
 * Limits that are known before the first answer reports them, in requests a minute; without the High Volume add-on.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#endpoint-rate-limits
 */
const KNOWN: Readonly<Record<string, number>> = {
  'incremental-exports': 10,
  'incremental-exports-cursor': 20,
  'deleted-tickets-index': 10,
  'search-export': 100,
  // No header has this name: Chat counts its requests apart (fact 277).
  chat: 200,
  'tickets-update': 100,
  'create-update-user': 60,
}
/** The Help Center has an account limit of its own, and so has Chat. */
const HELP_CENTER = /^(help_center|community|guide|gather)\//
const CHAT = /^chat\//

/** The parts of the limits that we use at most (0 to 1). */
export interface Shares {
  /** Of the account's own. */
  readonly account: number
  /** Of those of the exports (1). */
  readonly exports?: number
}

/** All limits of an account, as far as they are known. */
export interface Buckets {
  /** The account's own limit that requests to this path draw on: Support's, the Help Center's or Chat's. */
  poolOf(path: string): Bucket
  /** All of them, by name. */
  all(): readonly (readonly [name: string, bucket: Bucket])[]
  /** The limit of this name. One that is not known lets everything through. */
  named(name: string): Bucket
}

export function createBuckets({ account, exports = 1 }: Shares): Buckets {
  const support = createBucket(undefined, account)
  const helpCenter = createBucket(undefined, account)
  const chat = createBucket(undefined, account)
  const buckets = new Map<string, Bucket>()
  return {
    all: () => [['account', support], ['help-center', helpCenter], ...buckets],
    poolOf(path) {
      if (CHAT.test(path)) return chat
      return HELP_CENTER.test(path) ? helpCenter : support
    },
    named(name) {
      const share = name.startsWith('incremental-exports') ? exports : 1
      const bucket = buckets.get(name) ?? createBucket(KNOWN[name] ?? Number.POSITIVE_INFINITY, share)
      buckets.set(name, bucket)
      return bucket
    },
  }
}
