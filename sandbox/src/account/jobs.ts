import { createHash } from 'node:crypto'
import type { Row } from './model.ts'
import type { Store } from './store.ts'

/** A bulk write that continues after its request was answered. */
export type Job = {
  readonly id: string
  readonly type: string
  readonly total: number | null
  /** Epoch milliseconds (UTC). */
  readonly created: number
  status: 'queued' | 'working' | 'completed' | 'failed'
  progress: number | null
  message: string | null
  results: readonly Row[] | Row | null
}

/** The work of a new job. */
export type JobOrder<T> = {
  /** Zendesk's name: `Bulk Create Ticket`. */
  readonly type: string
  readonly items: readonly T[]
  /** Does one item and gives its line of the results; an error that it throws fails the whole job. */
  readonly act: (item: T, index: number) => Row
  /** The status text of an item while it works: `Creating ticket #19`. */
  readonly messageOf: (index: number) => string
  /** The results at the end, if they are not the items' lines. */
  readonly results?: (lines: readonly Row[]) => readonly Row[] | Row
  /** Without a count: `total` and `progress` stay null, as for permanent deletions. */
  readonly uncounted?: boolean
}

/** How jobs behave from now on; what is left out stays. */
export type JobBehavior = {
  /** How long a job waits before its first item, and how long an item takes, in milliseconds of the account's clock. */
  readonly waits?: number
  readonly item?: number
  /** As long as was measured: seconds for a job, and 10 (organizations: 30) rows a second. In place of the two above. */
  readonly measured?: boolean
  /** The results of items come in another order than they were sent. */
  readonly shuffled?: boolean
  /** How many of the next jobs do their work but cannot be found: their status answers 404. */
  readonly lost?: number
}

/** The account's jobs. */
export type Jobs = {
  readonly behave: (how: JobBehavior) => void
  readonly start: <T>(order: JobOrder<T>) => Job
  readonly get: (id: string) => Job | undefined
  /** The last 100, newest first. */
  readonly latest: () => readonly Job[]
  /** Ids of the jobs that are queued or working. */
  readonly inFlight: () => readonly string[]
}

// Assumed (fact 346): how long a job waits and how long an item takes (captures show a second or two for small jobs).
const AS_A_RULE = { waits: 300, item: 10, measured: false, shuffled: false, lost: 0 }
// How long jobs take, by their type (fact 411): a start, and a time for each item, in milliseconds.
const MEASURED: readonly (readonly [type: RegExp, waits: number, item: number])[] = [
  [/Organization/, 2500, 35],
  [/Update User|Update Ticket/, 2500, 75],
  [/./, 3000, 120],
]
/** A job's data is kept for a day (fact 205). */
const KEPT_MS = 86_400_000
const LISTED = 100

/** A job that waits. */
function queued<T>(store: Store, { type, items, uncounted }: JobOrder<T>): Job {
  return {
    id: `V3-${createHash('md5').update(String(store.nextId())).digest('hex')}`,
    type,
    total: uncounted === true ? null : items.length,
    created: store.clock.nowMs(),
    status: 'queued',
    progress: null,
    message: null,
    results: null,
  }
}

function measured(type: string): { readonly waits: number; readonly item: number } {
  const [, waits = 0, item = 0] = MEASURED.find(([pattern]) => pattern.test(type)) ?? []
  return { waits, item }
}

/** No jobs yet. */
export function createJobs(store: Store): Jobs {
  const jobs = new Map<string, Job>()
  const { clock, agenda } = store
  const hidden = new Set<string>()
  let behavior: Required<JobBehavior> = AS_A_RULE
  const expire = () => {
    for (const [id, job] of jobs) if (job.created + KEPT_MS < clock.nowMs()) jobs.delete(id)
  }
  const run = <T>(job: Job, { items, act, messageOf, results }: JobOrder<T>) => {
    const lines: Row[] = []
    const { shuffled } = behavior
    const { waits, item } = behavior.measured ? measured(job.type) : behavior
    const fail = (error: unknown) => {
      job.status = 'failed'
      job.message = error instanceof Error ? error.message : String(error)
    }
    const step = (index: number) => {
      if (job.status === 'failed') return
      if (index === items.length) {
        job.status = 'completed'
        job.results = results?.(lines) ?? (shuffled ? lines.toReversed() : lines)
        const at = new Date(clock.nowMs()).toISOString()
        job.message = `Completed at ${at.slice(0, 10)} ${at.slice(11, 19)} +0000`
        return
      }
      job.status = 'working'
      job.message = messageOf(index)
      try {
        lines.push(act(items[index] as T, index))
      } catch (error) {
        return fail(error)
      }
      if (job.total !== null) job.progress = index + 1
      agenda.at(job.created + waits + (index + 1) * item, () => step(index + 1))
    }
    agenda.at(job.created + waits, () => step(0))
  }
  return {
    behave: (how) => {
      behavior = { ...behavior, ...how }
    },
    start: (order) => {
      const job = queued(store, order)
      const { id } = job
      jobs.set(id, job)
      if (behavior.lost > 0) {
        behavior = { ...behavior, lost: behavior.lost - 1 }
        hidden.add(id)
      }
      run(job, order)
      return job
    },
    get: (id) => {
      expire()
      return hidden.has(id) ? undefined : jobs.get(id)
    },
    latest: () => {
      expire()
      return [...jobs.values()]
        .filter(({ id }) => !hidden.has(id))
        .reverse()
        .slice(0, LISTED)
    },
    inFlight: () =>
      [...jobs.values()].filter(({ status }) => status === 'queued' || status === 'working').map(({ id }) => id),
  }
}
