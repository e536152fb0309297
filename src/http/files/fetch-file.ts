import { type Clock, sleep } from '../../model/clock.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { FileReference, Log } from '../../model/message.ts'
import type { Session, StagedFile, Timeouts } from '../../model/runtime.ts'
import type { RecordFile } from '../../model/stream.ts'
import { upTo } from '../body-chunks.ts'
import type { Headers } from '../limits/headers.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import { LONGEST_REFUSED, retryDelay } from '../retry.ts'
import { TIMEOUTS } from '../transport.ts'
import { createOpen, type Open } from './download.ts'
import { createReach, type Reach } from './reach.ts'

export interface FetchFileOptions {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly session: Session
  readonly rateLimiter: RateLimiter
  readonly stage: (relativePath: string) => StagedFile
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  /** For how many ms the files of a host may fail; waiting for a limit does not count. */
  readonly retryBudget: number
  readonly timeouts?: Timeouts | undefined
}

/**
 * Fetches the file of a stream's record; undefined if it cannot be had, which is reported. `later`: its host is out of reach,
 * which is reported once for each host.
 */
export type FetchFile = (stream: string, file: RecordFile) => Promise<FileReference | 'later' | undefined>

/** After so many attempts that gave another size than the record's, the record is wrong. */
const MOST_OF_WRONG_SIZE = 3

/** No file of Zendesk's is larger, in bytes; accounts allow 50 MB as a rule (fact 66). */
export const LARGEST_FILE = 1024 ** 3

/**
 * Fetches files to the staging folder, in constant memory: one that was cut short goes on where it was, in this run or the
 * next, and one that stands there already is not asked for. Throws a ConnectorError where the folder cannot be written; the
 * signal's reason when it is given.
 */
export function createFetchFile(options: FetchFileOptions): FetchFile {
  const { timeouts = TIMEOUTS, retryBudget, clock } = options
  const reach = createReach(retryBudget, clock)
  const open = createOpen({ ...options, reach, timeouts })
  /** By path: files being fetched. Several records of a page may have the same file. */
  const coming = new Map<string, ReturnType<FetchFile>>()
  return (stream, file) => {
    const relativePath = `${stream}/${file.id}/${nameOf(file)}`
    const known = coming.get(relativePath)
    if (known) return known
    const fetched = fetchOne(stream, file, relativePath, { ...options, open, reach }).finally(() =>
      coming.delete(relativePath),
    )
    coming.set(relativePath, fetched)
    return fetched
  }
}

type Ways = FetchFileOptions & { readonly open: Open; readonly reach: Reach }

async function fetchOne(
  stream: string,
  file: RecordFile,
  relativePath: string,
  ways: Ways,
): Promise<FileReference | 'later' | undefined> {
  const { stage, session, signal, clock, log, reach } = ways
  const report = (reason: string): void =>
    log('warn', `Stream "${stream}": the file of ${file.id} ("${file.name}") is left out: ${reason}.`)
  const without = (reason: string): undefined => report(reason) as undefined
  const flaw = flawOf(file)
  if (flaw !== undefined) return without(flaw)
  const staged = stage(relativePath)
  const reference = (size: number): FileReference => ({ path: staged.path, relativePath, size })
  const there = await staged.size().catch(unwritable)
  if (there !== undefined && there === (file.size ?? there)) return reference(there)

  let refusals = 0
  let refusedSince = 0
  let wrong = 0
  let renewed = false
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    const outcome = await attempt(file, staged, refusals, ways)
    if ('fault' in outcome) return without(outcome.fault)
    if ('outOfReach' in outcome) return 'later'
    const { host } = outcome
    if ('size' in outcome) {
      const { size } = outcome
      if (size === (file.size ?? Math.min(size, LARGEST_FILE))) {
        await staged.finish().catch(unwritable)
        if (host !== undefined) reach.came(host, failures > 0)
        return reference(size)
      }
      await staged.drop().catch(unwritable)
      if (file.size === undefined || ++wrong >= MOST_OF_WRONG_SIZE) return without(wrongSize(size, file))
    }
    if ('status' in outcome && outcome.status === 401 && !renewed && outcome.authorization !== undefined)
      if (await session.renew(outcome.authorization)) {
        renewed = true
        continue
      }
    if ('status' in outcome && outcome.status === 429) {
      if (refusals++ === 0) refusedSince = clock.now()
      // The next permit waits for it.
      if (clock.now() - refusedSince < LONGEST_REFUSED) continue
    } else refusals = 0
    const wait = retryDelay('size' in outcome ? { error: undefined } : outcome, failures++, clock.now())
    if (wait === undefined) return without(`HTTP ${'status' in outcome ? outcome.status : '?'}`)
    const next = 'size' in outcome || host === undefined ? 'again' : reach.failed(host, wait)
    if (next === 'again') await sleep(clock, wait, signal)
    else if (next === 'out') return 'later'
    else {
      report(
        `${host} is out of reach for now (${said(outcome)}). Other files from there may be left out without a log line`,
      )
      return 'later'
    }
  }
}

/** Why a file is not even asked for. Its id becomes a folder. */
function flawOf({ id, url, size = 0, refused }: RecordFile): string | undefined {
  if (refused !== undefined) return refused
  if (!/^\d{1,20}$/.test(id)) return 'its id is not a number'
  if (!URL.canParse(url)) return 'its address cannot be read'
  return size > LARGEST_FILE ? `it has ${size} bytes, more than a file of Zendesk can have` : undefined
}

const wrongSize = (size: number, file: RecordFile): string => {
  const most = file.size ?? LARGEST_FILE
  const says = file.size === undefined ? 'more than a file of Zendesk can have' : `and not ${most} as Zendesk says`
  return `it has ${size > most ? `more than ${most}` : size} bytes, ${says}`
}

type FileAttempt =
  | { readonly size: number; readonly host?: string }
  | { readonly fault: string }
  | { readonly outOfReach: true }
  | {
      readonly host: string
      readonly status: number
      readonly headers: Headers
      readonly authorization: string | undefined
    }
  | { readonly host: string; readonly error: unknown }

/** One attempt: appends the missing bytes to the part of the file that is there. */
async function attempt(
  file: RecordFile,
  staged: StagedFile,
  refusals: number,
  { open, signal }: Ways,
): Promise<FileAttempt> {
  const begun = await staged.begun().catch(unwritable)
  // The file is complete: an earlier program ended before it could finish it.
  if (begun > 0 && begun === file.size) return { size: begun }
  const largest = file.size ?? LARGEST_FILE
  const from = begun > largest ? 0 : begun
  const opened = await open(new URL(file.url), from, refusals).catch((error: unknown) => {
    if (error instanceof ConnectorError && error.failureType === 'system_error') return { fault: messageOf(error) }
    throw error
  })
  if (!('status' in opened)) return opened
  const { host, status, headers, chunks, dump, authorization } = opened
  const isRest = status === 206 && String(headers['content-range']).startsWith(`bytes ${from}-`)
  if (status === 200 || isRest) {
    const first = isRest ? from : 0
    return appended(staged, first, upTo(largest - first + 1, chunks), { host, signal })
  }
  await dump().catch(() => undefined)
  if (status !== 206 && status !== 416) return { host, status, headers, authorization }
  // The part that is there does not belong to the present file.
  await staged.drop().catch(unwritable)
  return { host, error: undefined }
}

/** Writes what comes. What the body throws is the host's failure; what the folder throws, whatever it is, is not. */
async function appended(
  staged: StagedFile,
  from: number,
  chunks: AsyncIterable<Uint8Array>,
  { host, signal }: { readonly host: string; readonly signal: AbortSignal },
): Promise<FileAttempt> {
  const broken: { error?: unknown } = {}
  const watched = async function* () {
    try {
      yield* chunks
    } catch (error) {
      broken.error = error
      throw error
    }
  }
  try {
    return { host, size: await staged.append(from, watched()) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (!('error' in broken)) unwritable(error)
    return { host, error: broken.error }
  }
}

const said = (outcome: FileAttempt): string => {
  if ('status' in outcome) return `HTTP ${outcome.status}`
  if ('size' in outcome) return `${outcome.size} bytes`
  return 'error' in outcome && outcome.error !== undefined
    ? messageOf(outcome.error)
    : 'another part of the file than was requested'
}

function unwritable(error: unknown): never {
  throw new ConnectorError(
    `Files cannot be written to the staging folder: ${messageOf(error)}. Name a folder that can be written and has room, in "files_folder" or AIRBYTE_STAGING_DIRECTORY.`,
    'config_error',
    { cause: error },
  )
}

/** How long a name may be in UTF-8, in bytes: what every file system takes, with room for a suffix of ours. */
const LONGEST_NAME = 200

/** The name of a file, made safe as part of a path; it keeps its extension. */
function nameOf({ name }: RecordFile): string {
  const safe = name
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are to be replaced
    .replace(/[/\\:*?"<>|\u0000-\u001f\u007f]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const ending = /\.[^.]{1,16}$/.exec(safe)?.[0] ?? ''
  let stem = safe.slice(0, safe.length - ending.length)
  while (Buffer.byteLength(stem + ending) > LONGEST_NAME) stem = [...stem].slice(0, -1).join('')
  return stem + ending || 'file'
}
