// What a run of the benchmark found: the form of its JSON file. Everything that is told elsewhere is computed from it.

export type ClientName = 'ours' | 'floor' | 'airbyte' | 'tap'

/** What one run of one client cost, from its start to its end, as the operating system counts it. */
export interface Cost {
  readonly seconds: number
  /** User and system, children included. */
  readonly cpuSeconds: number
  /** The largest resident set of one process, in 10^6 bytes. */
  readonly peakMB: number
}

/** One read. */
export interface Run extends Cost {
  readonly client: ClientName
  /** By stream. */
  readonly records: Readonly<Record<string, number>>
  readonly bytes: number
  readonly requests: number
  /** How many of them were of the incremental exports, which Zendesk limits the most. */
  readonly exportRequests: number
  /** For how long the sandbox worked on answers, all requests added up. */
  readonly sandboxSeconds: number
}

/** A set of streams, and all reads of it in the order in which they were done; those of a pair are neighbours. */
export interface Workload {
  readonly name: string
  readonly streams: readonly string[]
  readonly runs: readonly Run[]
}

/** A command that reads no records, again and again. */
export interface Command {
  readonly client: ClientName
  readonly name: string
  readonly costs: readonly Cost[]
}

/** One sync of one day's changes: how many requests it took, by path, ids left out. */
export interface Day {
  readonly client: ClientName
  readonly requests: Readonly<Record<string, number>>
  readonly exportRequests: number
  readonly records: Readonly<Record<string, number>>
}

export interface Growth {
  readonly tickets: number
  readonly workloads: readonly Workload[]
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  /** Sandbox on one core, clients on another. */
  readonly pinned: boolean
}

export interface Report {
  /** ISO date. */
  readonly date: string
  readonly machine: Machine
  readonly versions: Readonly<Partial<Record<ClientName | 'python' | 'undici', string>>>
  readonly tickets: number
  readonly rounds: number
  readonly workloads: readonly Workload[]
  readonly commands: readonly Command[]
  readonly growth: readonly Growth[]
  readonly day?: {
    /** What was changed in the day. */
    readonly tickets: number
    readonly events: number
    readonly users: number
    readonly streams: readonly string[]
    readonly syncs: readonly Day[]
    /** A sync of ours after so many tickets were deleted, and nothing else. */
    readonly deletions: Day & { readonly tickets: number }
  }
}

/** Two runs of the benchmark as one: what the later one measured stands in the place of the earlier one's. */
export function joined(earlier: Report, later: Report): Report {
  if (earlier.workloads.length > 0 && earlier.tickets !== later.tickets)
    throw new Error(`Reads of ${earlier.tickets} and of ${later.tickets} tickets are not for one table.`)
  if (JSON.stringify(earlier.machine) !== JSON.stringify(later.machine))
    throw new Error('Runs on two machines are not for one table.')
  const replaced = <T>(before: readonly T[], after: readonly T[], nameOf: (one: T) => unknown): readonly T[] => {
    const named = new Map([...before, ...after].map((one) => [nameOf(one), one]))
    return [...named.values()]
  }
  return {
    ...earlier,
    ...later,
    versions: { ...earlier.versions, ...later.versions },
    workloads: replaced(
      earlier.workloads,
      later.workloads.map((workload) => withPairsOf(earlier, workload)),
      ({ name }) => name,
    ),
    commands: replaced(earlier.commands, later.commands, ({ client, name }) => `${client} ${name}`),
    growth: replaced(earlier.growth, later.growth, ({ tickets }) => tickets).toSorted(
      (one, other) => one.tickets - other.tickets,
    ),
  }
}

/** Reads of a set of streams with the earlier run's pairs of ours and those others that were not read again. */
function withPairsOf({ workloads }: Report, later: Workload): Workload {
  const again = new Set(later.runs.map(({ client }) => client))
  const before = workloads.find(({ name }) => name === later.name)?.runs ?? []
  const kept = before.flatMap((run, index) => {
    const ours = before[index - 1]
    return run.client === 'ours' || ours === undefined || again.has(run.client) ? [] : [ours, run]
  })
  return { ...later, runs: [...later.runs, ...kept] }
}

/** The sizes of the growth, the first one with the main table's pairs of ours and the floor; none where none was measured. */
export function sizesOf({ tickets, workloads, growth }: Report): readonly Growth[] {
  const [first] = growth
  if (first === undefined || growth.some((size) => size.tickets === tickets)) return growth
  const names = first.workloads.map(({ name }) => name)
  const main = workloads
    .filter(({ name }) => names.includes(name))
    .map((workload) => ({
      ...workload,
      runs: workload.runs.filter(
        ({ client }, index, { [index + 1]: next }) => client === 'floor' || next?.client === 'floor',
      ),
    }))
  return [{ tickets, workloads: main }, ...growth].toSorted((one, other) => one.tickets - other.tickets)
}

export const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

export const recordsOf = ({ records }: { readonly records: Readonly<Record<string, number>> }): number =>
  sum(Object.values(records))

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing.')
  const sorted = values.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

/**
 * The median over all neighbouring pairs of ours and another client's: how many times as much `measure` is for the other
 * one as for ours. Undefined where there is no such pair.
 */
export function pairedRatio(
  runs: readonly Run[],
  other: ClientName,
  measure: (run: Run) => number,
): number | undefined {
  const ratios: number[] = []
  for (const [index, run] of runs.entries()) {
    const ours = runs[index - 1]
    if (run.client === other && ours?.client === 'ours') ratios.push(measure(run) / measure(ours))
  }
  return ratios.length === 0 ? undefined : median(ratios)
}

export const cpuPerRecord = (run: Run): number => run.cpuSeconds / recordsOf(run)
export const secondsPerRecord = (run: Run): number => run.seconds / recordsOf(run)

export const runsOf = ({ runs }: Workload, client: ClientName): readonly Run[] =>
  runs.filter((run) => run.client === client)
