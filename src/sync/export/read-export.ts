import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, RecordData, Walk } from '../../model/stream.ts'
import { cutFor } from '../cut.ts'
import { createdSince } from '../emit/created-since.ts'
import { withFiles } from '../emit/files.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import { joinIncludes, readWalk } from '../pages.ts'
import { rememberReported } from './deleted-parents.ts'
import { takeInventory } from './inventory.ts'
import {
  lookBackForDeleted,
  lookBackForReported,
  lookBackForRestored,
  readLookBacks,
  wantedOf,
  withoutLookedBackAt,
} from './lookback.ts'
import { forget, type ParentWatcher, pendingOf, watchPage } from './parent-watcher.ts'
import { checkpoint, type StreamRun, type Sync, startRun, unlessFailed } from './run.ts'

/** By stream: what ended it while its walk went on. */
export type Failures = ReadonlyMap<string, unknown>

/**
 * Reads one ascending walk for all its members and followers together: each page is asked for once. Returns what ended
 * single streams, by name; throws what ended the walk.
 */
export async function* readExport(
  walk: Walk,
  configured: readonly ConfiguredStream[],
  watchers: readonly ParentWatcher[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const members = configured.map((one) => startRun(one, sync))
  const positions = [...members.map(({ begin }) => begin), ...watchers.map(({ position }) => position)]
  const from = positions.reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const include = joinIncludes(configured.map(({ stream }) => stream.include))
  const streams = configured.map(({ stream }) => stream.name)
  const parents = watchers.flatMap(({ child }) => child.stream.parent ?? [])
  const options = { ...sync, include, streams, cut: cutFor(walk, configured, parents) }
  for (const member of members) member.joined = !walk.isBefore(from, member.begin)

  for (const member of members) {
    yield* deletionsOfParents(member)
    await lookBackForReported(member, sync)
  }
  for await (const step of readWalk(walk, from, options)) {
    if (step.warning !== undefined) yield { kind: 'log', level: 'warn', message: step.warning }
    for (const watcher of watchers) yield* watchPage(watcher, walk, step)
    for (const member of members) member.joined ||= walk.isBefore(member.begin, step.after)
    for (const member of reading(members))
      yield* unlessFailed(member, withFiles([member.one], take(member, walk, step.rows, sync), sync))
    for (const member of reading(members)) {
      member.progress = { ...member.progress, position: step.after, ahead: member.hydrator?.ahead() ?? {} }
      yield checkpoint(member, false)
    }
    if (members.length > 0 && members.every(({ failure }) => failure !== undefined)) break
  }
  const whole = members.filter(({ failure }) => failure === undefined)
  for (const member of whole) lookBackForDeleted(member)
  yield* readLookBacks(walk, whole, options)
  const ended = whole.filter(({ failure }) => failure === undefined)
  for (const member of ended) yield* takeInventory(member, sync)
  for (const member of ended) yield checkpoint(member, true)
  return new Map(members.flatMap(({ one, failure }) => (failure === undefined ? [] : [[one.stream.name, failure]])))
}

const reading = (members: readonly StreamRun[]): readonly StreamRun[] =>
  members.filter(({ joined, failure }) => joined && failure === undefined)

/** Waits until the parents' walk has told its deletions. Where it failed, they are told by a later sync. */
async function* deletionsOfParents(member: StreamRun): AsyncGenerator<Message> {
  const { one, watcher } = member
  if (!watcher) return
  const isWhole = await watcher.done
  if (!isWhole) forget(watcher)
  member.progress = { ...member.progress, parent: pendingOf(watcher) }
  if (isWhole) return
  const message = `${one.stream.name}: which of its records went with a deleted ticket could not be read now; the next sync tells them.`
  yield { kind: 'log', level: 'warn', message }
}

/** One page for one stream. */
async function* take(member: StreamRun, walk: Walk, given: readonly RecordData[], sync: Sync): AsyncGenerator<Message> {
  const { one, hydrator, watcher } = member
  const { stream } = one
  const rows = withoutLookedBackAt(member, await sync.sideLoads.filled(wantedOf(member, walk, given)))
  const records = stream.records(rows)
  const parentDeletedAt = (record: RecordData): string | undefined =>
    stream.parent && watcher?.deleted.get(stream.parent.idOf(record))?.deletedAt
  await lookBackForRestored(member, rows, sync)

  if (hydrator) {
    const gone = records.filter((stub) => parentDeletedAt(stub) !== undefined)
    const full = await hydrator.records(records.filter((stub) => parentDeletedAt(stub) === undefined))
    yield* recordsMessage(one, full, sync.deletedRecords)
    const deletions = gone.map((record) => ({ record, deletedAt: parentDeletedAt(record) as string }))
    yield* deletionsMessage(one, deletions, sync.deletedRecords)
    return
  }
  const deletedAt = watcher?.deleted.size
    ? (record: RecordData) => stream.deletedAt(record) ?? parentDeletedAt(record)
    : stream.deletedAt
  if (watcher?.deleted.size) rememberReported(member, records, parentDeletedAt)
  yield* recordsMessage(one, records, sync.deletedRecords, deletedAt)
  if (stream.deletions) yield* deletionsMessage(one, stream.deletions(createdSince(one, rows)), sync.deletedRecords)
}
