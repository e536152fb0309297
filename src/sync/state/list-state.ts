import type { ConfiguredStream, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { asIs, inForm, mapOf, members, recordOf, text, tuple } from './codec.ts'
import { type EmittedList, emittedByFingerprint, emittedByRun, isKey } from './emitted-list.ts'
import { type PackedRows, pack, packIds, unpack, unpackIds } from './packed.ts'
import { fullRefreshMark, stateToUse, understood } from './progress.ts'

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

const fingerprints = recordOf(text)

/** What a state holds of the rows of a list, in one of three forms. */
interface RowsInState {
  readonly records?: Readonly<Record<string, string>>
  readonly rows?: PackedRows
  /** By id of a parent: its version, and the fingerprints of its children by key. */
  readonly parents?: ReadonlyMap<string, readonly [version: string, records: Readonly<Record<string, string>>]>
  readonly empty: ReadonlyMap<string, string>
  readonly announced: ReadonlySet<string>
}

const rowsInState = members<RowsInState>({
  records: ['records', fingerprints],
  rows: ['rows', inForm<PackedRows>((rows) => rows, unpack)],
  parents: ['parents', mapOf(String, tuple<[string, Readonly<Record<string, string>>]>(text, fingerprints))],
  empty: ['empty', mapOf(String, text), new Map()],
  announced: [
    'coming',
    inForm(packKeys, (keys) => unpackIds(keys) && new Set(unpackIds(keys)?.map(String))),
    new Set(),
  ],
})

/** The state that a list goes on from, parsed. Throws a ConnectorError for one of another shape. */
export function listStateOf(one: ConfiguredStream): ListState {
  const field = one.stream.cursorField
  const state = stateBefore(one)
  const none = { parents: new Map(), empty: new Map(), announced: new Set<string>() } as const
  if (state === undefined || field === undefined) return { latest: 0, emitted: emittedByFingerprint({}), ...none }
  return understood(one, () => {
    const latest = inForm<number>(String, epochOf).from(state[field])
    const { records, rows, parents, empty, announced } = rowsInState.from(state)
    const known = { latest, parents: none.parents, empty, announced }
    if (rows) return { ...known, emitted: emittedByRun(rows) }
    const all = parents ? Object.assign({}, ...[...parents.values()].map(([, children]) => children)) : records
    if (all === undefined)
      return {
        ...known,
        emitted: emittedByFingerprint({}, ({ record }) => (epochOf(record[field]) ?? latest) < latest),
      }
    asIs((keys) => (keys as string[]).every((key) => isKey(key, one.stream))).from(Object.keys(all))
    const listed = [...(parents ?? [])].map(
      ([id, [version, children]]) => [id, { version, keys: Object.keys(children) }] as const,
    )
    return { ...known, emitted: emittedByFingerprint(all), parents: new Map(listed) }
  })
}

/** The state that a list goes on from; undefined where its rows are not remembered. */
function stateBefore(one: ConfiguredStream): StreamState | undefined {
  if (one.syncMode !== 'incremental' || one.stream.cursorField === undefined) return undefined
  const state = stateToUse(one)
  return state?.[NO_CURSOR] === true ? undefined : state
}

/** The state as it was, with the keys of rows that are about to be emitted. */
export function announcedState(one: ConfiguredStream, keys: ReadonlySet<string>): StreamState {
  const before = stateBefore(one) ?? { [one.stream.cursorField ?? '']: isoOf(0), records: {} }
  return { ...before, coming: packKeys(keys) }
}

function packKeys(keys: ReadonlySet<string>): unknown {
  const ids = [...keys].map(Number)
  return ids.every((id) => Number.isSafeInteger(id) && id >= 0)
    ? packIds(ids.sort((a, b) => a - b))
    : packIds([...keys].sort())
}

/** The state after a list was read to its end. `fingerprints`: those of its records by key, in the order of the list. */
export function listStateFrom(
  one: ConfiguredStream,
  listed: Pick<ListState, 'latest'> &
    Partial<Omit<ListState, 'emitted'>> & { readonly fingerprints: ReadonlyMap<string, string> },
): StreamState {
  const { latest, fingerprints, parents, empty = new Map() } = listed
  const { cursorField, feeds } = one.stream
  const { children } = feeds[0]
  const isVersioned = children?.due === 'byVersion' && children.version !== undefined
  if (cursorField === undefined) return fullRefreshMark(one, true)
  const byParent =
    isVersioned && fingerprints.size <= MOST_CHILDREN ? childrenByParent(parents, fingerprints) : undefined
  // Records of many lists come in no order: fingerprints of runs never match then, but the ids still show deletions.
  const byId = fingerprints.size > LONG ? fingerprintsById(fingerprints, children === undefined) : undefined
  const rows = byId ? { rows: pack(byId) } : { records: Object.fromEntries(fingerprints) }
  const written = byParent
    ? { parents: byParent }
    : { ...rows, ...(empty.size > 0 && { empty: Object.fromEntries(empty) }) }
  return { [cursorField]: isoOf(latest), ...written, ...fullRefreshMark(one, true) }
}

const childrenByParent = (
  parents: ListState['parents'] = new Map(),
  fingerprints: ReadonlyMap<string, string>,
): object =>
  Object.fromEntries(
    [...parents].map(([id, { version, keys }]) => [
      id,
      [version, Object.fromEntries(keys.map((key) => [key, fingerprints.get(key) ?? '']))],
    ]),
  )

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
