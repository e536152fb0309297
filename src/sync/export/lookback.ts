import { ConnectorError } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { RecordData, Walk } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { withFiles } from '../emit/files.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import { readWalk, type WalkOptions } from '../pages.ts'
import { shownRecord } from '../show-record.ts'
import type { Wanted } from '../side-loads.ts'
import { type LookBack, stateToUse } from '../state/progress.ts'
import { RESTORABLE, rememberReported } from './deleted-parents.ts'
import { isNew, pendingOf } from './parent-watcher.ts'
import { checkpoint, type StreamRun, type Sync, unlessFailed } from './run.ts'

/** How many pages one sync spends on looking back; what is left goes on in the next one. */
const PAGES_A_SYNC = 60

/**
 * Notes in the member's progress that rows from before this sync must be looked at again: those of parents that were
 * deleted since. Zendesk tells no ids of a deleted ticket's comments, but its events stay in the export, so that
 * reading them again finds the ids.
 */
export function lookBackForDeleted(member: StreamRun): void {
  const { watcher, begin } = member
  if (!watcher) return
  const earlier = [...watcher.deleted.values()].filter(
    (deletion) => deletion.createdAt <= begin.time && isNew(watcher, deletion),
  )
  const parents = Object.fromEntries(earlier.map(({ id, deletedAt }) => [id, deletedAt]))
  const oldest = earlier.reduce((time, { createdAt }) => Math.min(time, createdAt), begin.time)
  if (earlier.length > 0) lookBack(member, parents, oldest)
  const parent = { position: watcher.position, deleted: new Map(), reported: new Map(watcher.reported) }
  member.progress = { ...member.progress, parent }
}

/** Rows without those from before this sync that come again in another form, when looking back tells their deletion. */
export function withoutLookedBackAt(member: StreamRun, rows: readonly RecordData[]): readonly RecordData[] {
  const { one, begin, watcher } = member
  const { parent, walk } = one.stream
  if (!parent || !watcher || watcher.deleted.size === 0 || isFirstSync(member)) return rows
  return rows.filter((row) => (walk.timeOf?.(row) ?? begin.time) > begin.time || !watcher.deleted.has(parent.idOf(row)))
}

/**
 * Notes the same for parents that these rows tell to be restored: their children are to be handed on again. One that
 * its own walk told to be deleted before that, or that was gone when it was asked, lives again from here on: what this
 * sync told of its children, or could not get, is made good.
 */
export async function lookBackForRestored(member: StreamRun, rows: readonly RecordData[], sync: Sync): Promise<void> {
  const { watcher, begin, hydrator, one } = member
  const { parent, walk } = one.stream
  if (!parent || !watcher) return
  for (const row of rows) {
    const id = parent.restoredBy?.(row)
    if (id === undefined) continue
    const restoredAt = walk.timeOf?.(row) ?? begin.time
    const deletion = watcher.deleted.get(id)
    if (deletion && (epochOf(deletion.deletedAt) ?? 0) > restoredAt) continue
    if (!deletion && !hydrator?.missingParents.has(id) && isFirstSync(member)) continue
    const shown = await shownRecord(sync.get, { ...parent.show(id), streams: [one.stream.name] })
    const createdAt = epochOf(shown?.['created_at'])
    // Deleted again meanwhile: the next sync tells it.
    if (createdAt === undefined) continue
    const wasTold = watcher.deleted.delete(id)
    const wasGone = hydrator?.missingParents.delete(id) === true
    if (wasTold || wasGone) {
      member.progress = { ...member.progress, parent: pendingOf(watcher) }
      lookBack(member, { [id]: null }, createdAt, restoredAt)
    } else if (createdAt <= begin.time) lookBack(member, { [id]: null }, createdAt)
  }
}

/** Notes the same for parents that their own walk tells to be there again, and forgets those that can come back no more. */
export async function lookBackForReported(member: StreamRun, { clock, get }: Sync): Promise<void> {
  const { watcher, begin, one } = member
  const { parent } = one.stream
  if (!parent || !watcher || watcher.reported.size === 0) return
  for (const [id, deletedAt] of [...watcher.reported]) {
    if (deletedAt !== null && deletedAt > clock.now() / 1000 - RESTORABLE) continue
    watcher.reported.delete(id)
    if (deletedAt !== null) continue
    const shown = await shownRecord(get, { ...parent.show(id), streams: [one.stream.name] })
    const createdAt = epochOf(shown?.['created_at'])
    // Deleted again meanwhile: the next sync tells it, and finds what there was.
    if (createdAt !== undefined && createdAt <= begin.time) lookBack(member, { [id]: null }, createdAt)
  }
  member.progress = { ...member.progress, parent: pendingOf(watcher) }
}

/** Before a first sync nothing was told that could be taken back. */
const isFirstSync = ({ one }: StreamRun): boolean => stateToUse(one) === undefined

/** All that one sync has to look back for is looked for together. */
function lookBack(member: StreamRun, parents: LookBack['parents'], since: number, until = member.begin.time): void {
  const { begin, progress } = member
  const from = Math.max(since, member.one.selection?.startDate ?? 0)
  if (isFirstSync(member) && until === begin.time) return
  const last = progress.lookBacks.at(-1)
  const isOurs = last?.until === until
  const ours = isOurs ? last : { time: from, until, parents: {} }
  const others = isOurs ? progress.lookBacks.slice(0, -1) : progress.lookBacks
  const merged = { ...ours, time: Math.min(ours.time, from), parents: { ...ours.parents, ...parents } }
  member.progress = { ...progress, lookBacks: [...others, merged] }
}

/** Works off the look-backs of all members of a walk; members that look back over the same time share the pages. */
export async function* readLookBacks(
  walk: Walk,
  members: readonly StreamRun[],
  options: WalkOptions & Sync,
): AsyncGenerator<Message> {
  let pages = 0
  for (;;) {
    const due = members.find((member) => isLooking(member) && member.progress.lookBacks.length > 0)
    const first = due?.progress.lookBacks[0]
    if (!first) return
    const together = members.filter((member) => isLooking(member) && isSameTime(member.progress.lookBacks[0], first))
    yield note(together, first)
    let done = false
    for await (const { rows, after } of readWalk(walk, { time: first.time }, options)) {
      // Later rows were read by this sync, or one since, with the deletions in mind.
      const earlier = rows.filter((row) => (walk.timeOf?.(row) ?? 0) <= first.until)
      for (const member of together.filter(isLooking))
        yield* unlessFailed(member, withFiles([member.one], take(member, walk, earlier, options), options))
      done = after.time > first.until
      const looking = together.filter(isLooking)
      for (const member of looking) yield move(member, after.time, done)
      if (done || looking.length === 0) break
      if (++pages >= PAGES_A_SYNC) return yield leftFor(looking, after.time)
    }
    if (!done) for (const member of together.filter(isLooking)) yield move(member, first.until, true)
  }
}

const isLooking = ({ failure }: StreamRun): boolean => failure === undefined

const isSameTime = (a: LookBack | undefined, b: LookBack): boolean => a?.time === b.time && a.until === b.until

const note = (members: readonly StreamRun[], { time, until, parents }: LookBack): Message => ({
  kind: 'log',
  level: 'info',
  message:
    `Looking back from ${isoOf(until)} to ${isoOf(time)} for the ${members.map(({ one }) => one.stream.name).join(' and ')} ` +
    `of ${Object.keys(parents).length} tickets that were deleted or restored.`,
})

const leftFor = (members: readonly StreamRun[], time: number): Message => ({
  kind: 'log',
  level: 'info',
  message: `Looked back as far as ${isoOf(time)} for ${members.map(({ one }) => one.stream.name).join(' and ')}; the next sync goes on from there.`,
})

async function* take(member: StreamRun, walk: Walk, given: readonly RecordData[], sync: Sync): AsyncGenerator<Message> {
  const { one, hydrator, progress } = member
  const { parent, records } = one.stream
  const parents = progress.lookBacks[0]?.parents
  if (!parent || !parents) return
  const rows = await wholeAgain(member, walk, given, parents, sync)
  const of = Map.groupBy(records(rows), (record) => parents[parent.idOf(record)])
  const deletions = [...of].flatMap(([deletedAt, gone]) =>
    typeof deletedAt === 'string' ? gone.map((record) => ({ record, deletedAt })) : [],
  )
  yield* deletionsMessage(one, deletions, sync.deletedRecords)
  const gone = deletions.map(({ record }) => record)
  rememberReported(member, gone, (record) => parents[parent.idOf(record)] ?? undefined)
  const restored = of.get(null) ?? []
  if (!hydrator) return yield* recordsMessage(one, restored, sync.deletedRecords)
  const ids = new Set(restored.map((record) => record['id']))
  for (const id of new Set(restored.map(parent.idOf))) {
    const full = await hydrator.ofParent(id)
    yield* recordsMessage(
      one,
      full.filter((record) => ids.has(record['id'])),
      sync.deletedRecords,
    )
  }
}

/** What a side-loader is to see to for a stream on this walk. */
export const wantedOf = ({ one, watcher }: StreamRun, { path }: Walk, rows: readonly RecordData[]): Wanted => ({
  stream: one.stream.name,
  path,
  loads: one.stream.sideLoads,
  rows,
  ...(one.stream.parent && { isDeleted: (id: number) => watcher?.deleted.has(id) === true }),
})

/**
 * Those rows that are looked for, with what their answer lacks: of a deleted parent's as much as tells the keys. Rejects
 * with a ConnectorError where it does not tell them.
 */
async function wholeAgain(
  member: StreamRun,
  walk: Walk,
  rows: readonly RecordData[],
  parents: LookBack['parents'],
  { sideLoads }: Sync,
): Promise<readonly RecordData[]> {
  const { parent, records, sideLoads: loads = [], name } = member.one.stream
  if (!parent || loads.length === 0) return rows
  const isDeleted = (id: number): boolean => typeof parents[id] === 'string'
  const sought = rows.filter((row) => parent.idOf(row) in parents)
  const filled = await sideLoads.filled({ ...wantedOf(member, walk, sought), isDeleted })
  const [load] = loads.filter(({ isMissing }) => filled.some((row) => isMissing(row) && records([row]).length === 0))
  if (!load) return filled
  throw new ConnectorError(
    `${walk.path}: Zendesk answered without "${load.key}", which tells the records of ${name} that were deleted with their ` +
      'parents; a next sync looks for them again.',
    'system_error',
  )
}

/** The first look-back has come to `time`, or is done. */
function move(member: StreamRun, time: number, done: boolean): Message {
  const [first, ...rest] = member.progress.lookBacks
  const lookBacks = done || !first ? rest : [{ ...first, time }, ...rest]
  member.progress = { ...member.progress, lookBacks }
  return checkpoint(member, false)
}
