import type { Random, RandomState } from '../random.ts'

/** As many as the sandboxes of a few seeds draw. */
const KEPT = 12

/**
 * A function that gives what `draw` does, and draws it only once from the same place of the same numbers: a process that starts
 * sandbox after sandbox, as tests do, makes their texts once. What is drawn must not be changed.
 */
export function drawnOnce<T>(draw: (random: Random) => T): (random: Random) => T {
  const known = new Map<string, { readonly drawn: T; readonly after: RandomState }>()
  return (random) => {
    const from = random.state().join()
    const before = known.get(from)
    if (before !== undefined) {
      random.resume(before.after)
      return before.drawn
    }
    const drawn = draw(random)
    for (const oldest of [...known.keys()].slice(0, known.size - KEPT + 1)) known.delete(oldest)
    known.set(from, { drawn, after: random.state() })
    return drawn
  }
}
