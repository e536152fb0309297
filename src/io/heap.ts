import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by at most 30 % between two full collections, so that a long sync needs hardly more memory than a short
 * one. The price is more collections: 7 % more time for a sync of seconds, 2 % for one of a minute (core of 20,000 and
 * 500,000 tickets, compared with 110 %; V8's own choice is higher still).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30')
  // While the space for young objects is small, most rows outlive a collection of it. V8 would put all later rows among the old
  // objects for that, where only a full collection finds them: there would be twice as many of these.
  setFlagsFromString('--no-allocation-site-pretenuring')
}
