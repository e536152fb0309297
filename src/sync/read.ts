import {
  ConnectorError,
  type FailureType,
  failureTypeOf,
  type HttpError,
  isClosed,
  isLimit,
  messageOf,
} from '../model/errors.ts'
import { logMessage, type Message } from '../model/message.ts'
import type { ConfiguredStream, StreamState } from '../model/stream.ts'
import { filesAgain } from './emit/isolated.ts'
import { laterFilesOf, withLaterFiles, withoutLaterFiles } from './emit/later-files.ts'
import { feedOf, type Group, groupsOf, instead, withoutFallback } from './groups.ts'
import { beginnings, withHeartbeat } from './heartbeat.ts'
import { merge } from './merge.ts'
import { readFeed } from './read-feed.ts'
import { type Failures, isFallback, type OpenStream, openStream, type ReadOptions, type Sync } from './run.ts'
import { sideLoader } from './side-loads.ts'
import { checkNotAhead } from './state/not-ahead.ts'
import { withSelection } from './state/start-date.ts'

/**
 * Reads every configured stream. A stream that fails reports it and ends; the others go on. Throws a ConnectorError at the
 * end if any failed, at once if a state cannot be understood or lies ahead of now, and the signal's reason if it was aborted.
 */
export async function* readAll(asked: readonly ConfiguredStream[], options: ReadOptions): AsyncGenerator<Message> {
  const { asEmitted = (message) => message } = options
  const laterFiles = laterFilesOf(asked)
  const opened = await openStreams(asked.map(withoutLaterFiles), options)
  const states = new Map<string, StreamState>()
  const failed = new Map<string, FailureType>()
  const groups = groupsOf(opened, options)
  const watchers = new Map(groups.flatMap((group) => group.watchers.map((one) => [one.child.one.stream.name, one])))
  const sync: Sync = { ...options, watchers, counts: new Map(), filled: sideLoader(options), laterFiles }

  const run = (group: Group): AsyncGenerator<Message> => runGroup(group, { states, failed, sync })
  const running = new Set<string>()
  const messages = withHeartbeat(
    merge(groups.map(run), options.walksAtOnce),
    beginnings(opened),
    options.clock,
    options.answeredAt,
  )
  for await (const message of messages) {
    // Airbyte's protocol: a stream runs from its first record on.
    if (message.kind === 'records' && !running.has(message.stream)) {
      running.add(message.stream)
      yield { kind: 'status', stream: message.stream, status: 'running' }
    }
    yield asEmitted(withLaterFiles(laterFiles, message))
    if (message.kind === 'checkpoint') states.set(message.stream, message.state)
  }
  options.signal.throwIfAborted()
  if (failed.size === 0) return
  const names = [...failed.keys()].join(', ')
  // If somebody has to fix something, trying again is no use: such a failure comes first.
  const worst = (['config_error', 'system_error'] as const).find((type) => [...failed.values()].includes(type))
  throw new ConnectorError(`These streams could not be read completely: ${names}.`, worst ?? 'transient_error')
}

/** The streams with their feeds and parsed states: the only place where states are looked at before they are read on. */
async function openStreams(asked: readonly ConfiguredStream[], options: ReadOptions): Promise<readonly OpenStream[]> {
  const now = Math.floor(options.clock.now() / 1000)
  for (const one of asked) checkState(one)
  const opened = asked
    .map((one) => withSelection(one, options.selection, options.log))
    .map((one) => openStream(one, feedOf(one, options.reader, now)))
  await checkNotAhead(opened, now, options.get)
  return opened
}

/** Throws a ConnectorError for a state that cannot be understood: before anything is read. */
export const checkState = (one: ConfiguredStream): void => void openStream(one)

/** What the groups of one sync share. */
interface Shared {
  /** The last checkpoint of each stream. */
  readonly states: ReadonlyMap<string, StreamState>
  readonly failed: Map<string, FailureType>
  readonly sync: Sync
}

/** Reads one group to its end, with the statuses of its streams. A failure ends these streams only. */
async function* runGroup(group: Group, shared: Shared): AsyncGenerator<Message> {
  const { walk, streams, end } = group
  const { failed, sync } = shared
  let failures: Failures
  try {
    for (const open of streams) {
      yield* begin(open, sync)
      yield* filesAgain(open.one, sync)
    }
    failures = yield* readFeed(group, sync)
    end.resolve(true)
  } catch (error) {
    // Child streams that wait for this walk need not wait for the lists.
    end.resolve(false)
    if (isClosed(error) && mayFallBack(group, sync)) failures = yield* readInstead(error, group, shared)
    else failures = failuresOf(group, error)
    if (streams.length === 0 && !sync.signal.aborted) sync.log('warn', `${walk.path}: ${messageOf(error)}`)
  } finally {
    end.resolve(false)
  }
  for (const { one } of streams) {
    const { name } = one.stream
    const isPostponed = sync.endsAtLimit && isLimit(failures.get(name))
    if (isPostponed) yield moreToCome(name, failures.get(name))
    else if (failures.has(name) && !sync.signal.aborted) {
      failed.set(name, failureTypeOf(failures.get(name)))
      yield { kind: 'error', stream: name, error: failures.get(name) }
    }
    yield { kind: 'status', stream: name, status: failures.has(name) ? 'incomplete' : 'complete' }
  }
}

/** This error for each stream of a group. */
const failuresOf = ({ streams }: Group, error: unknown): Failures =>
  new Map(streams.map(({ one }) => [one.stream.name, error]))

const mayFallBack = ({ streams }: Group, { reader }: Sync): boolean =>
  reader === 'auto' && streams.length > 0 && streams.every((open) => !open.feed.compares && !isFallback(open))

/**
 * Continues from lists after an export has turned out to be closed, from the last checkpoints. Streams without a fallback
 * fail with what Zendesk said.
 */
async function* readInstead(
  error: HttpError,
  { walk, streams }: Group,
  shared: Shared,
): AsyncGenerator<Message, Failures> {
  const failures = new Map<string, unknown>()
  for (const { one } of streams) if (!one.stream.feeds[1]) failures.set(one.stream.name, withoutFallback(error))
  const groups = instead(streams, shared.states, shared.sync)
  const names = groups.flatMap((group) => group.streams.map(({ one }) => one.stream.name)).join(', ')
  if (groups.length > 0)
    yield logMessage(
      'info',
      `Zendesk does not give ${walk.path} to this connection (HTTP ${error.status}): ${names} are read from lists instead. ` +
        'The export is asked again in a day.',
    )
  for (const group of groups)
    try {
      for (const [name, failure] of yield* readFeed(group, shared.sync)) failures.set(name, failure)
    } catch (failure) {
      for (const [name] of failuresOf(group, failure)) failures.set(name, failure)
    }
  return failures
}

/** Says that a stream ended at a limit: nothing is wrong, and nothing is lost. */
const moreToCome = (stream: string, error: unknown): Message =>
  logMessage('info', `${stream}: more to come. ${messageOf(error)} The next sync goes on from the state.`)

/** Reports that a stream has started; in a first sync also how many rows to expect. */
async function* begin({ one, isFirst }: OpenStream, { get, log, counts }: Sync): AsyncGenerator<Message> {
  const { name, count } = one.stream
  yield { kind: 'status', stream: name, status: 'started' }
  // A count of everything says nothing of what is read from a start date on.
  if (count === undefined || !isFirst || (one.selection?.startDate ?? 0) > 0) return
  try {
    const [path = '', query] = count.split('?')
    const asked =
      counts.get(count) ??
      get({
        path,
        ...(query && { query: Object.fromEntries(new URLSearchParams(query)) }),
        streams: [name],
        once: true,
      })
    counts.set(count, asked)
    const { count: counted } = await asked
    const value = typeof counted === 'number' ? counted : (counted as { value?: unknown } | undefined)?.value
    if (typeof value === 'number') yield { kind: 'estimate', stream: name, rows: value }
  } catch (error) {
    // Only a progress bar needs it.
    log('debug', `${count}: ${messageOf(error)}`)
  }
}
