import { systemClock } from '../model/clock.ts'
import { HttpError, isClosed } from '../model/errors.ts'
import type { GetPage, Reader } from '../model/stream.ts'

/** Where to start an export to try it, in seconds before now: exports hold back the last minute, and a small page will do. */
const RECENT = 600

/** How the streams of the Incremental Export API will be read, and why, in a sentence. Takes one request at most. */
export async function describeReader(get: GetPage, reader: Reader): Promise<string> {
  const sentence = (how: string): string =>
    `Tickets, their events and metrics, users and organizations will be read ${how}.`
  if (reader !== 'auto')
    return sentence(
      `${reader === 'list' ? 'from lists' : 'through the Incremental Export API'}, as the configuration asks`,
    )
  try {
    const start_time = Math.floor(systemClock.now() / 1000) - RECENT
    await get({ path: 'incremental/tickets/cursor', query: { start_time, per_page: 1 }, expects: 'tickets' })
  } catch (error) {
    if (isClosed(error))
      return sentence(
        `from lists: Zendesk does not give its Incremental Export API to this connection (HTTP ${error.status})`,
      )
    if (!(error instanceof HttpError && (error.status === 429 || error.status === 400))) throw error
  }
  return sentence('through the Incremental Export API, which Zendesk has open for this connection')
}
