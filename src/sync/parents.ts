// Children go with their parent: what a parent's walk says of deletions and restorations.

import { logMessage, type Message } from '../model/message.ts'
import type { ParentDeletion, RecordData, Walk } from '../model/stream.ts'
import { epochOf } from '../model/time.ts'
import type { Step } from './pages.ts'
import { checkpoint, move, type OpenStream, type ParentWatcher, type Run, type Sync } from './run.ts'
import type { ParentProgress } from './state/progress.ts'

/** For how many seconds after its deletion a ticket may be restored (fact 120), and a day more, for clocks that differ. */
export const RESTORABLE = 31 * 86_400

/** How many deletions a state holds at most; with more, they are read again after a crash. */
const DELETIONS_IN_STATE = 5_000

/** How many deleted parents a state remembers at most, the newest ones. */
const MOST_REMEMBERED = 5_000

/** How long after a deletion its row may appear in the export, in seconds. Assumed (fact 324): no more than a minute. */
const DELETION_LAG = 86_400

/**
 * The watcher for a child stream, before the first page of the parent's walk. Without a state it begins where the child
 * does. `now` in epoch seconds.
 */
export function watcherOf(child: OpenStream, done: Promise<boolean>, now: number): ParentWatcher {
  const { parent, position } = child.progress
  // If only restorations count, those of parents that were deleted long ago cannot come any more.
  const from = child.one.stream.parent?.ofRestored ? Math.max(position.time, now - RESTORABLE) : position.time
  const begin = parent ?? { position: { time: from }, deleted: new Map(), reported: new Map() }
  return {
    child,
    begin,
    reportedUntil: parent ? parent.position.time - DELETION_LAG : 0,
    done,
    position: begin.position,
    deleted: new Map(begin.deleted),
    reported: new Map(begin.reported),
    again: new Set(),
  }
}

/**
 * Whether no earlier sync emitted this deletion. A deleted ticket appears once more when it is scrubbed 30 days later, with
 * the same time of deletion.
 */
export const isNew = ({ begin, reportedUntil }: ParentWatcher, { id, deletedAt }: ParentDeletion): boolean =>
  begin.deleted.has(id) || (epochOf(deletedAt) ?? reportedUntil) >= reportedUntil

/** Remembers that a parent is deleted, so that its own walk can show that it was restored. */
function rememberDeleted({ reported }: ParentWatcher, id: number, deletedAt: number): void {
  reported.delete(id)
  reported.set(id, deletedAt)
  if (reported.size <= MOST_REMEMBERED) return
  const oldest = reported.entries().find(([, at]) => at !== null)
  if (oldest) reported.delete(oldest[0])
}

/** Notes the deletions of one page of the parent's walk. A parent that is live on it was restored. */
export function* watchPage(watcher: ParentWatcher, walk: Walk, { rows, after, at: now }: Step): Generator<Message> {
  if (!walk.isBefore(watcher.position, after)) return
  const { child, deleted, reported } = watcher
  const { one, progress } = child
  const { parent } = one.stream
  for (const row of rows) {
    const deletion = parent?.deletionOf(row)
    const id = row['id'] as number
    if (deletion) {
      if (!parent?.ofRestored) deleted.set(deletion.id, deletion)
      const at = epochOf(deletion.deletedAt)
      if (at !== undefined && at > now - RESTORABLE) rememberDeleted(watcher, deletion.id, at)
    } else {
      deleted.delete(id)
      if (reported.has(id)) reported.set(id, null)
    }
  }
  watcher.position = after
  // A child that takes only restorations does not wait: its own checkpoints are farther than this one would be.
  if (parent?.ofRestored) return
  // The child waits for this walk: a checkpoint shows that its sync is alive, and keeps what was read so far.
  yield checkpoint({ one, progress: { ...progress, parent: pendingOf(watcher) } }, false)
}

/** What the child's state holds of its parent until the child was read. */
export function pendingOf(watcher: ParentWatcher): ParentProgress {
  const { begin, position, deleted, reported } = watcher
  if (deleted.size > DELETIONS_IN_STATE) return begin
  const known = { position, deleted: new Map(deleted), reported: new Map(reported) }
  return deleted.size === 0
    ? known
    : { ...known, knownSince: Math.max(...[...deleted.keys()].map((id) => unawareUntil(watcher, id))) }
}

/**
 * Up to when (epoch seconds) the children of this deleted parent were emitted before its deletion was known: only these are
 * to be looked for. If an earlier sync that did not come to its end knew of it, it emitted the later ones as deleted.
 */
export function unawareUntil({ begin, child }: ParentWatcher, id: number): number {
  const { time } = child.progress.position
  return begin.deleted.has(id) ? (begin.knownSince ?? time) : time
}

/** Whether a stream takes nothing but restorations from its parents, and so need not wait for them. */
export const onlyRestores = ({ one }: Run): boolean => one.stream.parent?.ofRestored !== undefined

/** Waits until the parents' walk was read for their deletions. If it failed, a later sync emits them. */
export async function* deletionsOfParents(run: Run): AsyncGenerator<Message> {
  const { one, watcher } = run
  if (!watcher) return
  const isWhole = await watcher.done
  if (!isWhole) forget(watcher)
  move(run, { parent: pendingOf(watcher) })
  if (isWhole) return
  const message = `${one.stream.name}: which of its records were deleted with their tickets could not be read; the next sync emits these deletions.`
  yield logMessage('warn', message)
}

/** Forgets what this sync has read: the parent's walk failed, and the next sync reads it again. */
function forget(watcher: ParentWatcher): void {
  const { begin, deleted, reported } = watcher
  watcher.position = begin.position
  deleted.clear()
  for (const [id, deletion] of begin.deleted) deleted.set(id, deletion)
  reported.clear()
  for (const [id, at] of begin.reported) if (!watcher.again.has(id)) reported.set(id, at)
}

/**
 * Remembers parents that were deleted when their children were asked for: these children were left out. If they are
 * restored before a next sync sees them deleted, their own walk shows them live.
 */
export function rememberMissing(
  run: Run,
  given: readonly RecordData[],
  completed: readonly RecordData[],
  { clock }: Sync,
): void {
  const { watcher, hydration, one } = run
  const { parent } = one.stream
  if (!watcher || !parent) return
  const kept = given === completed ? undefined : new Set(completed.map(parent.idOf))
  const lost = kept ? given.map(parent.idOf).filter((id) => !kept.has(id)) : []
  const missing = [...lost, ...(hydration?.missingParents ?? [])].filter((id) => !watcher.reported.has(id))
  if (missing.length === 0) return
  const now = Math.floor(clock.now() / 1000)
  for (const id of missing) rememberDeleted(watcher, id, now)
  const known = run.progress.parent ?? pendingOf(watcher)
  move(run, { parent: { ...known, reported: new Map(watcher.reported) } })
}

/**
 * Notes the parents of children that were deleted and that their own walk gives again: they were restored, and need not be
 * remembered any more.
 */
export function noteGivenAgain(run: Run, records: readonly RecordData[]): void {
  const { one, feed, watcher, begin } = run
  const { parent, deletedAt } = one.stream
  if (!watcher || !parent?.ofRestored || watcher.begin.reported.size === 0) return
  const { time } = begin.position
  for (const record of records) {
    const id = parent.idOf(record)
    const before = watcher.begin.reported.get(id)
    if (before === undefined || deletedAt(record) !== undefined) continue
    // A younger one may be new: it does not tell of the others.
    if ((feed.walk.timeOf?.(record) ?? time) >= (before ?? time) || watcher.again.has(id)) continue
    watcher.again.add(id)
    // Unless it was deleted once more since.
    const now = watcher.reported.get(id)
    if (now === null || now === before) watcher.reported.delete(id)
    const known = run.progress.parent
    if (known) move(run, { parent: { ...known, reported: without(known.reported, id) } })
  }
}

const without = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> =>
  new Map([...map].filter(([other]) => other !== key))

/**
 * The parents that their own walk shows as restored by now. Forgets them, and those that can no longer be restored, by this
 * machine's clock or by the account's: the walk has come as far as its position.
 */
export function* restoredParents({ reported, position }: ParentWatcher, { clock }: Sync): Generator<number> {
  const now = Math.max(clock.now() / 1000, position.time)
  for (const [id, deletedAt] of [...reported]) {
    if (deletedAt !== null && deletedAt > now - RESTORABLE) continue
    reported.delete(id)
    if (deletedAt === null) yield id
  }
}
