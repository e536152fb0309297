import { setTimeout as delay } from 'node:timers/promises'

/** Header fields of an answer, in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Zendesk's limits as they stand: which are used up, and until when (ms since the epoch). */
export interface Limits {
  /** Waits until the account's limit and this bucket allow a request; `onWait` hears until when. */
  allowed(bucket: string | undefined, signal: AbortSignal, onWait: (until: number) => void): Promise<void>
  /** Learns from the headers of any answer. */
  learn(headers: Headers): void
  /** A request was refused: nothing more on this bucket (the account's, where it names none) for so many ms. */
  pause(bucket: string | undefined, milliseconds: number): void
}

const ACCOUNT = ''
const BUCKET_HEADER = /^zendesk-rate-?limit-(.+)$/

/**
 * Keeps requests from being sent into a limit that is known to be used up, for all streams of the process.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#monitoring-your-request-activity
 */
export function createLimits(): Limits {
  const pausedUntil = new Map<string, number>()
  const pause = (bucket: string | undefined, milliseconds: number): void => {
    const until = Date.now() + milliseconds
    pausedUntil.set(bucket ?? ACCOUNT, Math.max(until, pausedUntil.get(bucket ?? ACCOUNT) ?? 0))
  }
  return {
    pause,
    learn(headers) {
      if (Number(headers['x-rate-limit-remaining'] ?? 1) <= 0)
        pause(undefined, Number(headers['ratelimit-reset'] ?? 1) * 1000)
      for (const [name, value] of Object.entries(headers)) {
        const bucket = BUCKET_HEADER.exec(name)?.[1]
        const told = bucket && /remaining=(\d+).*?resets=(\d+)/.exec(String(value))
        if (told && told[1] === '0') pause(bucket, Number(told[2]) * 1000)
      }
    },
    async allowed(bucket, signal, onWait) {
      for (;;) {
        const until = Math.max(pausedUntil.get(ACCOUNT) ?? 0, pausedUntil.get(bucket ?? ACCOUNT) ?? 0)
        const wait = until - Date.now()
        if (wait <= 0) return
        onWait(until)
        await delay(wait, undefined, { signal })
      }
    },
  }
}
