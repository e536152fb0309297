import type { ConfiguredStream, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { type KnownRows, knownBy, knownByForm, knownByRun } from '../list/known-rows.ts'
import { pack, unpack } from './packed-rows.ts'
import { fullRefreshMark, isObjectOf, isText, stateToUse, unknownState } from './progress.ts'
import { isKey } from './row-key.ts'

/** With more rows than this in order of their ids, the state remembers runs of rows instead of each. */
const LONG = 5_000

/** With more records than this in lists below another's rows, the state forgets where they were, and all are read again. */
const MOST_BELOW = 30_000

/** What Airbyte's connector leaves for a stream that it always reads whole. */
const NO_CURSOR = '__ab_no_cursor_state_message'

/** What a list's state says: the latest value of the cursor field (epoch seconds), and the rows that there were. */
export interface ListState {
  readonly latest: number
  readonly known: KnownRows
  /** Where its records are in lists below another's rows: those rows. */
  readonly parents: ReadonlyMap<string, ListedParent>
  /** Of those rows, by id, whose list is empty: their version. */
  readonly empty: ReadonlyMap<string, string>
}

/** A row with a list below it: its version when that was read, and the keys of the records that were in it. */
export interface ListedParent {
  readonly form: string
  readonly keys: readonly string[]
}

const NONE = { parents: new Map<string, ListedParent>(), empty: new Map<string, string>() } as const

/** Throws a ConnectorError for a state of another shape. */
export function listStateOf(one: ConfiguredStream): ListState {
  const { stream, syncMode } = one
  const field = stream.cursorField
  const state = syncMode === 'incremental' && field !== undefined ? stateToUse(one) : undefined
  if (state === undefined || field === undefined || state[NO_CURSOR] === true)
    return { latest: 0, known: knownBy(() => false), ...NONE }
  const latest = epochOf(state[field])
  const { records, rows, parents, empty = {} } = state
  const packed = unpack(rows)
  if (latest === undefined || (rows !== undefined && !packed) || !isObjectOf(empty, isText))
    throw unknownState(stream, state)
  const known = { latest, ...NONE, empty: new Map(Object.entries(empty)) }
  if (packed) return { ...known, known: knownByRun(packed) }
  if (parents !== undefined) return { ...known, ...below(parents, one) }
  if (records !== undefined) {
    if (!isObjectOf(records, isText) || !Object.keys(records).every((key) => isKey(key, stream)))
      throw unknownState(stream, state)
    return { ...known, known: knownByForm(records) }
  }
  return { ...known, known: knownBy((record) => (epochOf(record[field]) ?? latest) < latest) }
}

/** By parent: its version, and the forms of its records by key. */
function below(parents: unknown, { stream, state }: ConfiguredStream): Pick<ListState, 'known' | 'parents'> {
  if (!isObjectOf(parents, isParent)) throw unknownState(stream, state)
  const forms = Object.assign({}, ...Object.values(parents).map(([, records]) => records)) as Record<string, string>
  if (!Object.keys(forms).every((key) => isKey(key, stream))) throw unknownState(stream, state)
  const known = Object.entries(parents).map(([id, [form, records]]): [string, ListedParent] => [
    id,
    { form, keys: Object.keys(records) },
  ])
  return { known: knownByForm(forms), parents: new Map(known) }
}

const isParent = (value: unknown): value is readonly [string, Readonly<Record<string, string>>] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isObjectOf(value[1], isText)

/** The state after a list was read to its end: of its rows in their order, the forms by key. */
export function listStateFrom(
  one: ConfiguredStream,
  listed: Pick<ListState, 'latest'> &
    Partial<Omit<ListState, 'known'>> & { readonly forms: ReadonlyMap<string, string> },
): StreamState {
  const { latest, forms, parents = NONE.parents, empty = NONE.empty } = listed
  const { cursorField, version } = one.stream
  if (cursorField === undefined) return fullRefreshMark(one, true)
  if (version && forms.size <= MOST_BELOW) {
    const grouped = [...parents].map(([id, { form, keys }]) => [
      id,
      [form, Object.fromEntries(keys.map((key) => [key, forms.get(key) ?? '']))],
    ])
    return { [cursorField]: isoOf(latest), parents: Object.fromEntries(grouped), ...fullRefreshMark(one, true) }
  }
  // Records of many lists come in no order: their runs tell nothing then, but their ids still tell deletions.
  const byId = forms.size > LONG ? formsById(forms, one.stream.each === undefined) : undefined
  const rows = byId ? { rows: pack(byId) } : { records: Object.fromEntries(forms) }
  return {
    [cursorField]: isoOf(latest),
    ...rows,
    ...(empty.size > 0 && { empty: Object.fromEntries(empty) }),
    ...fullRefreshMark(one, true),
  }
}

/** The same by id; undefined where the keys are no ids, or not in ascending order where they are to be. */
function formsById(forms: ReadonlyMap<string, string>, inOrder: boolean): ReadonlyMap<number, string> | undefined {
  const byId = new Map<number, string>()
  let last = -1
  for (const [key, form] of forms) {
    const id = Number(key)
    if (!Number.isSafeInteger(id) || id < 0 || (inOrder && id <= last)) return undefined
    byId.set(id, form)
    last = id
  }
  return byId
}
