import { HttpError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Deletion, RecordData, Stream, Walk } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { withFiles } from '../emit/files.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import type { Failures } from '../export/read-export.ts'
import type { Sync } from '../export/run.ts'
import { merge } from '../merge.ts'
import { joinIncludes, readWalk } from '../pages.ts'
import { shownRecord } from '../show-record.ts'
import { type ListedParent, type ListState, listStateFrom, listStateOf } from '../state/list-state.ts'
import { keyIn, keyOf } from '../state/row-key.ts'
import { childLists, type Lists } from './children.ts'
import type { ListedRow } from './emitted-list.ts'

/** How many lists of single rows, or single records, are asked for at once. */
const ASKED_AT_ONCE = 8

/** One stream of a list, while it is read. */
interface ListRun {
  readonly one: ConfiguredStream
  readonly before: ListState
  /** By key: the fingerprints of the records that are there. */
  readonly fingerprints: Map<string, string>
  /** By parent, where the stream is of the lists below one: its version, and the keys of its records. */
  readonly parents: Map<string, ListedParent>
  /** By parent whose list below is empty: its version. */
  readonly empty: Map<string, string>
  latest: number
}

/**
 * Reads a list whole for all its streams together, every time and whatever the start date: other tables point at its
 * rows. An incremental sync hands on what differs from last time; what has gone from the list was deleted. Returns what
 * ended single streams, by name; throws what ended the list.
 */
export async function* readList(
  walk: Walk,
  configured: readonly ConfiguredStream[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const all = configured.map((one): ListRun => {
    const before = listStateOf(one)
    return { one, before, fingerprints: new Map(), parents: new Map(), empty: new Map(), latest: before.latest }
  })
  const failures = new Map<string, unknown>()
  async function* eachOf(step: (listed: ListRun) => AsyncGenerator<Message>): AsyncGenerator<Message> {
    for (const listed of all) {
      const { name } = listed.one.stream
      if (failures.has(name)) continue
      try {
        yield* withFiles([listed.one], step(listed), sync)
      } catch (error) {
        failures.set(name, error)
      }
    }
  }
  const include = joinIncludes(configured.map(({ stream }) => stream.include))
  const streams = configured.map(({ stream }) => stream.name)
  for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, include, streams })) {
    const lists = childLists(rows, configured, sync)
    yield* eachOf((listed) => take(listed, rows, lists, sync))
  }
  yield* eachOf((listed) => end(listed, sync))
  return failures
}

/** One page for one stream. */
async function* take(listed: ListRun, rows: readonly RecordData[], lists: Lists, sync: Sync): AsyncGenerator<Message> {
  const { one, before } = listed
  const { childList, records, version, versionOfEmpty } = one.stream
  if (!childList) {
    yield* handOn(records(rows).map((record) => note(listed, record)))
    return
  }
  const due = rows.flatMap((parent) => {
    const id = String(parent['id'])
    const fingerprint = version && fingerprintOf(version(parent))
    const known = before.parents.get(id)
    if (known && known.version === fingerprint) {
      keepParent(listed, id, known)
      return []
    }
    const empty = versionOfEmpty && fingerprintOf(versionOfEmpty(parent))
    if (empty !== undefined && before.empty.get(id) === empty) {
      listed.empty.set(id, empty)
      return []
    }
    return [below(id, fingerprint, parent)]
  })
  for await (const messages of merge(due, ASKED_AT_ONCE)) yield* messages

  /** The records below one parent, whose list was read whole when it is remembered. */
  async function* below(
    id: string,
    fingerprint: string | undefined,
    parent: RecordData,
  ): AsyncGenerator<Generator<Message>> {
    const keys: string[] = []
    let isEmpty = true
    const look = (right: readonly RecordData[]): void => {
      isEmpty &&= right.length === 0
    }
    for await (const found of lists.below(one, parent, look)) {
      const here = records(found, parent).map((record) => note(listed, record))
      keys.push(...here.map(({ key }) => key))
      yield handOn(here)
    }
    if (fingerprint !== undefined) listed.parents.set(id, { version: fingerprint, keys })
    if (isEmpty && versionOfEmpty) listed.empty.set(id, fingerprintOf(versionOfEmpty(parent)))
  }

  function* handOn(here: readonly ListedRow[]): Generator<Message> {
    const changed = one.syncMode === 'incremental' ? before.emitted.changed(here) : here.map(({ record }) => record)
    yield* recordsMessage(one, changed, sync.deletedRecords)
  }
}

/** A parent is as it was: so are the records below it. */
function keepParent({ before, fingerprints, parents }: ListRun, id: string, parent: ListedParent): void {
  parents.set(id, parent)
  for (const key of parent.keys) fingerprints.set(key, before.emitted.fingerprintOf(key) ?? '')
}

/** The list has ended: what could not be told before, what has gone, and the state. */
async function* end(listed: ListRun, sync: Sync): AsyncGenerator<Message> {
  const { one, before, fingerprints } = listed
  if (one.syncMode === 'incremental') {
    yield* recordsMessage(one, before.emitted.rest(), sync.deletedRecords)
    const missing = [...before.emitted.keys].filter((key) => !fingerprints.has(key))
    for (let at = 0; at < missing.length; at += PAGE)
      yield* deletedOrOverlooked(listed, missing.slice(at, at + PAGE), sync)
  }
  const state = listStateFrom(one, listed)
  yield { kind: 'checkpoint', stream: one.stream.name, state }
}

/** How many deletions travel in one message. */
const PAGE = 1_000

/**
 * A row that changed its place while the list was read can be overlooked, so that where rows do that each missing one
 * is asked for by itself. When it was deleted is not told; the time of this sync is.
 */
async function* deletedOrOverlooked(listed: ListRun, missing: readonly string[], sync: Sync): AsyncGenerator<Message> {
  const { one } = listed
  const { stream } = one
  const deletedAt = isoOf(Math.floor(sync.clock.now() / 1000))
  const gone: Deletion[] = []
  const overlooked: RecordData[] = []
  const found = stream.show ? await inTurns(missing, (key) => shown(key, stream, sync)) : []
  for (const [index, key] of missing.entries()) {
    const record = found[index]
    if (record && stream.deletedAt(record) === undefined) {
      note(listed, record)
      overlooked.push(record)
    } else gone.push({ record: { ...record, ...keyIn(key, stream), ...cursorAt(deletedAt, stream) }, deletedAt })
  }
  yield* recordsMessage(one, overlooked, sync.deletedRecords)
  yield* deletionsMessage(one, gone, sync.deletedRecords)
}

/** One record as it is shown; undefined where there is none, or none for this user any more. */
async function shown(key: string, { name, show }: Stream, { get }: Sync): Promise<RecordData | undefined> {
  try {
    return show && (await shownRecord(get, { ...show(String(JSON.parse(key))), streams: [name] }))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof HttpError && (error.status === 403 || error.status === 404)

async function inTurns<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = []
  for (let at = 0; at < items.length; at += ASKED_AT_ONCE)
    answers.push(...(await Promise.all(items.slice(at, at + ASKED_AT_ONCE).map(ask))))
  return answers
}

/** Remembers a record for the state. */
function note(listed: ListRun, record: RecordData): ListedRow {
  const { stream } = listed.one
  const { cursorField } = stream
  const row = { key: keyOf(record, stream), fingerprint: fingerprintOf(record), record }
  if (cursorField === undefined) return row
  listed.fingerprints.set(row.key, row.fingerprint)
  listed.latest = Math.max(listed.latest, epochOf(record[cursorField]) ?? 0)
  return row
}

const cursorAt = (time: string, { cursorField }: Stream): RecordData =>
  cursorField === undefined ? {} : { [cursorField]: time }
