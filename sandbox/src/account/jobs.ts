import { createHash } from 'node:crypto'
import type { Row } from './model.ts'
import type { Store } from './store.ts'

/** A bulk write that goes on after its request was answered. */
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

/** The account's jobs. */
export type Jobs = {
  readonly start: <T>(order: JobOrder<T>) => Job
  readonly get: (id: string) => Job | undefined
  /** The last 100, newest first. */
  readonly latest: () => readonly Job[]
  /** Ids of the jobs that are queued or working. */
  readonly inFlight: () => readonly string[]
}

// Assumed (fact 346): how long a job waits and how long an item takes (captures show a second or two for small jobs).
const WAITS_MS = 300
const ITEM_MS = 10
/** A job's data is kept for a day (fact 205). */
const KEPT_MS = 86_400_000
const LISTED = 100

/** No jobs yet. */
export function createJobs(store: Store): Jobs {
  const jobs = new Map<string, Job>()
  const { clock, agenda } = store
  const expire = () => {
    for (const [id, job] of jobs) if (job.created + KEPT_MS < clock.nowMs()) jobs.delete(id)
  }
  const run = <T>(job: Job, { items, act, messageOf, results }: JobOrder<T>) => {
    const lines: Row[] = []
    const fail = (error: unknown) => {
      job.status = 'failed'
      job.message = error instanceof Error ? error.message : String(error)
    }
    const step = (index: number) => {
      if (job.status === 'failed') return
      if (index === items.length) {
        job.status = 'completed'
        job.results = results?.(lines) ?? lines
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
      agenda.at(job.created + WAITS_MS + (index + 1) * ITEM_MS, () => step(index + 1))
    }
    agenda.at(job.created + WAITS_MS, () => step(0))
  }
  return {
    start: (order) => {
      const id = `V3-${createHash('md5').update(String(store.nextId())).digest('hex')}`
      const counted = order.uncounted !== true
      const job: Job = {
        id,
        type: order.type,
        total: counted ? order.items.length : null,
        created: clock.nowMs(),
        status: 'queued',
        progress: null,
        message: null,
        results: null,
      }
      jobs.set(id, job)
      run(job, order)
      return job
    },
    get: (id) => {
      expire()
      return jobs.get(id)
    },
    latest: () => {
      expire()
      return [...jobs.values()].reverse().slice(0, LISTED)
    },
    inFlight: () =>
      [...jobs.values()].filter(({ status }) => status === 'queued' || status === 'working').map(({ id }) => id),
  }
}
