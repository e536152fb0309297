import type { Ticket } from '../model.ts'
import { perVersion } from '../per-version.ts'
import type { Store } from '../store.ts'

const known = new WeakMap<Store, () => ReadonlyMap<number, readonly Ticket[]>>()

/** The incidents of a problem that are not deleted, in the order of their ids. */
export function incidentsOf(store: Store, problem: number): readonly Ticket[] {
  const byProblem = known.get(store) ?? perVersion(store, () => incidentsIn(store))
  known.set(store, byProblem)
  return byProblem().get(problem) ?? []
}

function incidentsIn(store: Store): ReadonlyMap<number, readonly Ticket[]> {
  const incidents = store.tickets.filter(({ values, deleted }) => values.problem_id !== null && deleted === 0)
  return Map.groupBy(incidents, ({ values }) => values.problem_id ?? 0)
}
