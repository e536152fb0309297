import { HttpError } from '../errors.ts'
import type { Message, RecordData, Walk } from '../stream.ts'
import { epochOf, isoOf } from '../time.ts'
import { deletionMessages, recordMessages } from './deletions.ts'
import { checkpoint, type Member, type Sync } from './member.ts'
import type { LookBack } from './progress.ts'
import { readWalk, type WalkOptions } from './walk.ts'

/** How many pages one sync spends on looking back; what is left goes on in the next one. */
const PAGES_A_SYNC = 60

/**
 * Notes in the member's progress which rows must be looked at again: those from before this sync that belong to parents
 * that were deleted or restored since. Zendesk tells no ids of a deleted ticket's comments, but its events stay in
 * the export, so that reading them again finds the ids.
 */
export async function lookBackOver(member: Member, sync: Sync): Promise<void> {
  const { follower, begin, one, restored } = member
  if (!follower) return
  const parents: Record<string, string | null> = {}
  let time = begin.time
  for (const { id, deletedAt, createdAt } of follower.deleted.values()) {
    if (createdAt > begin.time) continue
    parents[id] = deletedAt
    time = Math.min(time, createdAt)
  }
  for (const id of restored) {
    if (follower.deleted.has(id)) continue
    const createdAt = await createdAtOf(member, id, sync)
    if (createdAt === undefined || createdAt > begin.time) continue
    parents[id] = null
    time = Math.min(time, createdAt)
  }
  const lookBack: LookBack = { time: Math.max(time, sync.startDate), until: begin.time, parents }
  const due = one.state !== undefined && Object.keys(parents).length > 0 && lookBack.time <= lookBack.until
  member.progress = {
    ...member.progress,
    parent: follower.position,
    lookBacks: due ? [...member.progress.lookBacks, lookBack] : member.progress.lookBacks,
  }
}

async function createdAtOf({ one }: Member, id: number, { get }: Sync): Promise<number | undefined> {
  const show = one.stream.parent?.show(id)
  if (!show) return undefined
  try {
    const page = await get({ ...show, streams: [one.stream.name] })
    const shown = Object.values(page).find((value) => typeof value === 'object') as RecordData | undefined
    return epochOf(shown?.['created_at'])
  } catch (error) {
    // Deleted again meanwhile: the next sync tells it.
    if (error instanceof HttpError && error.status === 404) return undefined
    throw error
  }
}

/** Works off the look-backs of all members of a walk; members that look back over the same time share the pages. */
export async function* readLookBacks(
  walk: Walk,
  members: readonly Member[],
  options: WalkOptions & Sync,
): AsyncGenerator<Message> {
  let pages = 0
  for (;;) {
    const due = members.find(({ progress }) => progress.lookBacks.length > 0)
    const first = due?.progress.lookBacks[0]
    if (!first) return
    const together = members.filter(({ progress: { lookBacks } }) => isSameTime(lookBacks[0], first))
    yield note(together, first)
    let done = false
    for await (const { rows, after } of readWalk(walk, { time: first.time }, options)) {
      for (const member of together) yield* take(member, rows, options)
      done = after.time > first.until
      for (const member of together) yield move(member, after.time, done)
      if (done) break
      if (++pages >= PAGES_A_SYNC) return
    }
    if (!done) for (const member of together) yield move(member, first.until, true)
  }
}

const isSameTime = (a: LookBack | undefined, b: LookBack): boolean => a?.time === b.time && a.until === b.until

const note = (members: readonly Member[], { time, until, parents }: LookBack): Message => ({
  kind: 'log',
  level: 'info',
  message:
    `Looking back from ${isoOf(until)} to ${isoOf(time)} for the ${members.map(({ one }) => one.stream.name).join(' and ')} ` +
    `of ${Object.keys(parents).length} tickets that were deleted or restored.`,
})

async function* take(member: Member, rows: readonly RecordData[], sync: Sync): AsyncGenerator<Message> {
  const { one, gatherer, progress } = member
  const { parent, records } = one.stream
  const parents = progress.lookBacks[0]?.parents
  if (!parent || !parents) return
  const of = Map.groupBy(records(rows), (record) => parents[parent.idOf(record)])
  const deletions = [...of].flatMap(([deletedAt, gone]) =>
    typeof deletedAt === 'string' ? gone.map((record) => ({ record, deletedAt })) : [],
  )
  yield* deletionMessages(one, deletions)
  const restored = of.get(null) ?? []
  const ids = new Set(restored.map((record) => record['id']))
  if (!gatherer) return yield* recordMessages(one, restored, sync.deletedRecords)
  for (const id of new Set(restored.map(parent.idOf))) {
    const full = await gatherer.ofParent(id)
    yield* recordMessages(
      one,
      full.filter((record) => ids.has(record['id'])),
      sync.deletedRecords,
    )
  }
}

/** The first look-back has come to `time`, or is done. */
function move(member: Member, time: number, done: boolean): Message {
  const [first, ...rest] = member.progress.lookBacks
  const lookBacks = done || !first ? rest : [{ ...first, time }, ...rest]
  member.progress = { ...member.progress, lookBacks }
  return checkpoint(member, false)
}
