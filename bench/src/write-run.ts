// One write in the account's time: the destination's own writer, over HTTP, with a clock that skips the waits.
import type { Sandbox } from 'zendesk-sandbox'
import { createWriter } from '../../src/connector/create-writer.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import type { WriteInput } from '../../src/model/writing.ts'
import { createSkippingClock } from '../../test/support/skipping-clock.ts'

export interface Measured {
  readonly written: number
  readonly unchanged: number
  readonly rejected: number
  readonly reads: number
  readonly writes: number
  /** Of the account's time. */
  readonly seconds: number
}

export interface Customer {
  readonly external_id: string
  readonly name: string
  readonly email: string
}

/** Users as a warehouse has them. */
export const customers = (count: number, prefix: string): Customer[] =>
  Array.from({ length: count }, (_, nth) => ({
    external_id: `${prefix}-${nth}`,
    name: `Customer ${nth}`,
    email: `${prefix}-${nth}@example.com`,
  }))

/** Writes these rows by their external id. `everySecond` is called once a second of the account's time meanwhile. */
export async function writtenInAccountTime(
  sandbox: Sandbox,
  config: object,
  stream: string,
  rows: readonly object[],
  everySecond?: () => Promise<unknown>,
): Promise<Measured> {
  const clock = createSkippingClock((seconds) => sandbox.account.advance(seconds))
  const writer = await createWriter(
    {
      subdomain: 'sandbox',
      base_url: sandbox.url,
      credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.accessToken },
      rate_limit_percent: 100,
      ...config,
    },
    {
      clock,
      signal: new AbortController().signal,
      report: () => undefined,
      credentialSink: { in: 'nothing' },
      environment: {},
      stage: stagedFile,
      patient: true,
    },
  )
  const inputs = async function* (): AsyncGenerator<WriteInput> {
    for (const record of rows) yield { kind: 'row', stream, record: record as Record<string, unknown> }
  }
  sandbox.requests.reset()
  const began = clock.now()
  let isOver = false
  let foreign = 0
  const others = (async () => {
    while (everySecond && !isOver) {
      await everySecond()
      foreign++
      await clock.sleep(1_000)
    }
  })()
  try {
    const asked = { stream, mode: 'append_dedup', primaryKey: ['external_id'] }
    const counts = await writer.write([asked], inputs(), async () => undefined)
    const seconds = (clock.now() - began) / 1000
    const log = sandbox.requests.all()
    const reads = log.filter(({ method }) => method === 'GET').length
    isOver = true
    return { ...counts.get(stream)!, reads, writes: log.length - reads - foreign, seconds }
  } finally {
    isOver = true
    await others
    clock.stop()
    writer.close()
  }
}
