// Rejected rows in a bucket of a store that speaks S3.
import { S3mini } from 's3mini'
import type { Clock } from '../model/clock.ts'
import { sleep } from '../model/clock.ts'
import { ConnectorError, messageOf } from '../model/errors.ts'
import type { RejectedRows } from '../model/writer.ts'
import type { RejectedRow } from '../model/writing.ts'

/** Where the bucket is, in the words of Airbyte's `object_storage_config`. */
export interface BucketOptions {
  readonly s3_bucket_name: string
  readonly s3_bucket_region: string
  readonly bucket_path: string
  readonly access_key_id: string
  readonly secret_access_key: string
  /** The address of a store that is not Amazon's. */
  readonly s3_endpoint?: string
}

/** An object holds so many rows or characters; fewer if a state is due. */
const ROWS = 1_000
const LARGEST = 4_000_000
/** The largest object that is read back, in bytes: far more than one that is written here. */
const LARGEST_READ = 64 * 1024 * 1024
/** How often a request is tried, with 1, 2, 4 … s between attempts. */
const ATTEMPTS = 5
const TIMEOUT = 60_000

/** A bucket's address: by path if the store is not Amazon's, or if a dot in the name would not match the certificate. */
function endpointOf({ s3_endpoint, s3_bucket_name: name, s3_bucket_region: region }: BucketOptions): string {
  if (s3_endpoint) {
    const origin = /^https?:\/\//.test(s3_endpoint) ? s3_endpoint : `https://${s3_endpoint}`
    return `${origin.replace(/\/+$/, '')}/${name}`
  }
  return name.includes('.')
    ? `https://s3.${region}.amazonaws.com/${name}`
    : `https://${name}.s3.${region}.amazonaws.com`
}

/** Stores texts in a bucket. Each function rejects with a ConnectorError once the last attempt has failed. */
export function openBucket(options: BucketOptions, clock: Clock, signal: AbortSignal) {
  const { s3_bucket_name: name, bucket_path, access_key_id, secret_access_key, s3_bucket_region } = options
  const store = new S3mini({
    accessKeyId: access_key_id,
    secretAccessKey: secret_access_key,
    endpoint: endpointOf(options),
    region: s3_bucket_region,
    requestAbortTimeout: TIMEOUT,
  })
  const folder = bucket_path.replaceAll(/^\/+|\/+$/g, '')
  const keyOf = (file: string): string => (folder === '' ? file : `${folder}/${file}`)
  const patiently = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++)
      try {
        return await act()
      } catch (error) {
        if (error instanceof ConnectorError) throw error
        const { status } = error as { readonly status?: number }
        // The store would refuse it the next time too.
        const isFinal = status !== undefined && status >= 400 && status < 500 && status !== 429 && status !== 408
        if (isFinal || attempt === ATTEMPTS)
          throw new ConnectorError(
            `The bucket "${name}" could not ${what} (${status === undefined ? '' : `HTTP ${status}, `}${messageOf(error)}). See "object_storage_config".`,
            isFinal ? 'config_error' : 'transient_error',
            { cause: error },
          )
        await sleep(clock, 500 * 2 ** attempt, signal)
      }
  }
  return {
    where: `s3://${name}/${keyOf('')}`,
    /** Puts a text under this name; resolves to its address. */
    async put(file: string, text: string): Promise<string> {
      await patiently(`take ${file}`, () => store.putObject(keyOf(file), text, 'application/x-ndjson'))
      return `s3://${name}/${keyOf(file)}`
    },
    /** The text at an address that `put` gave. */
    async text(address: string): Promise<string> {
      const key = address.slice(`s3://${name}/`.length)
      if (!address.startsWith(`s3://${name}/`) || key === '')
        throw new ConnectorError(`"${address}" is not in the bucket "${name}" of the configuration.`, 'config_error')
      const text = await patiently(`give ${key}`, async () => textUpTo(await store.getObjectResponse(key), key))
      if (text === null) throw new ConnectorError(`The bucket "${name}" has no "${key}".`, 'config_error')
      return text
    },
    /** Tests whether rows can be stored: puts an empty object and deletes it. */
    async examine(): Promise<void> {
      await patiently('take an object', () => store.putObject(keyOf('check'), '', 'text/plain'))
      await patiently('delete an object', () => store.deleteObject(keyOf('check')))
    },
  }
}

/** The text of an object; null if there is none. Throws a ConnectorError for one that has no end, or is none of ours. */
async function textUpTo(response: Response | null, key: string): Promise<string | null> {
  if (response === null) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > LARGEST_READ)
      throw new ConnectorError(`"${key}" has more than 64 MB, so it does not hold rejected rows.`, 'config_error')
  }
  return Buffer.concat(chunks).toString('utf8')
}

export type RejectedBucket = ReturnType<typeof openBucket>

/** Keeps rejected rows as objects of JSON lines, each with the rows since the last one. */
export function createBucketRows(bucket: RejectedBucket, now: number): RejectedRows {
  const run = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
  let part = 0
  let lines: string[] = []
  let size = 0
  let last: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    if (lines.length > 0) {
      const text = lines.join('')
      const file = `${run}-${process.pid}-${String(part++).padStart(5, '0')}.jsonl`
      ;[lines, size] = [[], 0]
      last = last.then(async () => void (await bucket.put(file, text)))
      // The next flush reports the failure.
      last.catch(() => undefined)
    }
    return last
  }
  return {
    where: bucket.where,
    async keep(row: RejectedRow) {
      const line = `${JSON.stringify({ rejected_at: new Date(now).toISOString(), ...row })}\n`
      lines.push(line)
      size += line.length
      if (lines.length >= ROWS || size >= LARGEST) await flush()
    },
    flush,
  }
}
