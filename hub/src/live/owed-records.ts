// Records that take a request or more for themselves: articles, and what belongs to tickets. They wait for their turn.
import { collapsed, type Hint } from './event.ts'

/** How many are read together: few, so that the next window does not wait long. */
const TOGETHER = 16
/** How many may wait; others come with the next sync. */
const MOST = 2000

export interface OwedRecords {
  add(hints: readonly Hint[]): void
  /** The next ones, as many as may be asked for now, all of one kind; undefined if there are none. */
  next(): readonly Hint[] | undefined
  readonly size: () => number
}

/** `perMinute`: how many may be asked for. */
export function createOwedRecords(perMinute: number, now: () => number): OwedRecords {
  const owed = new Map<string, Hint>()
  let left = perMinute
  let at = now()
  return {
    add(hints) {
      for (const hint of hints) {
        const key = `${hint.kind} ${hint.id}`
        const known = owed.get(key)
        if (owed.size >= MOST && known === undefined) continue
        const [both] = [...collapsed(known === undefined ? [hint] : [known, hint]).values()]
        owed.set(key, both?.get(hint.id) ?? hint)
      }
    },
    next() {
      // The clock may have been set back.
      left = Math.min(perMinute, left + (Math.max(0, now() - at) / 60_000) * perMinute)
      at = now()
      const [first] = owed.values()
      if (first === undefined || left < 1) return undefined
      const some = [...owed]
        .filter(([, { kind }]) => kind === first.kind)
        .slice(0, Math.min(TOGETHER, Math.floor(left)))
      left -= some.length
      for (const [key] of some) owed.delete(key)
      return some.map(([, hint]) => hint)
    },
    size: () => owed.size,
  }
}
