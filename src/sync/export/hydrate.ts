import { HttpError } from '../../model/errors.ts'
import { withFields } from '../../model/raw-record.ts'
import type { Cut, Hydrate, Position, Reads, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { readWalk, type Step, type WalkOptions } from '../pages.ts'
import type { EmittedAhead } from '../state/progress.ts'

/** Turns the stubs of a page into full records. */
export interface Hydrator {
  /** The full records of these stubs, each once: first those of the list in the order of their stubs, then the others. */
  records(stubs: readonly RecordData[]): Promise<readonly RecordData[]>
  /** All records of one parent. */
  ofParent(parentId: number): Promise<readonly RecordData[]>
  /** Parents that did not exist when their records were requested. */
  readonly missingParents: Set<number>
  /** The records that were emitted before their stubs came; part of the state. */
  ahead(): EmittedAhead
}

export interface HydrateOptions extends Omit<WalkOptions, 'cut'> {
  /** Where the list begins (epoch seconds). */
  readonly from: number
  readonly ahead: EmittedAhead
  /** Fields that are not emitted. */
  readonly omits: ReadonlySet<string>
  /** Fields for which there is a column. */
  readonly columns: ReadonlySet<string> | undefined
  readonly parentOf: (record: RecordData) => number
  /** The field that it is in. */
  readonly parentField: string
  /** What `parentOf` reads of a record. */
  readonly parentReads: Reads
  readonly timeField: string
  readonly warn: (message: string) => void
}

/** How many parents are asked at once for records that the list lacks. */
const PARENTS_AT_ONCE = 8

/** The list while it is read alongside the stubs. */
interface Hydration {
  readonly hydrate: Hydrate
  readonly options: HydrateOptions
  readonly list: AsyncGenerator<Step>
  /** Full records whose stubs have not come yet, by id. */
  readonly waiting: Map<number, RecordData>
  readonly ahead: Map<number, EmittedAhead[string]>
  readonly missingParents: Set<number>
  /** Up to when the list has been read (epoch seconds). */
  reached: number
}

/**
 * Reads the list of full records alongside the stubs: both are ordered by time. A record that the list lacks is taken from
 * its parent's list, once: all later records of that parent are emitted with it, and their stubs are skipped.
 */
export function createHydrator(hydrate: Hydrate, options: HydrateOptions): Hydrator {
  const hydration: Hydration = {
    hydrate,
    options,
    list: readList(hydrate, options),
    waiting: new Map(),
    ahead: new Map(Object.entries(options.ahead).map(([parent, last]) => [Number(parent), last])),
    missingParents: new Set(),
    reached: 0,
  }
  return {
    ofParent: (parentId) => ofParent(hydration, parentId),
    missingParents: hydration.missingParents,
    ahead: () => Object.fromEntries(hydration.ahead),
    records: (stubs) => fullRecords(hydration, stubs),
  }
}

async function fullRecords(hydration: Hydration, stubs: readonly RecordData[]): Promise<readonly RecordData[]> {
  const { options, waiting, ahead } = hydration
  const { parentOf, parentField } = options
  const wanted = stubs.filter((stub) => idOf(stub) > (ahead.get(parentOf(stub))?.[0] ?? 0))
  const latest = stubs.reduce((time, stub) => Math.max(time, timeOf(stub, options)), 0)
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
  const fetched: RecordData[] = []
  const parents = [...lacking]
  for (let at = 0; at < parents.length; at += PARENTS_AT_ONCE) {
    const some = parents.slice(at, at + PARENTS_AT_ONCE)
    const lists = await Promise.all(some.map(([id, of]) => restOfParent(hydration, id, of.map(idOf), taken)))
    for (const records of lists) fetched.push(...records)
  }
  // More stubs of the latest second may come: only older records can be dropped.
  for (const [id, record] of waiting) if (taken.has(id) || timeOf(record, options) < latest) waiting.delete(id)
  for (const [parent, [, time]] of ahead) if (time < latest) ahead.delete(parent)
  return [...found, ...fetched]
}

/** Goes on reading the list until it is past this time (epoch seconds). */
async function readTo(hydration: Hydration, time: number): Promise<void> {
  while (hydration.reached <= time) {
    const next = await hydration.list.next()
    if (next.done) hydration.reached = Number.POSITIVE_INFINITY
    else
      for (const record of next.value.rows) {
        hydration.waiting.set(idOf(record), record)
        hydration.reached = timeOf(record, hydration.options)
      }
  }
}

async function ofParent(
  { hydrate, options, missingParents }: Hydration,
  parentId: number,
): Promise<readonly RecordData[]> {
  const records: RecordData[] = []
  try {
    for await (const { rows } of readFull(hydrate.ofParent(parentId), { time: 0 }, options)) records.push(...rows)
  } catch (error) {
    // The parent was deleted after its row was written: the walk of the parents reports that.
    if (!(error instanceof HttpError && error.status === 404)) throw error
    missingParents.add(parentId)
  }
  return records
}

/** The records of one parent from the first of these ids on, except for those that the list had. */
async function restOfParent(
  hydration: Hydration,
  parentId: number,
  ids: readonly number[],
  taken: ReadonlySet<number>,
): Promise<readonly RecordData[]> {
  const first = Math.min(...ids)
  const all = await ofParent(hydration, parentId)
  const records = all.filter((record) => idOf(record) >= first && !taken.has(idOf(record)))
  const last = records.reduce<RecordData | undefined>((a, b) => (a && idOf(a) > idOf(b) ? a : b), undefined)
  if (last) hydration.ahead.set(parentId, [idOf(last), timeOf(last, hydration.options)])
  return records
}

const timeOf = (record: RecordData, { timeField }: HydrateOptions): number => epochOf(record[timeField]) ?? 0

const idOf = (record: RecordData): number => record['id'] as number

const readFull = (walk: Walk, from: Position, options: HydrateOptions): AsyncGenerator<Step> =>
  readWalk(walk, from, { ...options, keepsRows: true, cut: cutOf(options) })

const cutOf = ({ timeField, parentReads, parentField, omits, columns }: HydrateOptions): Cut => ({
  reads: { ...parentReads, id: true, created_at: true, [timeField]: true },
  notes: new Set([...omits, parentField]),
  known: columns && { fields: columns, within: {} },
})

/** The list from a cursor that we built, or from its start if Zendesk refuses the cursor; no rows if it may not be read. */
async function* readList(hydrate: Hydrate, options: HydrateOptions): AsyncGenerator<Step> {
  try {
    yield* readFull(hydrate.list(options.from), { time: options.from }, options)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    if (error.status === 400) yield* readFull(hydrate.list(), { time: 0 }, options)
    else if (error.status === 403 || error.status === 404)
      options.warn(
        `${hydrate.list().path} may not be read: each record is requested from its ticket instead. ${error.message}`,
      )
    else throw error
  }
}
