// Lists that are read whole in each sync and compared with the rows that the state remembers: what differs is emitted, and
// what is missing was deleted.

import { fingerprintOf } from '../model/fingerprint.ts'
import { type Checkpoint, logMessage, type Message } from '../model/message.ts'
import { slicesOf } from '../model/slices.ts'
import type { ConfiguredStream, Id, RecordData } from '../model/stream.ts'
import { epochOf, isoOf } from '../model/time.ts'
import type { ReadChildren } from './children.ts'
import { deletionsMessage, recordsMessage } from './emit/records.ts'
import { merge } from './merge.ts'
import { areTooMany, confirmMissing, hiddenMessage } from './missing.ts'
import { LISTS_AT_ONCE } from './pages.ts'
import type { Comparison, Run, Sync } from './run.ts'
import { showByIds } from './show.ts'
import { keyIn, keyOf, type ListedRow } from './state/emitted-list.ts'
import { announcedState, type ListState, listStateFrom } from './state/list-state.ts'

export const startComparison = (before: ListState): Comparison => ({
  before,
  fingerprints: new Map(),
  parents: new Map(),
  empty: new Map(),
  latest: before.latest,
  isEmpty: true,
  announced: new Set(before.announced),
  fresh: [],
  held: [],
})

/** The run of a list that is compared. */
export type ComparedRun = Run & { readonly comparison: Comparison }

export const isCompared = (run: Run): run is ComparedRun => run.comparison !== undefined

/** New rows wait for one announcement until they are as many as were announced before, or this many. */
const MOST_HELD = 2_000

/** How many deletions travel in one message. */
const DELETIONS_IN_MESSAGE = 1_000

/** A row, and whether it came before in this sync, as it is now: if the list is read again. */
interface FoundRow extends ListedRow {
  readonly cameBefore: boolean
}

/** Emits what differs in a page of the list: in its rows, or in their children whose lists may have changed. */
export async function* emitCompared(
  run: ComparedRun,
  rows: readonly RecordData[],
  readChildren: ReadChildren,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, feed, comparison } = run
  const { before, parents, empty } = comparison
  if (feed.children?.due !== 'byVersion') return yield* emitFound(run, findRecords(run, feed.records(rows)), sync)
  const { version, versionOfEmpty } = feed.children

  /** The children of one parent, which is remembered once its list was read to the end. */
  async function* ofParent(
    id: string,
    fingerprint: string | undefined,
    parent: RecordData,
  ): AsyncGenerator<readonly FoundRow[]> {
    const keys: string[] = []
    let isEmpty = true
    const onChildren = (children: readonly RecordData[]): void => {
      isEmpty &&= children.length === 0
    }
    for await (const below of readChildren(one.stream, parent, onChildren)) {
      const found = findRecords(run, feed.records(below, parent))
      keys.push(...found.map(({ key }) => key))
      yield found
    }
    if (fingerprint !== undefined) parents.set(id, { version: fingerprint, keys })
    if (isEmpty && versionOfEmpty) empty.set(id, fingerprintOf(versionOfEmpty(parent)))
  }

  const due = rows.flatMap((parent) => {
    const id = String(parent['id'])
    const fingerprint = version && fingerprintOf(version(parent))
    const known = before.parents.get(id)
    if (known && known.version === fingerprint) {
      parents.set(id, known)
      for (const key of known.keys) keep(comparison, key)
      return []
    }
    const ofEmpty = versionOfEmpty && fingerprintOf(versionOfEmpty(parent))
    if (ofEmpty !== undefined && before.empty.get(id) === ofEmpty) {
      empty.set(id, ofEmpty)
      return []
    }
    return [ofParent(id, fingerprint, parent)]
  })
  for await (const found of merge(due, LISTS_AT_ONCE)) yield* emitFound(run, found, sync)
}

/** These records, found in the list: the state remembers them. */
const findRecords = ({ one, comparison }: ComparedRun, records: readonly RecordData[]): readonly FoundRow[] =>
  records.map((record) => noteFound(one, comparison, record))

/** Emits what is new or changed among the records found. */
function* emitFound(
  { one, comparison: compared }: ComparedRun,
  found: readonly FoundRow[],
  { deletedRecords }: Sync,
): Generator<Message> {
  const rows = found.filter(({ cameBefore }) => !cameBefore)
  const isIncremental = one.syncMode === 'incremental'
  const changed = isIncremental ? compared.before.emitted.changed(rows) : rows.map(({ record }) => record)
  const messages = recordsMessage(one, changed, deletedRecords)
  if (isIncremental && one.stream.cursorField !== undefined) yield* announced(one, compared, rows, messages)
  else yield* messages
}

function noteFound({ stream }: ConfiguredStream, compared: Comparison, record: RecordData): FoundRow {
  const { cursorField } = stream
  const row = { key: keyOf(record, stream), fingerprint: fingerprintOf(record), record }
  if (cursorField === undefined) return { ...row, cameBefore: false }
  const cameBefore = compared.fingerprints.get(row.key) === row.fingerprint
  compared.fingerprints.set(row.key, row.fingerprint)
  const changed = epochOf(record[cursorField]) ?? 0
  // A time ahead of the answer's own is none to go by.
  if (changed <= (compared.date ?? changed)) compared.latest = Math.max(compared.latest, changed)
  return { ...row, cameBefore }
}

/**
 * These messages with these rows, or what of them may be emitted by now. A list has its state at its end: if the sync is cut
 * off before that, and a new row is deleted before the next sync, nothing else would say that the row was emitted. So a state
 * announces new rows before they are.
 */
function* announced(
  one: ConfiguredStream,
  compared: Comparison,
  rows: readonly ListedRow[],
  messages: Iterable<Message>,
): Generator<Message> {
  const { before, announced, fresh, held } = compared
  for (const { key } of rows) if (!before.emitted.has(key) && !announced.has(key)) fresh.push(key)
  held.push(...messages)
  if (fresh.length === 0 || fresh.length >= Math.min(announced.size, MOST_HELD)) yield* heldBack(one, compared)
}

/** What was held back, and its announcement. */
function* heldBack(one: ConfiguredStream, compared: Comparison): Generator<Message> {
  const { fresh, held, announced } = compared
  compared.fresh = []
  compared.held = []
  for (const key of fresh) announced.add(key)
  if (fresh.length > 0)
    yield { kind: 'checkpoint', stream: one.stream.name, state: announcedState(one, announced), announces: true }
  yield* held
}

/** The keys of the records that earlier syncs emitted, or announced, and this one has not found. */
const missingOf = ({ before, fingerprints }: Comparison): readonly string[] =>
  [...before.emitted.keys, ...before.announced].filter((key) => !fingerprints.has(key))

const knownOf = ({ before }: Comparison): number => before.emitted.count + before.announced.size

/** Whether so many are missing that the list is read again. One that rows leave by themselves is if it is empty. */
export function isDoubtful({ one, comparison: compared, failure }: Run, { reconcile }: Sync): boolean {
  if (!compared || failure !== undefined || one.syncMode !== 'incremental' || one.stream.isLog) return false
  const { isEmpty } = compared
  const known = knownOf(compared)
  return one.stream.rowsLeave
    ? known > 0 && isEmpty
    : areTooMany({ missing: missingOf(compared).length, known, isEmpty }, reconcile)
}

/** At the end of the list: the remaining changes, and the deletions. */
export async function* endComparison(
  { one, feed, comparison: compared }: ComparedRun,
  { deletedRecords, reconcile, get, clock }: Sync,
): AsyncGenerator<Message> {
  if (one.syncMode !== 'incremental') return
  const { stream } = one
  const { before, isEmpty } = compared
  yield* heldBack(one, compared)
  yield* recordsMessage(one, before.emitted.rest(), deletedRecords)
  if (stream.isLog) return
  const keys = new Map(missingOf(compared).map((key) => [idIn(key), key]))
  const missing = [...keys.keys()]
  const stake = { streams: [stream.name], known: knownOf(compared), missing: new Set(missing), isEmpty }
  const show = (ids: readonly Id[]) => showByIds(ids, { stream, feed, get })
  const isDeleted = (record: RecordData): boolean => stream.deletedAt(record) !== undefined
  const { deleted, rows, hidden } = await confirmMissing(
    missing,
    show,
    stream.rowsLeave ? [] : [stake],
    reconcile,
    isDeleted,
  )
  for (const id of hidden) keep(compared, keys.get(id)!)
  if (hidden.length > 0) yield logMessage('warn', hiddenMessage(hidden.length, stream.name))
  const overlooked = [...rows.values()].filter((record) => !isDeleted(record))
  for (const record of overlooked) noteFound(one, compared, record)
  yield* recordsMessage(one, overlooked, deletedRecords)
  // The time of deletion is not known: the time of this sync stands for it.
  const deletedAt = isoOf(Math.floor(clock.now() / 1000))
  const cursor = stream.cursorField === undefined ? {} : { [stream.cursorField]: deletedAt }
  const tombstones = deleted.map((id) => ({
    record: { ...rows.get(id), ...keyIn(keys.get(id)!, stream), ...cursor },
    deletedAt,
  }))
  for (const some of slicesOf(tombstones, DELETIONS_IN_MESSAGE)) yield* deletionsMessage(one, some, deletedRecords)
}

/** Keeps a record that was emitted, though its list was not read, or lacks it. */
const keep = ({ before, fingerprints }: Comparison, key: string): void => {
  fingerprints.set(key, before.emitted.fingerprintOf(key) ?? '')
}

/** The id in a key of one value; a key of several is asked for by none. */
const idIn = (key: string): Id => {
  const value: unknown = JSON.parse(key)
  return typeof value === 'number' || typeof value === 'string' ? value : key
}

/** The checkpoint at the end of the list. */
export const endOfComparison = ({ one, comparison }: ComparedRun): Checkpoint => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: listStateFrom(one, comparison),
})
