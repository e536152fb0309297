// Limits attempts to sign in: few in a minute, whoever makes them.
import { passed } from '../../clock.ts'

/** How many attempts may fail within a minute: for one name, and for all. */
const MOST = { one: 5, all: 30 }
const MINUTE = 60_000

export interface Attempts {
  /** For how many seconds nobody of this name may try; 0: now. */
  wait(name: string): number
  failed(name: string): void
  succeeded(name: string): void
}

export function createAttempts(): Attempts {
  let failures: readonly { readonly name: string; readonly at: number }[] = []
  return {
    wait(name) {
      failures = failures.filter(({ at }) => passed() - at < MINUTE)
      const own = failures.filter((one) => one.name === name)
      const [of, most] = failures.length >= MOST.all ? [failures, MOST.all] : [own, MOST.one]
      const first = of.at(-most)
      return first === undefined ? 0 : Math.ceil((first.at + MINUTE - passed()) / 1000)
    },
    failed(name) {
      failures = [...failures, { name: name.slice(0, 200), at: passed() }].slice(-1000)
    },
    succeeded(name) {
      failures = failures.filter((one) => one.name !== name)
    },
  }
}
