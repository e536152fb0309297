import { type Clock, sleep } from '../../model/clock.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { FileReference, Log } from '../../model/message.ts'
import type { Session, StagedFile } from '../../model/runtime.ts'
import type { RecordFile } from '../../model/stream.ts'
import { type Outcome, retryDelay } from '../retry.ts'
import { createOpen, type Open } from './download.ts'

export interface FetchFileOptions {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly session: Session
  readonly stage: (relativePath: string) => StagedFile
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  /** For how many ms a failing file is retried; waits for a limit do not count. */
  readonly retryBudget: number
}

/** Fetches the file of a stream's record; undefined if it cannot be had, which is reported. */
export type FetchFile = (stream: string, file: RecordFile) => Promise<FileReference | undefined>

/** After so many attempts that gave another size than the record's, the record is wrong. */
const MOST_OF_WRONG_SIZE = 3

/**
 * Fetches files to the staging folder, in constant memory. A file that was cut short is continued, in this run or the next;
 * one that is already there is not requested. `FetchFile` throws a ConnectorError if the folder cannot be written or the
 * retry budget is spent, and the signal's reason once it is aborted.
 */
export function createFetchFile(options: FetchFileOptions): FetchFile {
  const open = createOpen(options.origin, options.session, options.signal, options.log)
  /** By path: files being fetched. Several records of a page may have the same file. */
  const coming = new Map<string, Promise<FileReference | undefined>>()
  return (stream, file) => {
    const relativePath = `${stream}/${file.id}/${nameOf(file)}`
    const known = coming.get(relativePath)
    if (known) return known
    const fetched = fetchOne(stream, file, relativePath, open, options).finally(() => coming.delete(relativePath))
    coming.set(relativePath, fetched)
    return fetched
  }
}

async function fetchOne(
  stream: string,
  file: RecordFile,
  relativePath: string,
  open: Open,
  { stage, session, signal, clock, log, retryBudget }: FetchFileOptions,
): Promise<FileReference | undefined> {
  const staged = stage(relativePath)
  const reference = (size: number): FileReference => ({ path: staged.path, relativePath, size })
  const without = (reason: string): undefined =>
    log('warn', `Stream "${stream}": the file of ${file.id} ("${file.name}") is left out: ${reason}.`) as undefined
  if (file.refused !== undefined) return without(file.refused)
  if (!URL.canParse(file.url)) return without('its address cannot be read')
  const there = await staged.size().catch(unwritable)
  if (there !== undefined && there === (file.size ?? there)) return reference(there)

  let failing = 0
  let wrong = 0
  let renewed = false
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted()
    const began = clock.now()
    const outcome = await attempt(file, staged, open, signal)
    if ('size' in outcome) {
      const { size } = outcome
      if (size === (file.size ?? size)) {
        await staged.finish().catch(unwritable)
        return reference(size)
      }
      await staged.drop().catch(unwritable)
      if (++wrong >= MOST_OF_WRONG_SIZE) return without(`it has ${size} bytes, and not ${file.size} as Zendesk says`)
    }
    if ('fault' in outcome) return without(outcome.fault)
    if ('status' in outcome && outcome.status === 401 && !renewed && outcome.authorization !== undefined)
      if (await session.renew(outcome.authorization)) {
        renewed = true
        continue
      }
    const wait = retryDelay('size' in outcome ? { error: undefined } : outcome, failures, clock.now())
    if (wait === undefined) return without(`HTTP ${'status' in outcome ? outcome.status : '?'}`)
    const isLimit = 'status' in outcome && outcome.status === 429
    if (!isLimit) failing += clock.now() - began + wait
    if (failing > retryBudget)
      throw new ConnectorError(
        `The file of ${file.id} ("${file.name}") does not come (${said(outcome)}). Given up after ${failures + 1} attempts.`,
        'transient_error',
      )
    await sleep(clock, wait, signal)
  }
}

type FileAttempt =
  | { readonly size: number }
  | { readonly fault: string }
  | (Outcome & { readonly authorization?: string | undefined })

/** One attempt: appends the missing bytes to the part of the file that is there. */
async function attempt(file: RecordFile, staged: StagedFile, open: Open, signal: AbortSignal): Promise<FileAttempt> {
  const begun = await staged.begun().catch(unwritable)
  // The file is complete: an earlier program ended before it could finish it.
  if (begun > 0 && begun === file.size) return { size: begun }
  const from = file.size !== undefined && begun > file.size ? 0 : begun
  try {
    const { status, headers, body, authorization } = await open(new URL(file.url), from)
    if (status === 200 || (status === 206 && beginsAt(headers['content-range'], from)))
      return { size: await staged.append(status === 206 ? from : 0, body) }
    await body.dump()
    // The part that is there does not belong to the present file.
    if (status === 206 || status === 416) {
      await staged.drop()
      return { error: undefined }
    }
    return { status, headers, authorization }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (isOfFolder(error)) unwritable(error)
    if (error instanceof ConnectorError && error.failureType === 'system_error') return { fault: messageOf(error) }
    if (error instanceof ConnectorError) throw error
    return { error }
  }
}

const beginsAt = (range: unknown, from: number): boolean => String(range).startsWith(`bytes ${from}-`)

const said = (outcome: FileAttempt): string => {
  if ('status' in outcome) return `HTTP ${outcome.status}`
  if ('size' in outcome) return `${outcome.size} bytes`
  return 'error' in outcome && outcome.error !== undefined
    ? messageOf(outcome.error)
    : 'another part than was asked for'
}

const OF_FOLDER = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EMFILE',
  'ENAMETOOLONG',
])
const isOfFolder = (error: unknown): boolean => OF_FOLDER.has(String((error as { code?: unknown }).code))

function unwritable(error: unknown): never {
  throw new ConnectorError(
    `Files cannot be written to the staging folder: ${messageOf(error)}. Give a folder with room in "files_folder", or in AIRBYTE_STAGING_DIRECTORY.`,
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
