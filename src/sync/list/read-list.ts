import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Deletion, RecordData, Stream, Walk } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { areTooMany, checkDeletions, hiddenMessage } from '../deletion-guard.ts'
import { withFiles } from '../emit/files.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import type { Failures } from '../export/read-export.ts'
import type { Sync } from '../export/run.ts'
import { merge } from '../merge.ts'
import { joinIncludes, readWalk } from '../pages.ts'
import { type Shown, shownOrHidden } from '../show-record.ts'
import { type ListedParent, type ListState, listStateFrom, listStateOf } from '../state/list-state.ts'
import { keyIn, keyOf } from '../state/row-key.ts'
import { type Announcer, createAnnouncer } from './announce.ts'
import { type ChildLists, childLists } from './children.ts'
import type { ListedRow } from './emitted-list.ts'

/** How many lists of children, or single records, are requested at once. */
const ASKED_AT_ONCE = 8

/** One stream while its list is read. */
interface ListRun {
  readonly one: ConfiguredStream
  readonly before: ListState
  readonly announcer: Announcer | undefined
  /** By key: the fingerprints of the records found so far. */
  readonly fingerprints: Map<string, string>
  /** By parent, for a stream of children: the parent's version, and the keys of its records. */
  readonly parents: Map<string, ListedParent>
  /** By parent without children: its version. */
  readonly empty: Map<string, string>
  latest: number
  /** When Zendesk answered with the last page (epoch seconds), if it said so. */
  date?: number | undefined
  /** Whether the list had no row until now. */
  isEmpty: boolean
}

/**
 * Reads a whole list for all its streams together, in each sync and whatever the start date: other tables point at its
 * rows. An incremental sync emits what differs from the last sync; a row that left the list was deleted. If many left it, it
 * is read again, and streams of which many are missing still fail. Returns the errors that ended single streams, by name;
 * throws an error that ends the list.
 */
export async function* readList(
  walk: Walk,
  configured: readonly ConfiguredStream[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const runs = configured.map((one): ListRun => {
    const before = listStateOf(one)
    const isRemembered = one.syncMode === 'incremental' && one.stream.cursorField !== undefined
    const announcer = isRemembered ? createAnnouncer(one, before.emitted.has, before.announced) : undefined
    const seen = { fingerprints: new Map(), parents: new Map(), empty: new Map(), latest: before.latest, isEmpty: true }
    return { one, before, announcer, ...seen }
  })
  const failures = new Map<string, unknown>()
  async function* eachOf(
    some: readonly ListRun[],
    step: (run: ListRun) => AsyncGenerator<Message>,
  ): AsyncGenerator<Message> {
    for (const run of some) {
      const { name } = run.one.stream
      if (failures.has(name)) continue
      try {
        yield* withFiles([run.one], step(run), sync)
      } catch (error) {
        failures.set(name, error)
      }
    }
  }
  const include = joinIncludes(configured.map(({ stream }) => stream.include))
  const streams = configured.map(({ stream }) => stream.name)
  async function* read(some: readonly ListRun[]): AsyncGenerator<Message> {
    for await (const { rows, date } of readWalk(walk, { time: 0 }, { ...sync, include, streams })) {
      const lists = childLists(rows, configured, sync)
      for (const run of some) {
        run.date = date
        run.isEmpty &&= rows.length === 0
      }
      yield* eachOf(some, (run) => emitPage(run, rows, lists, sync))
    }
  }
  yield* read(runs)
  const doubtful = runs.filter((run) => !failures.has(run.one.stream.name) && isDoubtful(run, sync))
  if (doubtful.length > 0) {
    const names = doubtful.map(({ one }) => one.stream.name).join(', ')
    sync.log('info', `Many records of ${names} are missing in ${walk.path}; it is read again.`)
    yield* read(doubtful)
  }
  yield* eachOf(runs, (run) => end(run, sync))
  return failures
}

/** Emits one page for one stream. */
async function* emitPage(
  run: ListRun,
  rows: readonly RecordData[],
  lists: ChildLists,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, before } = run
  const { childList, records, version, versionOfEmpty } = one.stream
  if (!childList) {
    yield* emit(records(rows).map((record) => noteFound(run, record)))
    return
  }
  const due = rows.flatMap((parent) => {
    const id = String(parent['id'])
    const fingerprint = version && fingerprintOf(version(parent))
    const known = before.parents.get(id)
    if (known && known.version === fingerprint) {
      keepParent(run, id, known)
      return []
    }
    const empty = versionOfEmpty && fingerprintOf(versionOfEmpty(parent))
    if (empty !== undefined && before.empty.get(id) === empty) {
      run.empty.set(id, empty)
      return []
    }
    return [emitChildren(id, fingerprint, parent)]
  })
  for await (const messages of merge(due, ASKED_AT_ONCE)) yield* messages

  /** The children of one parent. The parent is remembered once its list was read to the end. */
  async function* emitChildren(
    id: string,
    fingerprint: string | undefined,
    parent: RecordData,
  ): AsyncGenerator<Generator<Message>> {
    const keys: string[] = []
    let isEmpty = true
    const onChildren = (children: readonly RecordData[]): void => {
      isEmpty &&= children.length === 0
    }
    for await (const found of lists.read(one, parent, onChildren)) {
      const listedRows = records(found, parent).map((record) => noteFound(run, record))
      keys.push(...listedRows.map(({ key }) => key))
      yield emit(listedRows)
    }
    if (fingerprint !== undefined) run.parents.set(id, { version: fingerprint, keys })
    if (isEmpty && versionOfEmpty) run.empty.set(id, fingerprintOf(versionOfEmpty(parent)))
  }

  function* emit(found: readonly FoundRow[]): Generator<Message> {
    const listedRows = found.filter(({ cameBefore }) => !cameBefore)
    const changed =
      one.syncMode === 'incremental' ? before.emitted.changed(listedRows) : listedRows.map(({ record }) => record)
    const messages = recordsMessage(one, changed, sync.deletedRecords)
    yield* run.announcer?.emit(listedRows, messages) ?? messages
  }
}

/** Keeps a parent that has not changed, and its records: its list is not read. */
function keepParent({ before, fingerprints, parents }: ListRun, id: string, parent: ListedParent): void {
  parents.set(id, parent)
  for (const key of parent.keys) fingerprints.set(key, before.emitted.fingerprintOf(key) ?? '')
}

/** The keys of the records that earlier syncs emitted, or announced, and this one has not found. */
const missingOf = ({ before, fingerprints }: ListRun): readonly string[] =>
  [...before.emitted.keys, ...before.announced].filter((key) => !fingerprints.has(key))

const knownOf = ({ before }: ListRun): number => before.emitted.count + [...before.announced].length

/** Whether so many are missing that the list is read again. One that rows leave by themselves is if it is empty. */
function isDoubtful(run: ListRun, { reconcile }: Sync): boolean {
  const { one } = run
  if (one.syncMode !== 'incremental') return false
  const [missing, known] = [missingOf(run).length, knownOf(run)]
  return one.stream.rowsLeave
    ? known > 0 && run.isEmpty
    : areTooMany({ missing, known, isEmpty: run.isEmpty }, reconcile)
}

/** At the end of the list: the remaining changes, the deletions, and the state. */
async function* end(run: ListRun, sync: Sync): AsyncGenerator<Message> {
  const { one, before, announcer } = run
  if (one.syncMode === 'incremental') {
    yield* announcer?.rest() ?? []
    yield* recordsMessage(one, before.emitted.rest(), sync.deletedRecords)
    yield* deletedOrOverlooked(run, missingOf(run), sync)
  }
  const state = listStateFrom(one, run)
  yield { kind: 'checkpoint', stream: one.stream.name, state }
}

/** How many deletions travel in one message. */
const PAGE = 1_000

/**
 * Emits missing rows as deleted. A row that moved while the list was read may only have been overlooked: if rows of this
 * list can move, each missing one is looked up first. One that this user may not see is kept. The time of deletion is not
 * known: the time of this sync stands for it. Throws a ConnectorError if more are missing than may be believed.
 */
async function* deletedOrOverlooked(run: ListRun, missing: readonly string[], sync: Sync): AsyncGenerator<Message> {
  const { one, before, fingerprints } = run
  const { stream } = one
  const known = knownOf(run)
  const deletedAt = isoOf(Math.floor(sync.clock.now() / 1000))
  const deleted: Deletion[] = []
  const overlooked: RecordData[] = []
  const hidden: string[] = []
  for (let at = 0; at < missing.length; at += PAGE) {
    const some = missing.slice(at, at + PAGE)
    const found = stream.show ? await someAtOnce(some, (key) => shown(key, stream, sync)) : []
    for (const [index, key] of some.entries()) {
      const { record, isHidden } = found[index] ?? {}
      if (isHidden) hidden.push(key)
      else if (record && stream.deletedAt(record) === undefined) {
        noteFound(run, record)
        overlooked.push(record)
      } else deleted.push({ record: { ...record, ...keyIn(key, stream), ...cursorAt(deletedAt, stream) }, deletedAt })
    }
    if (!stream.rowsLeave)
      checkDeletions(
        { missing: deleted.length + hidden.length, known, isEmpty: run.isEmpty },
        [stream.name],
        sync.reconcile,
        missing.length,
      )
  }
  for (const key of hidden) fingerprints.set(key, before.emitted.fingerprintOf(key) ?? '')
  if (hidden.length > 0) yield { kind: 'log', level: 'warn', message: hiddenMessage(hidden.length, stream.name) }
  yield* recordsMessage(one, overlooked, sync.deletedRecords)
  for (let at = 0; at < deleted.length; at += PAGE)
    yield* deletionsMessage(one, deleted.slice(at, at + PAGE), sync.deletedRecords)
}

/** One record, looked up by its key. */
const shown = async (key: string, { name, show }: Stream, { get }: Sync): Promise<Shown | undefined> =>
  show && shownOrHidden(get, { ...show(String(JSON.parse(key))), streams: [name] })

async function someAtOnce<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = []
  for (let at = 0; at < items.length; at += ASKED_AT_ONCE)
    answers.push(...(await Promise.all(items.slice(at, at + ASKED_AT_ONCE).map(ask))))
  return answers
}

/** A row, and whether it came before in this sync, as it is now: if the list is read again. */
interface FoundRow extends ListedRow {
  readonly cameBefore: boolean
}

/** Adds a record to those found; the state remembers them. */
function noteFound(run: ListRun, record: RecordData): FoundRow {
  const { stream } = run.one
  const { cursorField } = stream
  const row = { key: keyOf(record, stream), fingerprint: fingerprintOf(record), record }
  if (cursorField === undefined) return { ...row, cameBefore: false }
  const cameBefore = run.fingerprints.get(row.key) === row.fingerprint
  run.fingerprints.set(row.key, row.fingerprint)
  const changed = epochOf(record[cursorField]) ?? 0
  // A time ahead of the answer's own is none to go by.
  if (changed <= (run.date ?? changed)) run.latest = Math.max(run.latest, changed)
  return { ...row, cameBefore }
}

const cursorAt = (time: string, { cursorField }: Stream): RecordData =>
  cursorField === undefined ? {} : { [cursorField]: time }
