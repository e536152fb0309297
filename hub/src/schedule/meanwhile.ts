// What is done for an account while none of its syncs is due.
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../errors.ts'

/** A connection that does something meanwhile, or nothing. */
export interface Idle {
  readonly name: string
  /** Ends once the signal is given. */
  readonly meanwhile?: ((signal: AbortSignal) => Promise<void>) | undefined
}

export interface Meanwhile {
  /** Begins what these connections of an account do meanwhile, if it has not begun. */
  begin(account: string, connections: readonly Idle[]): void
  /** Ends it; resolves once it has ended. */
  end(account: string): Promise<void>
  endAll(): Promise<void>
}

/** Milliseconds until another attempt, if it failed. */
const AGAIN = 10_000

export function createMeanwhile(say: (text: string) => void, signal: AbortSignal): Meanwhile {
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<unknown> }>()
  const goOn = async ({ name, meanwhile }: Idle, until: AbortSignal): Promise<void> => {
    while (!until.aborted) {
      try {
        await meanwhile?.(until)
      } catch (error) {
        if (!until.aborted) say(`${name}: ${messageOf(error)}\n`)
      }
      await pause(AGAIN, undefined, { signal: until }).catch(() => undefined)
    }
  }
  const end = async (account: string): Promise<void> => {
    const one = running.get(account)
    one?.stop.abort()
    await one?.done
    if (running.get(account) === one) running.delete(account)
  }
  return {
    begin(account, connections) {
      const some = connections.filter(({ meanwhile }) => meanwhile !== undefined)
      if (some.length === 0 || running.has(account) || signal.aborted) return
      const stop = new AbortController()
      const until = AbortSignal.any([signal, stop.signal])
      running.set(account, { stop, done: Promise.all(some.map((one) => goOn(one, until))) })
    },
    end,
    endAll: async () => void (await Promise.all([...running.keys()].map(end))),
  }
}
