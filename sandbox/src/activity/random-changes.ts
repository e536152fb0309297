import type { Mutations } from '../account/mutations.ts'
import type { Store } from '../account/store.ts'
import { createKit } from './kit.ts'
import { pickKind } from './mix.ts'

/** How often random activity made each kind of change, by name. */
export type Activity = Readonly<Record<string, number>>

/** The most changes at once: they take half a minute, and more would hold up everybody else. */
const MOST = 100_000

/**
 * Makes `count` lifelike changes, the same for the same seed and account; returns how often it made each kind. Throws for a
 * count that is not a whole number, or too many at once.
 */
export function changeAtRandom(store: Store, account: Mutations, count: number, seed: number): Activity {
  if (!Number.isInteger(count) || count < 0 || count > MOST || !Number.isSafeInteger(seed))
    throw new Error(`The count must be a whole number up to ${MOST}, and the seed a whole number.`)
  const kit = createKit(store, account, seed)
  const done: Record<string, number> = {}
  for (let left = count; left > 0; left--) {
    const [name, [, act]] = pickKind(kit.random)
    if (act(kit)) done[name] = (done[name] ?? 0) + 1
  }
  store.version++
  store.watch.written()
  return done
}
