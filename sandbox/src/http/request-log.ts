import type { FaultKind } from './faults/schedule.ts'

/** One request that was answered (or dropped); `status` is 0 when nothing was. */
export type LoggedRequest = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly status: number
  /** When it came, in epoch milliseconds (UTC) of real time, whatever the account's clock says. */
  readonly at: number
  /** Milliseconds until its answer was ready. */
  readonly ms: number
  /** The fault that it met. */
  readonly fault?: FaultKind
}

/** The requests to the sandbox, oldest first. */
export type RequestLog = {
  readonly all: () => readonly LoggedRequest[]
  readonly reset: () => void
  readonly add: (request: LoggedRequest) => void
}

const LARGEST = 100_000

/** An empty log; it keeps the latest 100,000. */
export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = []
  return {
    all: () => requests,
    reset: () => {
      requests = []
    },
    add: (request) => {
      if (requests.length >= LARGEST) requests = requests.slice(LARGEST / 2)
      requests.push(request)
    },
  }
}
