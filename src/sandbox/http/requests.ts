/** One request that was answered (or dropped); `status` is 0 when nothing was. */
export type LoggedRequest = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly status: number
}

/** What was asked of the sandbox, oldest first. */
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
