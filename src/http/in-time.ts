import { errors } from 'undici'

/** So many times as long as for an answer is waited where interim ones come: a busy process may read all of them late. */
const TIMES = 5

/**
 * Sends a request that is to be answered in the end: undici's time-out begins anew with each interim answer (103), and a server may
 * send those for ever. `patience`: for how many ms an answer is waited for. Rejects as undici does then.
 */
export async function inTime<Answer>(
  patience: number,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new errors.HeadersTimeoutError()), patience * TIMES)
  try {
    return await send(AbortSignal.any([signal, late.signal]))
  } finally {
    clearTimeout(timer)
  }
}
