// States leave in order, and only once every row before them has its end.
import { counted, NO_ROWS } from '../model/row-counts.ts'
import type { RowCounts, RowOutcome } from '../model/writing.ts'

/** A row whose end is awaited, or a state behind rows. */
type Entry =
  | { readonly kind: 'row'; readonly stream: string; end?: RowOutcome }
  | { readonly kind: 'state'; readonly state: unknown }

export interface OrderedEnds {
  /** A row came. The function that is returned notes its end. */
  row(stream: string): (end: RowOutcome) => void
  state(state: unknown): void
  /** The states that may leave now, each with what became of the rows since the one before, by stream. */
  due(): readonly { readonly state: unknown; readonly counts: ReadonlyMap<string, RowCounts> }[]
  /** How many rows have no end yet. */
  open(): number
}

export function createOrderedEnds(): OrderedEnds {
  let entries: Entry[] = []
  let head = 0
  let open = 0
  let counts = new Map<string, RowCounts>()
  return {
    row(stream) {
      const entry: Entry = { kind: 'row', stream }
      entries.push(entry)
      open++
      return (end) => {
        if (entry.end === undefined) open--
        entry.end ??= end
      }
    },
    state: (state) => void entries.push({ kind: 'state', state }),
    open: () => open,
    due() {
      const states = []
      for (let entry = entries[head]; entry !== undefined; entry = entries[++head]) {
        if (entry.kind === 'row') {
          if (entry.end === undefined) break
          counts.set(entry.stream, counted(counts.get(entry.stream) ?? NO_ROWS, entry.end))
        } else {
          states.push({ state: entry.state, counts })
          counts = new Map()
        }
      }
      if (head > 1_000) {
        entries = entries.slice(head)
        head = 0
      }
      return states
    },
  }
}
