import { ConnectorError, type FailureType, failureTypeOf, isClosed, messageOf } from '../model/errors.ts'
import type { Message } from '../model/message.ts'
import type { ConfiguredStream, StreamState, Walk } from '../model/stream.ts'
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
import { stateToUse } from './state/progress.ts'
import { withSelection } from './state/start-date.ts'

/** The streams that one walk feeds, and those that only listen to it. */
interface Group {
  readonly walk: Walk
  /** Whether its streams are read from lists in place of their exports. */
  readonly isFallback: boolean
  readonly members: ConfiguredStream[]
  readonly watchers: ParentWatcher[]
  readonly end: PromiseWithResolvers<boolean>
}

/**
 * Reads every configured stream. A stream that fails says so and ends; the others go on. Throws a ConnectorError at the
 * end if any failed, at once if a state cannot be understood, and the signal's reason if it was given.
 */
export async function* readAll(asked: readonly ConfiguredStream[], options: ReadOptions): AsyncGenerator<Message> {
  for (const one of asked) checkState(one)
  const configured = asked.map((one) => withSelection(one, options.selection, options.log))
  const now = Math.floor(options.clock.now() / 1000)
  const isListed = (one: ConfiguredStream): boolean => usesFallback(one, options.reader, now)
  const states = new Map<string, StreamState>()
  const failed = new Map<string, FailureType>()
  const groups = [
    ...groupsOf(
      configured.filter((one) => !isListed(one)),
      options,
    ),
    ...fallbackGroups(configured.filter(isListed)),
  ]
  const watchers = new Map(groups.flatMap((group) => group.watchers.map((one) => [one.child.stream.name, one])))
  const sync: Sync = { ...options, watchers: watchers, counts: new Map(), sideLoads: createSideLoader(options) }

  const run = (group: Group): AsyncGenerator<Message> => runGroup(group, { states, failed, sync })
  const begun = beginnings(configured, isListed)
  const running = new Set<string>()
  for await (const message of withHeartbeat(merge(groups.map(run), options.walksAtOnce), begun, options.clock)) {
    // A stream's first record makes it `running`.
    if (message.kind === 'records' && !running.has(message.stream)) {
      running.add(message.stream)
      yield { kind: 'status', stream: message.stream, status: 'running' }
    }
    yield message
    if (message.kind === 'checkpoint') states.set(message.stream, message.state)
  }
  options.signal.throwIfAborted()
  if (failed.size === 0) return
  const names = [...failed.keys()].join(', ')
  // What somebody must mend is not mended by trying again.
  const worst = (['config_error', 'system_error'] as const).find((type) => [...failed.values()].includes(type))
  throw new ConnectorError(`These streams could not be read to their end: ${names}.`, worst ?? 'transient_error')
}

/** What the groups of one sync share. */
interface Shared {
  /** The last checkpoint of each stream. */
  readonly states: ReadonlyMap<string, StreamState>
  readonly failed: Map<string, FailureType>
  readonly sync: Sync
}

/** Reads one group to its end: its streams start, are read, and end, each for itself. A failure ends these streams only. */
async function* runGroup(group: Group, { states, failed, sync }: Shared): AsyncGenerator<Message> {
  const { walk, members, end } = group
  let failures: Failures
  try {
    for (const one of members) yield* begin(one, sync)
    failures = yield* messagesOf(group, states, sync)
    end.resolve(true)
  } catch (error) {
    failures = new Map(members.map(({ stream }) => [stream.name, error]))
    if (members.length === 0 && !sync.signal.aborted) sync.log('warn', `${walk.path}: ${messageOf(error)}`)
  } finally {
    end.resolve(false)
  }
  for (const { stream } of members) {
    const { name } = stream
    if (failures.has(name) && !sync.signal.aborted) {
      failed.set(name, failureTypeOf(failures.get(name)))
      yield { kind: 'error', stream: name, error: failures.get(name) }
    }
    yield { kind: 'status', stream: name, status: failures.has(name) ? 'incomplete' : 'complete' }
  }
}

/** The messages of a group, by the way in which it is read. */
function messagesOf(
  group: Group,
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const { walk, members, isFallback } = group
  if (isFallback) return readFallback(walk, fallbackStreams(members), sync)
  if (walk.order === 'unordered') return readList(walk, members, sync)
  return sync.reader === 'auto' && members.length > 0
    ? orFromLists(group, states, sync)
    : readExport(walk, members, group.watchers, sync)
}

/** Reads an export; goes on from lists if Zendesk closes it. */
async function* orFromLists(
  { walk, members, watchers, end }: Group,
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  try {
    return yield* readExport(walk, members, watchers, sync)
  } catch (error) {
    if (!isClosed(error)) throw error
    // Those who listen are not kept waiting for the lists.
    end.resolve(false)
    return yield* switchToFallback(error, walk.path, members, states, sync)
  }
}

/** Throws a ConnectorError for a state that cannot be understood: before anything is read, and never in silence. */
export function checkState(one: ConfiguredStream): void {
  if (one.stream.walk.order === 'unordered') listStateOf(one)
  else fallbackProgressFrom(one)
}

/** A stream has started; the first time, how many rows to expect. */
async function* begin(one: ConfiguredStream, { get, log, counts }: Sync): AsyncGenerator<Message> {
  const { name, count } = one.stream
  yield { kind: 'status', stream: name, status: 'started' }
  if (count === undefined || stateToUse(one) !== undefined) return
  try {
    const asked = counts.get(count) ?? get({ path: count, streams: [name], once: true })
    counts.set(count, asked)
    const page = await asked
    const value = (page['count'] as { value?: unknown } | undefined)?.value
    if (typeof value === 'number') yield { kind: 'estimate', stream: name, rows: value }
  } catch (error) {
    // Only a progress bar would miss it.
    log('debug', `${count}: ${messageOf(error)}`)
  }
}

/** Streams of one walk together; a parent's walk before its children's, which wait for its end. */
function groupsOf(configured: readonly ConfiguredStream[], options: ReadOptions): readonly Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (walk: Walk): Group => {
    const known = groups.get(walk.name)
    if (known) return known
    const group: Group = { walk, isFallback: false, members: [], watchers: [], end: Promise.withResolvers() }
    groups.set(walk.name, group)
    return group
  }
  for (const one of configured) {
    const { parent } = one.stream
    if (!parent || deletedRecordsOf(one, options.deletedRecords) !== 'delete') continue
    const group = groupOf(parent.walk)
    group.watchers.push(watcherOf(one, group.end.promise))
  }
  for (const one of configured) groupOf(one.stream.walk).members.push(one)
  return [...groups.values()]
}

/** Streams that are read from lists in place of their exports, by those lists. */
const fallbackGroups = (configured: readonly ConfiguredStream[]): readonly Group[] =>
  [...byListName(fallbackStreams(configured)).values()].map((fallbacks) => ({
    walk: (fallbacks[0] as FallbackStream).fallback.walk,
    isFallback: true,
    members: fallbacks.map(({ one }) => one),
    watchers: [],
    end: Promise.withResolvers(),
  }))
