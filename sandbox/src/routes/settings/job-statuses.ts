import type { Job, JobOrder } from '../../account/jobs.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { Refusal } from '../../http/errors.ts'
import type { Family } from '../../http/family.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { found, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'

/** How many jobs may be queued or working at a time (fact 49). */
const IN_FLIGHT = 30

/** A job's status. */
export function jobRow(store: Store, job: Job): Row {
  const { id, type, total, progress, status, message, results } = job
  const url = `${store.base}/api/v2/job_statuses/${id}.json`
  return { id, job_type: type, url, total, progress, status, message, results }
}

/** Starts a job and returns the answer to the bulk call. Throws a refusal if too many are running. */
export function startJob<T>({ store, jobs }: Served, order: JobOrder<T>): Row {
  const ids = jobs.inFlight()
  if (ids.length >= IN_FLIGHT) {
    const description = `Too many ${order.type} jobs are currently queued or running. Try again later.`
    const body = { error: 'TooManyJobs', description, current_job_ids: ids }
    throw new Refusal(429, body, { 'retry-after': '10' })
  }
  return { job_status: jobRow(store, jobs.start(order)) }
}

/** The statuses of bulk writes. */
export function jobStatusRoutes({ store, jobs }: Served): readonly Family[] {
  const row = (job: Job) => jobRow(store, job)
  return [
    {
      who: 'agent',
      routes: {
        'GET /job_statuses': ({ asked }) => {
          const { items, envelope } = listPage(asked, byPosition(jobs.latest()), 'api/v2/job_statuses/index')
          return { job_statuses: items.map(row), ...envelope }
        },
        'GET /job_statuses/show_many': ({ asked }) => ({
          job_statuses: [...idsIn(asked)].flatMap((id) => jobs.get(id) ?? []).map(row),
        }),
        'GET /job_statuses/:id': ({ params }) => ({ job_status: row(found(jobs.get(params['id'] ?? ''))) }),
      },
    },
  ]
}
