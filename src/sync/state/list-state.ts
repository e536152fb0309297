import type { ConfiguredStream, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { type EmittedList, emittedBy, emittedByFingerprint, emittedByRun } from '../list/emitted-list.ts'
import { packIds, unpackIds } from './packed-ids.ts'
import { pack, unpack } from './packed-rows.ts'
import { fullRefreshMark, isObjectOf, isText, stateToUse, unknownState } from './progress.ts'
import { isKey } from './row-key.ts'

/** With more rows than this, ordered by id, the state remembers fingerprints of runs of rows instead of each row's. */
const LONG = 5_000

/** With more children than this, the state does not remember whose they are, and the lists of all parents are read again. */
const MOST_CHILDREN = 30_000

/** The state that Airbyte's connector writes for a stream that it always reads whole. */
const NO_CURSOR = '__ab_no_cursor_state_message'

/** The state of a list, parsed: the latest value of the cursor field (epoch seconds), and the rows that were emitted. */
export interface ListState {
  readonly latest: number
  readonly emitted: EmittedList
  /** The keys of further rows that a sync announced, and may have emitted, before it was cut off. */
  readonly announced: ReadonlySet<string>
  /** For a stream of children: their parents, by id. */
  readonly parents: ReadonlyMap<string, ListedParent>
  /** By id of a parent without children: its version. */
  readonly empty: ReadonlyMap<string, string>
}

/** A parent: its version when its list was read, and the keys of its children. */
export interface ListedParent {
  readonly version: string
  readonly keys: readonly string[]
}

const NONE = {
  parents: new Map<string, ListedParent>(),
  empty: new Map<string, string>(),
  announced: new Set<string>(),
} as const

/** Throws a ConnectorError for a state of another shape. */
export function listStateOf(one: ConfiguredStream): ListState {
  const { stream } = one
  const field = stream.cursorField
  const state = stateBefore(one)
  if (state === undefined || field === undefined) return { latest: 0, emitted: emittedBy(() => false), ...NONE }
  const latest = epochOf(state[field])
  const { records, rows, parents, empty = {}, coming } = state
  const packed = unpack(rows)
  const announced = coming === undefined ? [] : unpackIds(coming)?.map(String)
  if (latest === undefined || (rows !== undefined && !packed) || !isObjectOf(empty, isText) || !announced)
    throw unknownState(stream, state)
  const known = { latest, ...NONE, empty: new Map(Object.entries(empty)), announced: new Set(announced) }
  if (packed) return { ...known, emitted: emittedByRun(packed) }
  if (parents !== undefined) return { ...known, ...childrenIn(parents, one) }
  if (records !== undefined) {
    if (!isObjectOf(records, isText) || !Object.keys(records).every((key) => isKey(key, stream)))
      throw unknownState(stream, state)
    return { ...known, emitted: emittedByFingerprint(records) }
  }
  return { ...known, emitted: emittedBy((record) => (epochOf(record[field]) ?? latest) < latest) }
}

/** The parents in a state. By id of the parent: its version, and the fingerprints of its children by key. */
function childrenIn(parents: unknown, { stream, state }: ConfiguredStream): Pick<ListState, 'emitted' | 'parents'> {
  if (!isObjectOf(parents, isParent)) throw unknownState(stream, state)
  const fingerprints = Object.assign({}, ...Object.values(parents).map(([, records]) => records)) as Record<
    string,
    string
  >
  if (!Object.keys(fingerprints).every((key) => isKey(key, stream))) throw unknownState(stream, state)
  const known = Object.entries(parents).map(([id, [version, records]]): [string, ListedParent] => [
    id,
    { version, keys: Object.keys(records) },
  ])
  return { emitted: emittedByFingerprint(fingerprints), parents: new Map(known) }
}

const isParent = (value: unknown): value is readonly [string, Readonly<Record<string, string>>] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isObjectOf(value[1], isText)

/** The state that a list goes on from; undefined where its rows are not remembered. */
function stateBefore(one: ConfiguredStream): StreamState | undefined {
  if (one.syncMode !== 'incremental' || one.stream.cursorField === undefined) return undefined
  const state = stateToUse(one)
  return state?.[NO_CURSOR] === true ? undefined : state
}

/** The state as it was, with the keys of rows that are about to be emitted. */
export function announcedState(one: ConfiguredStream, keys: ReadonlySet<string>): StreamState {
  const ids = [...keys].map(Number)
  const coming = ids.every((id) => Number.isSafeInteger(id) && id >= 0)
    ? packIds(ids.sort((a, b) => a - b))
    : packIds([...keys].sort())
  const before = stateBefore(one) ?? { [one.stream.cursorField ?? '']: isoOf(0), records: {} }
  return { ...before, coming }
}

/** The state after a list was read to its end. `fingerprints`: those of its records by key, in the order of the list. */
export function listStateFrom(
  one: ConfiguredStream,
  listed: Pick<ListState, 'latest'> &
    Partial<Omit<ListState, 'emitted'>> & { readonly fingerprints: ReadonlyMap<string, string> },
): StreamState {
  const { latest, fingerprints, parents = NONE.parents, empty = NONE.empty } = listed
  const { cursorField, version } = one.stream
  if (cursorField === undefined) return fullRefreshMark(one, true)
  if (version && fingerprints.size <= MOST_CHILDREN) {
    const grouped = [...parents].map(([id, { version, keys }]) => [
      id,
      [version, Object.fromEntries(keys.map((key) => [key, fingerprints.get(key) ?? '']))],
    ])
    return { [cursorField]: isoOf(latest), parents: Object.fromEntries(grouped), ...fullRefreshMark(one, true) }
  }
  // Records of many lists come in no order: fingerprints of runs never match then, but the ids still show deletions.
  const byId = fingerprints.size > LONG ? fingerprintsById(fingerprints, one.stream.childList === undefined) : undefined
  const rows = byId ? { rows: pack(byId) } : { records: Object.fromEntries(fingerprints) }
  return {
    [cursorField]: isoOf(latest),
    ...rows,
    ...(empty.size > 0 && { empty: Object.fromEntries(empty) }),
    ...fullRefreshMark(one, true),
  }
}

/** The fingerprints by id; undefined if a key is no id, or, with `inOrder`, if the ids do not ascend. */
function fingerprintsById(
  fingerprints: ReadonlyMap<string, string>,
  inOrder: boolean,
): ReadonlyMap<number, string> | undefined {
  const byId = new Map<number, string>()
  let last = -1
  for (const [key, fingerprint] of fingerprints) {
    const id = Number(key)
    if (!Number.isSafeInteger(id) || id < 0 || (inOrder && id <= last)) return undefined
    byId.set(id, fingerprint)
    last = id
  }
  return byId
}
