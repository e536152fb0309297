import type { Clock } from '../../model/clock.ts'

/** After so many ms one file is asked for again, to see whether its host is back. */
const ASK_AGAIN = 10 * 60_000

/** Whether hosts of files are within reach: for one that is not, one budget is waited, and not one for each file. */
export interface Reach {
  /** False for a host that was waited for in vain, until it is time to see whether it is back. */
  mayAsk(host: string): boolean
  /**
   * A file of this host failed, and would be tried again after `wait` ms: whether to do so. If not, the host is out of reach;
   * `first` if that is new, or if other files of this host came meanwhile, so that it is about this file alone.
   */
  failed(host: string, wait: number): 'again' | 'first' | 'out'
  /** A file of this host came; after failures or at once. */
  came(host: string, afterFailures: boolean): void
}

interface Host {
  /** Since when files have failed without one that came at another attempt; epoch ms. */
  failingSince?: number | undefined
  cameAt: number
  askAgainAt: number
}

/** Remembers it for as long as a sync. `budget`: for how many ms a host may fail. */
export function createReach(budget: number, clock: Clock): Reach {
  const hosts = new Map<string, Host>()
  const hostOf = (name: string): Host => {
    const host = hosts.get(name) ?? { cameAt: 0, askAgainAt: 0 }
    hosts.set(name, host)
    return host
  }
  return {
    mayAsk(name) {
      const { askAgainAt } = hostOf(name)
      if (clock.now() < askAgainAt) return false
      // This one finds out for all.
      if (askAgainAt !== 0) hostOf(name).askAgainAt = clock.now() + ASK_AGAIN
      return true
    },
    failed(name, wait) {
      const host = hostOf(name)
      host.failingSince ??= clock.now()
      if (clock.now() + wait - host.failingSince <= budget) return 'again'
      if (host.cameAt >= host.failingSince) return 'first'
      const isNew = host.askAgainAt === 0
      host.askAgainAt = clock.now() + ASK_AGAIN
      return isNew ? 'first' : 'out'
    },
    came(name, afterFailures) {
      const host = hostOf(name)
      host.cameAt = clock.now()
      host.askAgainAt = 0
      if (afterFailures) host.failingSince = undefined
    },
  }
}
