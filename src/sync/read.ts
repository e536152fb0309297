import { ConnectorError, type FailureType, failureTypeOf, isClosed, isLimit, messageOf } from '../model/errors.ts'
import type { Message } from '../model/message.ts'
import type { ConfiguredStream, StreamState, Walk } from '../model/stream.ts'
import { filesAgain } from './emit/files.ts'
import { createLaterFiles } from './emit/later-files.ts'
import { deletedRecordsOf } from './emit/records.ts'
import { type ParentWatcher, watcherOf } from './export/parent-watcher.ts'
import { type Failures, readExport } from './export/read-export.ts'
import type { ReadOptions, Sync } from './export/run.ts'
import { readFallback } from './fallback/read-changed.ts'
import { byListName, fallbackStreams, switchToFallback, usesFallback } from './fallback/reader.ts'
import type { FallbackStream } from './fallback/run.ts'
import { fallbackProgressFrom } from './fallback/state.ts'
import { beginnings, withHeartbeat } from './heartbeat.ts'
import { readList } from './list/read-list.ts'
import { merge } from './merge.ts'
import { createSideLoader } from './side-loads.ts'
import { listStateOf } from './state/list-state.ts'
import { checkNotAhead } from './state/not-ahead.ts'
import { stateToUse } from './state/progress.ts'
import { withSelection } from './state/start-date.ts'

/** The streams that share a walk, and the parent watchers on it. */
interface Group {
  readonly walk: Walk
  /** Whether the walk is the fallback of its streams. */
  readonly isFallback: boolean
  readonly streams: ConfiguredStream[]
  readonly watchers: ParentWatcher[]
  /** Resolves when the walk is over: to true if it was read to its end. */
  readonly end: PromiseWithResolvers<boolean>
}

/**
 * Reads every configured stream. A stream that fails reports it and ends; the others go on. Throws a ConnectorError at the
 * end if any failed, at once if a state cannot be understood or lies ahead of now, and the signal's reason if it was aborted.
 */
export async function* readAll(asked: readonly ConfiguredStream[], given: ReadOptions): AsyncGenerator<Message> {
  const { options, answeredAt } = withAnswerTime(given)
  const laterFiles = createLaterFiles(asked)
  for (const one of laterFiles.streams) checkState(one)
  const configured = laterFiles.streams.map((one) => withSelection(one, options.selection, options.log))
  const now = Math.floor(options.clock.now() / 1000)
  await checkNotAhead(configured, now, options.get)
  const isFallback = (one: ConfiguredStream): boolean => usesFallback(one, options.reader, now)
  const states = new Map<string, StreamState>()
  const failed = new Map<string, FailureType>()
  const groups = [
    ...groupsOf(
      configured.filter((one) => !isFallback(one)),
      options,
    ),
    ...fallbackGroups(configured.filter(isFallback)),
  ]
  const watchers = new Map(groups.flatMap((group) => group.watchers.map((one) => [one.child.stream.name, one])))
  const sync: Sync = { ...options, watchers, counts: new Map(), sideLoads: createSideLoader(options), laterFiles }

  const run = (group: Group): AsyncGenerator<Message> => runGroup(group, { states, failed, sync })
  const begun = beginnings(configured, isFallback)
  const running = new Set<string>()
  const messages = withHeartbeat(merge(groups.map(run), options.walksAtOnce), begun, options.clock, answeredAt)
  for await (const message of messages) {
    // Airbyte's protocol: a stream runs from its first record on.
    if (message.kind === 'records' && !running.has(message.stream)) {
      running.add(message.stream)
      yield { kind: 'status', stream: message.stream, status: 'running' }
    }
    yield laterFiles.withRecords(message)
    if (message.kind === 'checkpoint') states.set(message.stream, message.state)
  }
  options.signal.throwIfAborted()
  if (failed.size === 0) return
  const names = [...failed.keys()].join(', ')
  // If somebody has to fix something, trying again is no use: such a failure comes first.
  const worst = (['config_error', 'system_error'] as const).find((type) => [...failed.values()].includes(type))
  throw new ConnectorError(`These streams could not be read to their end: ${names}.`, worst ?? 'transient_error')
}

/** These options, and when the last request was answered (epoch ms); until the first one, now. */
function withAnswerTime(options: ReadOptions): { readonly options: ReadOptions; readonly answeredAt: () => number } {
  const { clock } = options
  let last = clock.now()
  const get: ReadOptions['get'] = async (request) => {
    const page = await options.get(request)
    last = clock.now()
    return page
  }
  return { options: { ...options, get }, answeredAt: () => last }
}

/** What the groups of one sync share. */
interface Shared {
  /** The last checkpoint of each stream. */
  readonly states: ReadonlyMap<string, StreamState>
  readonly failed: Map<string, FailureType>
  readonly sync: Sync
}

/** Reads one group to its end, with the statuses of its streams. A failure ends these streams only. */
async function* runGroup(group: Group, { states, failed, sync }: Shared): AsyncGenerator<Message> {
  const { walk, streams, end } = group
  let failures: Failures
  try {
    for (const one of streams) {
      yield* begin(one, sync)
      yield* filesAgain(one, sync)
    }
    failures = yield* messagesOf(group, states, sync)
    end.resolve(true)
  } catch (error) {
    failures = new Map(streams.map(({ stream }) => [stream.name, error]))
    if (streams.length === 0 && !sync.signal.aborted) sync.log('warn', `${walk.path}: ${messageOf(error)}`)
  } finally {
    end.resolve(false)
  }
  for (const { stream } of streams) {
    const { name } = stream
    const isPostponed = sync.endsAtLimit && isLimit(failures.get(name))
    if (isPostponed) yield moreToCome(name, failures.get(name))
    else if (failures.has(name) && !sync.signal.aborted) {
      failed.set(name, failureTypeOf(failures.get(name)))
      yield { kind: 'error', stream: name, error: failures.get(name) }
    }
    yield { kind: 'status', stream: name, status: failures.has(name) ? 'incomplete' : 'complete' }
  }
}

/** Says that a stream ended at a limit: nothing is wrong, and nothing is lost. */
const moreToCome = (stream: string, error: unknown): Message => ({
  kind: 'log',
  level: 'info',
  message: `${stream}: more to come. ${messageOf(error)} The next sync goes on from the state.`,
})

/** The messages of a group, from the reader that suits it. */
function messagesOf(
  group: Group,
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const { walk, streams, isFallback } = group
  if (isFallback) return readFallback(walk, fallbackStreams(streams), sync)
  if (walk.order === 'unordered') return readList(walk, streams, sync)
  return sync.reader === 'auto' && streams.length > 0
    ? readExportOrFallback(group, states, sync)
    : readExport(walk, streams, group.watchers, sync)
}

/** Reads an export; switches to the fallback if Zendesk closes it. */
async function* readExportOrFallback(
  { walk, streams, watchers, end }: Group,
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  try {
    return yield* readExport(walk, streams, watchers, sync)
  } catch (error) {
    if (!isClosed(error)) throw error
    // Child streams that wait for this walk need not wait for the lists.
    end.resolve(false)
    return yield* switchToFallback(error, walk.path, streams, states, sync)
  }
}

/** Throws a ConnectorError for a state that cannot be understood: before anything is read. */
export function checkState(one: ConfiguredStream): void {
  if (one.stream.walk.order === 'unordered') listStateOf(one)
  else fallbackProgressFrom(one)
}

/** Reports that a stream has started; in a first sync also how many rows to expect. */
async function* begin(one: ConfiguredStream, { get, log, counts }: Sync): AsyncGenerator<Message> {
  const { name, count } = one.stream
  yield { kind: 'status', stream: name, status: 'started' }
  // A count of everything says nothing of what is read from a start date on.
  if (count === undefined || stateToUse(one) !== undefined || (one.selection?.startDate ?? 0) > 0) return
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

/** Groups streams by walk. A parent's walk comes before its children's, which wait for its end: else all slots could wait. */
function groupsOf(configured: readonly ConfiguredStream[], options: ReadOptions): readonly Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (walk: Walk): Group => {
    const known = groups.get(walk.name)
    if (known) return known
    const group: Group = { walk, isFallback: false, streams: [], watchers: [], end: Promise.withResolvers() }
    groups.set(walk.name, group)
    return group
  }
  for (const one of configured) {
    const { parent } = one.stream
    const isDeleting = deletedRecordsOf(one, options.deletedRecords) === 'delete'
    if (!parent || !(isDeleting || parent.ofRestored)) continue
    const group = groupOf(parent.walk)
    group.watchers.push(watcherOf(one, group.end.promise, Math.floor(options.clock.now() / 1000)))
  }
  for (const one of configured) groupOf(one.stream.walk).streams.push(one)
  return [...groups.values()]
}

/** Groups streams that are read by their fallback, by its list. */
const fallbackGroups = (configured: readonly ConfiguredStream[]): readonly Group[] =>
  [...byListName(fallbackStreams(configured)).values()].map((fallbacks) => ({
    walk: (fallbacks[0] as FallbackStream).fallback.walk,
    isFallback: true,
    streams: fallbacks.map(({ one }) => one),
    watchers: [],
    end: Promise.withResolvers(),
  }))
