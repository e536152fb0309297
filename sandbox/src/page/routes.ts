import type { AccountPlan } from '../account/plan.ts'
import { type Clock, wallClockMs } from '../clock.ts'
import type { Credentials } from '../credentials.ts'
import type { Family } from '../http/family.ts'
import type { Faults } from '../http/faults/schedule.ts'
import type { Limits } from '../http/limits/charge.ts'
import { reply } from '../http/reply.ts'
import type { RequestLog } from '../http/request-log.ts'
import { PAGE_HEADERS, page } from './layout.ts'
import type { RecordCounts } from './record-counts.ts'
import type { FaultStatus, Status } from './status.ts'

/** The parts of the sandbox that the page shows. */
export type Shown = {
  readonly subdomain: string
  /** The control API is served too. */
  readonly isControlled: boolean
  /** Where the sandbox listens for HTTP. */
  readonly url: string
  readonly credentials: Credentials
  readonly plan: AccountPlan
  readonly clock: Clock
  /** Random changes in a minute of real time. */
  readonly activity: number
  readonly recordCounts: () => RecordCounts
  readonly requests: RequestLog
  readonly limits: Limits
  readonly faults: Faults
  readonly exportsClosed: () => number | undefined
}

/** The page at `/`. */
export function pageRoutes(shown: Shown): Family {
  return {
    who: 'anyone',
    base: '',
    routes: { 'GET /': async () => reply(200, String(await page(statusOf(shown))), PAGE_HEADERS) },
  }
}

function statusOf({ subdomain, isControlled, url, credentials, plan, clock, activity, ...shown }: Shown): Status {
  return {
    ...shown.recordCounts(),
    subdomain,
    isControlled,
    plan: plan.name,
    example: `curl -u '${credentials.email}/token:${credentials.apiToken}' '${url}/api/v2/users/me'`,
    // The log of requests is in this machine's time: the page shows how long ago they came.
    realTime: wallClockMs(),
    clock: { now: clock.now(), scale: clock.scale, activity },
    requests: shown.requests.all(),
    limits: shown.limits.uses(),
    faults: faultStatus(shown.faults),
    exportsClosed: shown.exportsClosed(),
  }
}

function faultStatus(faults: Faults): FaultStatus {
  const { next, random } = faults.set()
  const text = (path: RegExp | string = '') => {
    const source = typeof path === 'string' ? path : path.source
    return source === '(?:)' ? '' : source.replaceAll('\\/', '/')
  }
  return {
    met: faults.met(),
    next: next.map(({ fault: { kind, status = 500, method, path, rate }, spare, left }) => ({
      kind: kind === 'status' ? `${kind} ${status}` : kind,
      requests: [method, text(path)].filter(Boolean).join(' '),
      spare,
      left,
      rate,
    })),
    random: random && { rate: random.rate, kinds: random.kinds.map(({ kind }) => kind), path: text(random.path) },
  }
}
