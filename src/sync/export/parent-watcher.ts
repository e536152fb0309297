import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, ParentDeletion, Position, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import type { Step } from '../pages.ts'
import { type ParentProgress, progressFrom, stateFrom } from '../state/progress.ts'

/** Reads a parent's walk along for a child stream, to learn which parents were deleted. */
export interface ParentWatcher {
  readonly child: ConfiguredStream
  readonly begin: ParentProgress
  /** Epoch seconds: earlier deletions were told by earlier syncs, but for those that `begin` names. */
  readonly reportedUntil: number
  position: Position
  readonly deleted: Map<number, ParentDeletion>
  readonly reported: Map<number, number | null>
  /** Settles when the parent's walk has ended: true where it was read to its end. */
  readonly done: Promise<boolean>
}

/** How many deletions a state names at the most; with more, they are read again after a crash. */
const DELETIONS_IN_STATE = 5_000

/**
 * How long after a deletion, in seconds, its row may come into the export. Assumed (fact 324): no more than a minute.
 */
const DELETION_LAG = 86_400

/** A child's follower as the parent's walk begins; without a state of its own it begins where the child does. */
export function watcherOf(child: ConfiguredStream, done: Promise<boolean>): ParentWatcher {
  const { parent, position } = progressFrom(child)
  const begin = parent ?? { position: { time: position.time }, deleted: new Map(), reported: new Map() }
  const reportedUntil = parent ? parent.position.time - DELETION_LAG : 0
  const { deleted, reported } = begin
  return {
    child,
    begin,
    reportedUntil: reportedUntil,
    done,
    position: begin.position,
    deleted: new Map(deleted),
    reported: new Map(reported),
  }
}

/**
 * Whether earlier syncs have not told this deletion. A deleted ticket comes again when it is scrubbed 30 days later, as
 * long ago deleted as it was.
 */
export const isNew = ({ begin, reportedUntil }: ParentWatcher, { id, deletedAt }: ParentDeletion): boolean =>
  begin.deleted.has(id) || (epochOf(deletedAt) ?? reportedUntil) >= reportedUntil

/** Takes one page of the parent's walk. A parent that is there again is no longer deleted. */
export function* watchPage(watcher: ParentWatcher, walk: Walk, { rows, after }: Step): Generator<Message> {
  if (!walk.isBefore(watcher.position, after)) return
  const { child, deleted, reported } = watcher
  for (const row of rows) {
    const deletion = child.stream.parent?.deletionOf(row)
    const id = row['id'] as number
    if (deletion) deleted.set(deletion.id, deletion)
    else {
      deleted.delete(id)
      if (reported.has(id)) reported.set(id, null)
    }
  }
  watcher.position = after
  // The child itself waits: this says that it is alive, and saves the pages read for it.
  const progress = { ...progressFrom(child), parent: pendingOf(watcher) }
  yield { kind: 'checkpoint', stream: child.stream.name, state: stateFrom(child, progress, false) }
}

/** What a child's state says of its parent while the child is still being read. */
export const pendingOf = ({ begin, position, deleted, reported }: ParentWatcher): ParentProgress =>
  deleted.size > DELETIONS_IN_STATE ? begin : { position, deleted: new Map(deleted), reported: new Map(reported) }

/** Forgets what was read in this sync: the parent's walk failed, and the next sync reads it again. */
export function forget(watcher: ParentWatcher): void {
  watcher.position = watcher.begin.position
  watcher.deleted.clear()
  for (const [id, deletion] of watcher.begin.deleted) watcher.deleted.set(id, deletion)
  watcher.reported.clear()
  for (const [id, at] of watcher.begin.reported) watcher.reported.set(id, at)
}
