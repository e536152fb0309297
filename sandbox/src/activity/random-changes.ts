import type { Mutations } from '../account/mutations.ts'
import type { Store } from '../account/store.ts'
import { createKit } from './kit.ts'
import { pickKind } from './mix.ts'

/** What random activity did: how often each kind of change, by name. */
export type Activity = Readonly<Record<string, number>>

/** Does so many lifelike changes, the same for the same seed and account; gives what it did. */
export function changeAtRandom(store: Store, account: Mutations, count: number, seed: number): Activity {
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
