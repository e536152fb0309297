// Reads a sandbox that keeps its limits, in its own time: the real connector in this process, over HTTP, with a clock
// that skips the waits. Somebody else may draw on the account meanwhile.
import { request } from 'undici'
import type { Sandbox } from 'zendesk-sandbox'
import { createConnector } from '../../src/connector/create-connector.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import type { Message } from '../../src/model/message.ts'
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts'

/** Another client, which asks so often in a minute: for exports evenly, for lists in bursts. It waits where it is told to. */
export interface OtherClient {
  readonly exports: number
  readonly lists: number
}

export interface LimitedSync {
  readonly messages: readonly Message[]
  /** What the sync failed with, if it did. */
  readonly error: unknown
  /** Seconds of the account's time from the first request to the end. */
  readonly seconds: number
  /** Requests of the connector, by the limit that they draw on; refused ones apart. */
  readonly asked: { readonly exports: number; readonly users: number; readonly account: number }
  readonly refused: number
  /** Requests of the other client a minute, and how many of them were refused. */
  readonly other: { readonly exports: number; readonly lists: number; readonly refused: number }
}

/** The query parameter by which the log tells the other client's requests. */
const MARK = 'asked_by'

/** Reads these streams from the beginning. `config` is added to the configuration; `take` gets messages while their page is there; `isStill`: see createSkippingClock. */
export async function readWithinLimits(
  sandbox: Sandbox,
  names: readonly string[],
  {
    config = {},
    other,
    isStill = false,
    take = () => undefined,
  }: { config?: object; other?: OtherClient; isStill?: boolean; take?: (message: Message) => void } = {},
): Promise<LimitedSync> {
  const clock = createSkippingClock((seconds) => sandbox.account.advance(seconds), { isStill })
  const stop = new AbortController()
  const messages: Message[] = []
  const connector = await createConnector(
    {
      subdomain: 'sandbox',
      base_url: sandbox.url,
      credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.accessToken },
      ...config,
    },
    {
      clock,
      signal: stop.signal,
      report: (message) => void messages.push(message),
      credentialSink: { in: 'nothing' },
      environment: {},
      stage: stagedFile,
      patient: true,
    },
  )
  const all = await connector.streams(names.map((name) => ({ name, columns: {} })))
  const streams = all.filter(({ name }) => names.includes(name))
  const rival = other && startOther(sandbox, clock, other)
  // It has been there for a while, as others are.
  if (rival) await clock.sleep(90_000)
  sandbox.requests.reset()
  const began = clock.now()
  let error: unknown
  try {
    const configured = streams.map((stream) => ({
      stream,
      syncMode: 'incremental' as const,
      state: undefined,
      emitsDeletions: true,
      omits: new Set<string>(),
    }))
    for await (const message of connector.read(configured)) {
      take(message)
      messages.push(message)
    }
  } catch (thrown) {
    error = thrown
  }
  const seconds = (clock.now() - began) / 1000
  await rival?.stop()
  clock.stop()

  return { messages, error, ...countsIn(sandbox, seconds) }
}

/** What was asked in so many seconds, as the sandbox's log has it. */
export function countsIn(sandbox: Sandbox, seconds: number): Omit<LimitedSync, 'messages' | 'error'> {
  const log = sandbox.requests.all()
  const isExport = (path: string): boolean => /\/incremental\/(?!users\/cursor)/.test(path)
  const [theirs, ours] = [log.filter(({ query }) => MARK in query), log.filter(({ query }) => !(MARK in query))]
  const served = ours.filter(({ status }) => status !== 429)
  const theirsServed = theirs.filter(({ status }) => status !== 429)
  const aMinute = (count: number): number => (count / seconds) * 60
  return {
    seconds,
    asked: {
      exports: served.filter(({ path }) => isExport(path)).length,
      users: served.filter(({ path }) => path.includes('/incremental/users/cursor')).length,
      account: served.length,
    },
    refused: ours.length - served.length,
    other: {
      exports: aMinute(theirsServed.filter(({ path }) => isExport(path)).length),
      lists: aMinute(theirsServed.filter(({ path }) => !isExport(path)).length),
      refused: theirs.length - theirsServed.length,
    },
  }
}

/** The least time, in seconds, in which so many requests can be sent: full minutes for all but the last ones. */
export const leastSeconds = (requests: number, limit: number): number =>
  Math.max(0, Math.ceil(requests / Math.floor(limit)) - 1) * 60

function startOther(
  sandbox: Sandbox,
  clock: SkippingClock,
  { exports, lists }: OtherClient,
): { stop(): Promise<unknown> } {
  let isRunning = true
  const authorization = `Bearer ${sandbox.credentials.accessToken}`
  const ask = async (path: string): Promise<number> => {
    const { headers, statusCode, body } = await request(`${sandbox.url}/api/v2/${path}`, { headers: { authorization } })
    await body.dump()
    return statusCode === 429 ? Number(headers['retry-after']) * 1000 : 0
  }
  const onTheWay: Record<string, Promise<readonly number[]>> = {}
  /** So many at a time, ever so many ms; where it is refused, once it is let again. */
  const keepAsking = async (path: string, atOnce: number, every: number): Promise<void> => {
    while (isRunning && atOnce > 0) {
      const next = clock.now() + every
      onTheWay[path] = Promise.all(Array.from({ length: atOnce }, () => ask(path)))
      const waits = await onTheWay[path]
      await clock.sleep(Math.max(...waits, next - clock.now()))
    }
  }
  void keepAsking(`incremental/tickets/cursor?start_time=0&per_page=1&${MARK}=other`, 1, 60_000 / exports)
  void keepAsking(`groups?${MARK}=other`, Math.round(lists / 12), 5_000)
  return {
    stop() {
      isRunning = false
      return Promise.all(Object.values(onTheWay))
    },
  }
}
