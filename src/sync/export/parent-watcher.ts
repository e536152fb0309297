import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, ParentDeletion, Position, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import type { Step } from '../pages.ts'
import { RESTORABLE } from '../restorable.ts'
import { type ParentProgress, progressFrom, stateFrom } from '../state/progress.ts'

/** Watches the parent's walk for a child stream, to learn which parents were deleted or restored. */
export interface ParentWatcher {
  readonly child: ConfiguredStream
  readonly begin: ParentProgress
  /** Epoch seconds: earlier syncs emitted the deletions before this, except for those that `begin` names. */
  readonly reportedUntil: number
  position: Position
  readonly deleted: Map<number, ParentDeletion>
  readonly reported: Map<number, number | null>
  /** Parents whose children the child's own walk has given again: see `ofRestored`. */
  readonly again: Set<number>
  /** Resolves when the parent's walk is over: to true if it was read to its end. */
  readonly done: Promise<boolean>
}

/** How many deletions a state holds at most; with more, they are read again after a crash. */
const DELETIONS_IN_STATE = 5_000

/** How long after a deletion its row may appear in the export, in seconds. Assumed (fact 324): no more than a minute. */
const DELETION_LAG = 86_400

/**
 * The watcher for a child stream, before the first page of the parent's walk. Without a state it begins where the child
 * does. `now` in epoch seconds.
 */
export function watcherOf(child: ConfiguredStream, done: Promise<boolean>, now: number): ParentWatcher {
  const { parent, position } = progressFrom(child)
  // If only restorations count, those of parents that were deleted long ago cannot come any more.
  const from = child.stream.parent?.ofRestored ? Math.max(position.time, now - RESTORABLE) : position.time
  const begin = parent ?? { position: { time: from }, deleted: new Map(), reported: new Map() }
  const reportedUntil = parent ? parent.position.time - DELETION_LAG : 0
  const { deleted, reported } = begin
  return {
    child,
    begin,
    reportedUntil,
    done,
    position: begin.position,
    deleted: new Map(deleted),
    reported: new Map(reported),
    again: new Set(),
  }
}

/**
 * Whether no earlier sync emitted this deletion. A deleted ticket appears once more when it is scrubbed 30 days later, with
 * the same time of deletion.
 */
export const isNew = ({ begin, reportedUntil }: ParentWatcher, { id, deletedAt }: ParentDeletion): boolean =>
  begin.deleted.has(id) || (epochOf(deletedAt) ?? reportedUntil) >= reportedUntil

/** How many deleted parents a state remembers at most, the newest ones. */
const MOST_REMEMBERED = 5_000

/** Remembers that a parent is deleted, so that its own walk can show that it was restored. */
export function rememberDeleted({ reported }: ParentWatcher, id: number, deletedAt: number): void {
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
  const { parent } = child.stream
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
  const progress = { ...progressFrom(child), parent: pendingOf(watcher) }
  yield { kind: 'checkpoint', stream: child.stream.name, state: stateFrom(child, progress, false) }
}

/** What the child's state holds of its parent until the child was read. */
export const pendingOf = ({ begin, position, deleted, reported }: ParentWatcher): ParentProgress =>
  deleted.size > DELETIONS_IN_STATE ? begin : { position, deleted: new Map(deleted), reported: new Map(reported) }

/** Forgets what this sync has read: the parent's walk failed, and the next sync reads it again. */
export function forget(watcher: ParentWatcher): void {
  watcher.position = watcher.begin.position
  watcher.deleted.clear()
  for (const [id, deletion] of watcher.begin.deleted) watcher.deleted.set(id, deletion)
  watcher.reported.clear()
  for (const [id, at] of watcher.begin.reported) watcher.reported.set(id, at)
}
