import { errors } from 'undici'
import { systemClock } from '../model/clock.ts'

/** So many times as long as for an answer is waited where interim ones come: a busy process may read all of them late. */
const TIMES = 5

/**
 * What a request does with interim answers (103), that it is answered in the end: undici's time-out begins anew with each of them,
 * and a server may send those for ever. `patience`: for how many ms an answer is waited for. Throws what undici does then, and
 * undici rejects with it.
 */
export function endingInTime(patience: number): () => void {
  const until = systemClock.now() + patience * TIMES
  return () => {
    if (systemClock.now() > until) throw new errors.HeadersTimeoutError()
  }
}
