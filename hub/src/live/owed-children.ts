// Records whose children are still to be read: each takes a request, so that they wait for their turn.

/** So many are read together, so that the next window does not wait for long. */
const TOGETHER = 16
/** More than these wait for the next sync. */
const MOST = 2000

export interface OwedChildren {
  add(kind: string, ids: readonly number[]): void
  /** The next ones, as many as may be asked for now; undefined if there are none. */
  next(): { readonly kind: string; readonly ids: readonly number[] } | undefined
  readonly size: () => number
}

/** `perMinute`: how many may be asked for. */
export function createOwedChildren(perMinute: number, now: () => number): OwedChildren {
  const owed = new Map<string, { kind: string; id: number }>()
  let left = perMinute
  let at = now()
  return {
    add(kind, ids) {
      for (const id of ids) if (owed.size < MOST) owed.set(`${kind} ${id}`, { kind, id })
    },
    next() {
      left = Math.min(perMinute, left + ((now() - at) / 60_000) * perMinute)
      at = now()
      const [first] = owed.values()
      if (first === undefined || left < 1) return undefined
      const some = [...owed]
        .filter(([, { kind }]) => kind === first.kind)
        .slice(0, Math.min(TOGETHER, Math.floor(left)))
      left -= some.length
      for (const [key] of some) owed.delete(key)
      return { kind: first.kind, ids: some.map(([, { id }]) => id) }
    },
    size: () => owed.size,
  }
}
