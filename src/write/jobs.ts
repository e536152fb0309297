// Jobs: bulk calls that go on after their answer. One poll for all that are under way.
import type { Call, CallRequest, Reply } from '../model/call.ts'
import { type Clock, sleep } from '../model/clock.ts'
import { ANSWER_LOST, ConnectorError, HttpError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'

/** How a bulk call ended: refused at once, as a job with results, or as a job that nobody knows any more. */
export type BulkEnd =
  | { readonly kind: 'refused'; readonly reply: Reply }
  | {
      readonly kind: 'ended'
      readonly results: unknown /** Of the request that began it. */
      readonly requestId?: string
    }
  | { readonly kind: 'lost' }

export interface Jobs {
  /** Sends a bulk call and waits for its job. `onBegun` is called with the job's id before anything is waited for. */
  run(request: CallRequest, onBegun: (job: string) => void): Promise<BulkEnd>
  /** Waits until none of these jobs, and none that the account shows as under way, is. */
  settled(jobs: readonly string[]): Promise<void>
}

interface UnderWay {
  /** Epoch ms. */
  readonly since: number
  readonly end: (how: BulkEnd) => void
  readonly fail: (error: unknown) => void
}

/** Polls come after 1, 2, 3 and 4 s, and then every 4 s: a job of 100 rows takes some ten. */
const LONGEST_POLL = 4_000
const SHOW_MANY = 100
/**
 * A job that is not found may be at work all the same: for so many ms it is. The longest of 100 rows that was measured took
 * 16 s.
 */
const AT_WORK = 60_000
/** For how many ms a job may say the same: queues of others are waited out, and nothing is waited for without an end. */
const LONGEST_STILL = 3_600_000

/** `atOnce`: how many jobs are under way at a time. The account has 30 for everybody, agents' bulk edits included. */
export function createJobs(
  { call, clock, signal }: { readonly call: Call; readonly clock: Clock; readonly signal: AbortSignal },
  atOnce: number,
): Jobs {
  const underWay = new Map<string, UnderWay>()
  const queue: (() => void)[] = []
  const watch = createJobsWatch(clock)
  let running = 0
  let isPolling = false
  let polls = 0

  const poll = async (): Promise<void> => {
    if (isPolling) return
    isPolling = true
    try {
      while (underWay.size > 0) {
        await sleep(clock, Math.min(++polls * 1_000, LONGEST_POLL), signal)
        for (const [id, ended] of await endedOf(call, [...underWay.keys()], watch)) {
          const { since = 0, end } = underWay.get(id) ?? {}
          if (ended.kind === 'lost' && clock.now() < since + AT_WORK) continue
          end?.(ended)
          underWay.delete(id)
        }
      }
    } catch (error) {
      for (const { fail } of underWay.values()) fail(error)
      underWay.clear()
    } finally {
      isPolling = false
    }
  }
  const room = async (): Promise<void> => {
    if (running++ >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
  }
  const leave = (): void => {
    running--
    queue.shift()?.()
  }
  return {
    async run(request, onBegun) {
      await room()
      try {
        const reply = await call({ ...request, expects: { one: 'job_status' } })
        if (reply.status >= 300) return { kind: 'refused', reply }
        const { id } = reply.body['job_status'] as RecordData
        if (typeof id !== 'string') throw withoutId(request)
        onBegun(id)
        // Those that are under way already keep their pace: where many follow each other, one poll is for all.
        if (underWay.size === 0) polls = 0
        const end = new Promise<BulkEnd>((resolve, reject) =>
          underWay.set(id, { since: clock.now(), end: resolve, fail: reject }),
        )
        void poll()
        const ended = await end
        return ended.kind === 'ended' && reply.requestId !== undefined
          ? { ...ended, requestId: reply.requestId }
          : ended
      } finally {
        leave()
      }
    },
    async settled(jobs) {
      const since = clock.now()
      let open = [...new Set([...jobs, ...(await activeJobs(call))])]
      while (open.length > 0) {
        const ended = await endedOf(call, open, watch)
        const isAtWork = (id: string): boolean => ended.get(id)?.kind === 'lost' && clock.now() < since + AT_WORK
        open = open.filter((id) => !ended.has(id) || isAtWork(id))
        if (open.length > 0) await sleep(clock, LONGEST_POLL, signal)
      }
    },
  }
}

/** A job that has another status is at work: what it says is not known to be its end. */
const isOver = ({ status }: RecordData): boolean => ['completed', 'failed', 'killed'].includes(String(status))

/** A job may be under way, and nobody knows which: only a look at the account tells what it did. */
const withoutId = ({ method, path }: CallRequest): HttpError =>
  new HttpError(`${method} ${path}: Zendesk began a job, but did not say which.`, 'transient_error', {
    status: 200,
    code: ANSWER_LOST,
  })

/** What sees to it that jobs come on: throws a ConnectorError for one that has said the same for an hour. */
function createJobsWatch({ now }: Clock): (id: string, job: RecordData) => void {
  const said = new Map<string, { readonly what: string; readonly since: number }>()
  return (id, { status, progress, message }) => {
    const what = JSON.stringify([status, progress, message])
    const before = said.get(id)
    if (before?.what !== what) said.set(id, { what, since: now() })
    else if (now() - before.since > LONGEST_STILL)
      throw new ConnectorError(
        `Zendesk's job ${id} has been "${String(status)}" for ${Math.round((now() - before.since) / 60_000)} minutes, without progress. The next run waits for it before it writes those rows again.`,
        'transient_error',
      )
  }
}

/** Those of these jobs that are over, by id. */
async function endedOf(
  call: Call,
  ids: readonly string[],
  watch: (id: string, job: RecordData) => void,
): Promise<ReadonlyMap<string, BulkEnd>> {
  const shown = new Map<string, RecordData>()
  for (let at = 0; at < ids.length; at += SHOW_MANY) {
    const query = { ids: ids.slice(at, at + SHOW_MANY).join(',') }
    const { body } = await call({
      method: 'GET',
      path: 'job_statuses/show_many',
      query,
      expects: { list: 'job_statuses' },
    })
    for (const job of (body['job_statuses'] ?? []) as readonly RecordData[]) shown.set(String(job['id']), job)
  }
  const ended = new Map<string, BulkEnd>()
  for (const id of ids) {
    const job = shown.get(id) ?? (await alone(call, id))
    if (job === undefined) ended.set(id, { kind: 'lost' })
    else if (isOver(job)) ended.set(id, { kind: 'ended', results: job['results'] })
    else watch(id, job)
  }
  return ended
}

/** A job that was not shown among others: by itself, or in the list, which has some for longer. */
async function alone(call: Call, id: string): Promise<RecordData | undefined> {
  const path = `job_statuses/${encodeURIComponent(id)}`
  const { status, body } = await call({ method: 'GET', path, expects: { one: 'job_status' } })
  if (status === 200) return body['job_status'] as RecordData | undefined
  return (await listed(call)).find((job) => job['id'] === id)
}

async function listed(call: Call): Promise<readonly RecordData[]> {
  const query = { 'page[size]': 100 }
  const { body } = await call({ method: 'GET', path: 'job_statuses', query, expects: { list: 'job_statuses' } })
  return (body['job_statuses'] ?? []) as readonly RecordData[]
}

const activeJobs = async (call: Call): Promise<readonly string[]> =>
  (await listed(call)).filter((job) => !isOver(job)).map((job) => String(job['id']))
