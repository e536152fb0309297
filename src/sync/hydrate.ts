import { HttpError } from '../model/errors.ts'
import { withFields } from '../model/raw-record.ts'
import { slicesOf } from '../model/slices.ts'
import type { Cut, Hydrate, RecordData } from '../model/stream.ts'
import { epochOf } from '../model/time.ts'
import { childrenIn, LISTS_AT_ONCE, readWalk, type Step, type WalkOptions } from './pages.ts'
import type { Hydration, OpenStream, Sync } from './run.ts'
import { cursorFieldOf } from './state/progress.ts'

/**
 * Reads the list of full records alongside the stubs of a stream, from its place on: both are ordered by time. A record that
 * the list lacks is taken from its parent's list, once: all later records of that parent are emitted with it, and their stubs
 * are skipped. Undefined for a stream without stubs.
 */
export function hydrationOf({ one, feed: { hydrate }, progress }: OpenStream, sync: Sync): Hydration | undefined {
  const { name, parent } = one.stream
  if (!hydrate || !parent) return undefined
  const timeField = cursorFieldOf(one.stream)
  const cut: Cut = {
    reads: { ...parent.childReads, id: true, created_at: true, [timeField]: true },
    notes: new Set([...one.omits, hydrate.parentField]),
    known: one.columns && { fields: one.columns, within: {} },
  }
  const options = { ...sync, streams: [name], keepsRows: true, cut }
  return {
    hydrate,
    parent,
    timeField,
    options,
    list: readList(hydrate, progress.position.time, options),
    waiting: new Map(),
    ahead: new Map(Object.entries(progress.ahead).map(([id, last]) => [Number(id), last])),
    missingParents: new Set(),
    reached: 0,
  }
}

/** The full records of these stubs, each once: first those of the list in the order of their stubs, then the others. */
export async function fullRecords(hydration: Hydration, stubs: readonly RecordData[]): Promise<readonly RecordData[]> {
  const { waiting, ahead, hydrate, timeField } = hydration
  const { parentField } = hydrate
  const { idOf: parentOf } = hydration.parent
  const wanted = stubs.filter((stub) => idOf(stub) > (ahead.get(parentOf(stub))?.[0] ?? 0))
  const latest = stubs.reduce((time, stub) => Math.max(time, timeOf(stub, timeField)), 0)
  if (wanted.length > 0) await readTo(hydration, latest)
  const found = wanted.flatMap((stub) => {
    const record = waiting.get(idOf(stub))
    if (record === undefined) return []
    return [record[parentField] == null ? withFields(record, { [parentField]: parentOf(stub) }) : record]
  })
  const taken = new Set(found.map(idOf))
  const lacking = Map.groupBy(
    wanted.filter((stub) => !taken.has(idOf(stub))),
    parentOf,
  )
  const fetched: (readonly RecordData[])[] = []
  for (const some of slicesOf([...lacking], LISTS_AT_ONCE))
    fetched.push(...(await Promise.all(some.map(([id, of]) => restOfParent(hydration, id, of.map(idOf), taken)))))
  // More stubs of the latest second may come: only older records can be dropped.
  for (const [id, record] of waiting) if (taken.has(id) || timeOf(record, timeField) < latest) waiting.delete(id)
  for (const [parent, [, time]] of ahead) if (time < latest) ahead.delete(parent)
  return [...found, ...fetched.flat()]
}

/** Goes on reading the list until it is past this time (epoch seconds). */
async function readTo(hydration: Hydration, time: number): Promise<void> {
  while (hydration.reached <= time) {
    const next = await hydration.list.next()
    if (next.done) hydration.reached = Number.POSITIVE_INFINITY
    else
      for (const record of next.value.rows) {
        hydration.waiting.set(idOf(record), record)
        hydration.reached = timeOf(record, hydration.timeField)
      }
  }
}

/** All records of one parent. One that was deleted after its row was written has none: the parents' walk reports that. */
export async function recordsOfParent(
  { hydrate, options, missingParents }: Hydration,
  parentId: number,
): Promise<readonly RecordData[]> {
  const pages = childrenIn(hydrate.ofParent(parentId), options, () => missingParents.add(parentId))
  return (await Array.fromAsync(pages)).flat()
}

/** The records of one parent from the first of these ids on, except for those that the list had. */
async function restOfParent(
  hydration: Hydration,
  parentId: number,
  ids: readonly number[],
  taken: ReadonlySet<number>,
): Promise<readonly RecordData[]> {
  const first = Math.min(...ids)
  const all = await recordsOfParent(hydration, parentId)
  const records = all.filter((record) => idOf(record) >= first && !taken.has(idOf(record)))
  const last = records.reduce<RecordData | undefined>((a, b) => (a && idOf(a) > idOf(b) ? a : b), undefined)
  if (last) hydration.ahead.set(parentId, [idOf(last), timeOf(last, hydration.timeField)])
  return records
}

const timeOf = (record: RecordData, timeField: string): number => epochOf(record[timeField]) ?? 0

const idOf = (record: RecordData): number => record['id'] as number

/** The list from a cursor that we built, or from its start if Zendesk refuses the cursor; no rows if it may not be read. */
async function* readList(hydrate: Hydrate, from: number, options: WalkOptions & Sync): AsyncGenerator<Step> {
  try {
    yield* readWalk(hydrate.list(from), { time: from }, options)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    if (error.status === 400) yield* readWalk(hydrate.list(), { time: 0 }, options)
    else if (error.status === 403 || error.status === 404)
      options.log(
        'warn',
        `${hydrate.list().path} may not be read: each record is requested from its ticket instead. ${error.message}`,
      )
    else throw error
  }
}
