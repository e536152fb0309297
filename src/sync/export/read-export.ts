import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, RecordData, Walk } from '../../model/stream.ts'
import { cutFor } from '../cut.ts'
import { createdSince } from '../emit/created-since.ts'
import { withFiles } from '../emit/files.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import { joinIncludes, readWalk } from '../pages.ts'
import { emitRestored, noteGivenAgain, rememberMissing } from './deleted-parents.ts'
import { announceNew, takeInventory } from './inventory.ts'
import {
  lookBackForDeleted,
  lookBackForReported,
  lookBackForRestored,
  readLookbacks,
  wantedOf,
  withoutLookbackRows,
} from './lookback.ts'
import { forget, type ParentWatcher, pendingOf, watchPage } from './parent-watcher.ts'
import { checkpoint, type StreamRun, type Sync, startRun, unlessFailed } from './run.ts'

/** By stream: the error that ended it while its walk went on. */
export type Failures = ReadonlyMap<string, unknown>

/**
 * Reads one ascending walk for all its streams and parent watchers together: each page is requested once. Returns the
 * errors that ended single streams, by name; throws an error that ends the walk.
 */
export async function* readExport(
  walk: Walk,
  configured: readonly ConfiguredStream[],
  watchers: readonly ParentWatcher[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const runs = configured.map((one) => startRun(one, sync))
  const positions = [...runs.map(({ begin }) => begin), ...watchers.map(({ position }) => position)]
  const from = positions.reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const include = joinIncludes(configured.map(({ stream }) => stream.include))
  const streams = configured.map(({ stream }) => stream.name)
  const parents = watchers.flatMap(({ child }) => child.stream.parent ?? [])
  const options = { ...sync, include, streams, cut: cutFor(walk, configured, parents) }
  for (const run of runs) run.joined = !walk.isBefore(from, run.begin)

  for (const run of runs.filter((one) => !onlyRestores(one))) {
    yield* deletionsOfParents(run)
    await lookBackForReported(run, sync)
  }
  for await (const step of readWalk(walk, from, options)) {
    if (step.warning !== undefined) yield { kind: 'log', level: 'warn', message: step.warning }
    for (const watcher of watchers) yield* watchPage(watcher, walk, step)
    for (const run of runs) run.joined ||= walk.isBefore(run.begin, step.after)
    for (const run of reading(runs)) yield* announceNew(run, step.rows, sync)
    for (const run of reading(runs))
      yield* unlessFailed(run, withFiles([run.one], emitPage(run, walk, step.rows, sync), sync))
    for (const run of reading(runs)) {
      run.progress = { ...run.progress, position: step.after, ahead: run.hydrator?.ahead() ?? {} }
      yield checkpoint(run, false)
    }
    if (runs.length > 0 && runs.every(({ failure }) => failure !== undefined)) break
  }
  for (const run of runs.filter((one) => onlyRestores(one) && one.failure === undefined)) {
    yield* deletionsOfParents(run)
    yield* unlessFailed(run, emitRestored(run, sync))
  }
  const whole = runs.filter(({ failure }) => failure === undefined)
  for (const run of whole) lookBackForDeleted(run)
  yield* readLookbacks(walk, whole, options)
  const ended = whole.filter(({ failure }) => failure === undefined)
  for (const run of ended) yield* unlessFailed(run, takeInventory(run, sync))
  for (const run of ended) if (run.failure === undefined) yield checkpoint(run, true)
  return new Map(runs.flatMap(({ one, failure }) => (failure === undefined ? [] : [[one.stream.name, failure]])))
}

/** Whether a stream takes nothing but restorations from its parents, and so need not wait for them. */
const onlyRestores = ({ one }: StreamRun): boolean => one.stream.parent?.ofRestored !== undefined

const reading = (runs: readonly StreamRun[]): readonly StreamRun[] =>
  runs.filter(({ joined, failure }) => joined && failure === undefined)

/** Waits until the parents' walk was read for their deletions. If it failed, a later sync emits them. */
async function* deletionsOfParents(run: StreamRun): AsyncGenerator<Message> {
  const { one, watcher } = run
  if (!watcher) return
  const isWhole = await watcher.done
  if (!isWhole) forget(watcher)
  run.progress = { ...run.progress, parent: pendingOf(watcher) }
  if (isWhole) return
  const message = `${one.stream.name}: deletions of its records with their ticket could not be read; the next sync emits them.`
  yield { kind: 'log', level: 'warn', message }
}

/** Emits one page for one stream. */
async function* emitPage(
  run: StreamRun,
  walk: Walk,
  given: readonly RecordData[],
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, hydrator, watcher } = run
  const { stream } = one
  const completed = await sync.sideLoads.filled(wantedOf(run, walk, given))
  rememberMissing(run, given, completed, sync)
  const rows = withoutLookbackRows(run, completed)
  const records = stream.records(rows)
  noteGivenAgain(run, records)
  const parentDeletedAt = (record: RecordData): string | undefined =>
    stream.parent && watcher?.deleted.get(stream.parent.idOf(record))?.deletedAt
  await lookBackForRestored(run, rows, sync)

  if (hydrator) {
    const deleted = records.filter((stub) => parentDeletedAt(stub) !== undefined)
    const full = await hydrator.records(records.filter((stub) => parentDeletedAt(stub) === undefined))
    rememberMissing(run, given, given, sync)
    yield* recordsMessage(one, full, sync.deletedRecords)
    const deletions = deleted.map((record) => ({ record, deletedAt: parentDeletedAt(record) as string }))
    yield* deletionsMessage(one, deletions, sync.deletedRecords)
    return
  }
  const deletedAt = watcher?.deleted.size
    ? (record: RecordData) => stream.deletedAt(record) ?? parentDeletedAt(record)
    : stream.deletedAt
  yield* recordsMessage(one, records, sync.deletedRecords, deletedAt)
  if (stream.deletions) yield* deletionsMessage(one, stream.deletions(createdSince(one, rows)), sync.deletedRecords)
}
