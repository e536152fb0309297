import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, ParentDeletion, Position, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import type { Step } from '../pages.ts'
import { type ParentProgress, progressFrom, stateFrom } from '../state/progress.ts'

/** Reads a parent's walk along for a child stream, to learn which parents were deleted. */
export interface Follower {
  readonly child: ConfiguredStream
  readonly begin: ParentProgress
  /** Epoch seconds: earlier deletions were told by earlier syncs, but for those that `begin` names. */
  readonly toldUntil: number
  position: Position
  readonly deleted: Map<number, ParentDeletion>
  readonly told: Map<number, number | null>
  /** Settles when the parent's walk has ended: true where it was read to its end. */
  readonly done: Promise<boolean>
}

/** How many deletions a state names at the most; with more, they are read again after a crash. */
const DELETIONS_IN_STATE = 5_000

/**
 * How long after a deletion, in seconds, its row may come into the export. Assumed (fact 324): no more than a minute.
 */
const MARGIN = 86_400

/** A child's follower as the parent's walk begins; without a state of its own it begins where the child does. */
export function followerOf(child: ConfiguredStream, done: Promise<boolean>): Follower {
  const { parent, position } = progressFrom(child)
  const begin = parent ?? { position: { time: position.time }, deleted: new Map(), told: new Map() }
  const toldUntil = parent ? parent.position.time - MARGIN : 0
  const { deleted, told } = begin
  return { child, begin, toldUntil, done, position: begin.position, deleted: new Map(deleted), told: new Map(told) }
}

/**
 * Whether earlier syncs have not told this deletion. A deleted ticket comes again when it is scrubbed 30 days later, as
 * long ago deleted as it was.
 */
export const isNew = ({ begin, toldUntil }: Follower, { id, deletedAt }: ParentDeletion): boolean =>
  begin.deleted.has(id) || (epochOf(deletedAt) ?? toldUntil) >= toldUntil

/** Takes one page of the parent's walk. A parent that is there again is no longer deleted. */
export function* follow(follower: Follower, walk: Walk, { rows, after }: Step): Generator<Message> {
  if (!walk.isBefore(follower.position, after)) return
  const { child, deleted, told } = follower
  for (const row of rows) {
    const deletion = child.stream.parent?.deletionOf(row)
    const id = row['id'] as number
    if (deletion) deleted.set(deletion.id, deletion)
    else {
      deleted.delete(id)
      if (told.has(id)) told.set(id, null)
    }
  }
  follower.position = after
  // The child itself waits: this says that it is alive, and saves the pages read for it.
  const progress = { ...progressFrom(child), parent: pendingOf(follower) }
  yield { kind: 'checkpoint', stream: child.stream.name, state: stateFrom(child, progress, false) }
}

/** What a child's state says of its parent while the child is still being read. */
export const pendingOf = ({ begin, position, deleted, told }: Follower): ParentProgress =>
  deleted.size > DELETIONS_IN_STATE ? begin : { position, deleted: new Map(deleted), told: new Map(told) }

/** Forgets what was read in this sync: the parent's walk failed, and the next sync reads it again. */
export function forget(follower: Follower): void {
  follower.position = follower.begin.position
  follower.deleted.clear()
  for (const [id, deletion] of follower.begin.deleted) follower.deleted.set(id, deletion)
  follower.told.clear()
  for (const [id, at] of follower.begin.told) follower.told.set(id, at)
}
