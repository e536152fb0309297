import { systemClock } from '../model/clock.ts'
import { HttpError, isClosed } from '../model/errors.ts'
import type { GetPage, Reader } from '../model/stream.ts'

/** Old enough for an export, which holds back the last minute; near enough for a small page. In seconds. */
const LATELY = 600

/** Which way the streams of the Incremental Export API will be read, and why, in a sentence. One request, if any. */
export async function describeReader(get: GetPage, reader: Reader): Promise<string> {
  const tell = (how: string): string =>
    `Tickets, their events and metrics, users and organizations will be read ${how}.`
  if (reader !== 'auto')
    return tell(`${reader === 'list' ? 'from lists' : 'through the Incremental Export API'}, as the configuration asks`)
  try {
    const start_time = Math.floor(systemClock.now() / 1000) - LATELY
    await get({ path: 'incremental/tickets/cursor', query: { start_time, per_page: 1 }, expects: 'tickets' })
  } catch (error) {
    if (isClosed(error))
      return tell(
        `from lists: Zendesk does not give its Incremental Export API to this connection (HTTP ${error.status})`,
      )
    if (!(error instanceof HttpError && (error.status === 429 || error.status === 400))) throw error
  }
  return tell('through the Incremental Export API, which Zendesk has open for this connection')
}
