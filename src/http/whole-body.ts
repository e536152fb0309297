// The body of an answer, whole and unzipped, and never larger than an answer can be.
import { promisify } from 'node:util'
import { constants, createGunzip, gunzip, gunzipSync } from 'node:zlib'
import { ConnectorError } from '../model/errors.ts'
import { joined, upTo } from './body-chunks.ts'

/** The largest body that is taken, zipped and unzipped, in bytes: some 80 pages of Zendesk's largest. */
export const LARGEST_BODY = 256 * 1024 * 1024

/** The largest answer to a request that changes something, or asks for a token, in bytes. */
export const LARGEST_ANSWER = 16 * 1024 * 1024

/** What is read of an answer that is no page, in bytes. */
export const LARGEST_FAILURE = 65_536

/** Most memory that is taken on the word of a body. */
const MOST_AT_ONCE = 64 * 1024 * 1024

/** Zipped bodies up to this length are unzipped at once: another thread costs more time than they take. */
const UNZIPPED_AT_ONCE = 16_384

const gunzipped = promisify(gunzip)

/** The whole body of a page. Throws a ConnectorError for one that no page can be, and what the chunks or zlib throw. */
export async function wholeBody(
  chunks: AsyncIterable<Uint8Array>,
  isZipped: boolean,
  largest = LARGEST_BODY,
): Promise<{ readonly raw: number; readonly body: Buffer }> {
  const raw = await joined(upTo(largest + 1, chunks))
  if (raw.length > largest) throw tooLarge(largest)
  return { raw: raw.length, body: isZipped && raw.length > 0 ? await unzip(raw, largest) : raw }
}

/**
 * Unzips a whole body. Its last four bytes say how long it will be: it is written to one piece of memory of that length,
 * not to many that are joined.
 */
async function unzip(body: Buffer, largest: number): Promise<Buffer> {
  const reported = body.length >= 4 ? body.readUInt32LE(body.length - 4) : 0
  const chunkSize = Math.max(1024, Math.min(reported + 1, MOST_AT_ONCE))
  try {
    const options = { chunkSize, maxOutputLength: largest }
    return body.length <= UNZIPPED_AT_ONCE ? gunzipSync(body, options) : await gunzipped(body, options)
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(largest) : error
  }
}

/** The beginning of a body that is no page, as much as is shown to people. */
export async function beginningOf(
  chunks: AsyncIterable<Uint8Array>,
  isZipped: boolean,
): Promise<{ readonly raw: number; readonly body: Buffer }> {
  const raw = await joined(upTo(LARGEST_FAILURE, chunks))
  if (!isZipped || raw.length === 0) return { raw: raw.length, body: raw }
  // The end of a longer one is missing.
  const finishFlush = raw.length < LARGEST_FAILURE ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
  const unzipped = createGunzip({ finishFlush })
  unzipped.end(raw)
  return { raw: raw.length, body: await joined(upTo(LARGEST_FAILURE, unzipped)) }
}

const tooLarge = (largest: number): ConnectorError =>
  new ConnectorError(
    `its answer has more than ${Math.round(largest / 1024 / 1024)} MB, which no page has. Is there another server, or a proxy, at this address?`,
    'config_error',
  )
