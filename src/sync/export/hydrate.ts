import { HttpError } from '../../model/errors.ts'
import type { Cut, Gather, Position, Reads, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { readWalk, type Step, type WalkOptions } from '../pages.ts'
import type { Ahead } from '../state/progress.ts'

/** Turns the stubs of a page into full records. */
export interface Gatherer {
  /** The full records of these stubs, in their order as far as the list has them; each record once. */
  records(stubs: readonly RecordData[]): Promise<readonly RecordData[]>
  /** All records of one parent. */
  ofParent(parentId: number): Promise<readonly RecordData[]>
  /** Parents that were gone when their records were asked for. */
  readonly gone: Set<number>
  /** What was handed on before its stub came; belongs in the state. */
  ahead(): Ahead
}

export interface GatherOptions extends Omit<WalkOptions, 'cut'> {
  /** Epoch seconds: the list is read from here on. */
  readonly from: number
  readonly ahead: Ahead
  /** Members that may have to be left out of the records. */
  readonly omits: ReadonlySet<string>
  /** The fields that they are known to have. */
  readonly columns: ReadonlySet<string> | undefined
  readonly parentOf: (record: RecordData) => number
  readonly timeField: string
  readonly warn: (message: string) => void
}

/** How many parents are asked at once for what the list lacks. */
const AT_ONCE = 8

/**
 * Reads the list of full records alongside the stubs, which come in the same order of time. What the list lacks is
 * asked from its parent, once: all later records of that parent are handed on with it, and their stubs are passed over.
 */
export function createGatherer(gather: Gather, options: GatherOptions): Gatherer {
  const { parentOf, timeField } = options
  const timeOf = (record: RecordData): number => epochOf(record[timeField]) ?? 0
  const list = readList(gather, options)
  const waiting = new Map<number, RecordData>()
  const ahead = new Map(Object.entries(options.ahead).map(([parent, last]) => [Number(parent), last]))
  const gone = new Set<number>()
  let reached = 0

  async function readTo(time: number): Promise<void> {
    while (reached <= time) {
      const next = await list.next()
      if (next.done) reached = Number.POSITIVE_INFINITY
      else
        for (const record of next.value.rows) {
          waiting.set(idOf(record), record)
          reached = timeOf(record)
        }
    }
  }

  async function ofParent(parentId: number): Promise<readonly RecordData[]> {
    const records: RecordData[] = []
    try {
      for await (const { rows } of readFull(gather.ofParent(parentId), { time: 0 }, options)) records.push(...rows)
    } catch (error) {
      // The parent was deleted after its row was written: its own walk tells of that.
      if (!(error instanceof HttpError && error.status === 404)) throw error
      gone.add(parentId)
    }
    return records
  }

  async function missing(parentId: number, ids: readonly number[]): Promise<readonly RecordData[]> {
    const first = Math.min(...ids)
    const records = (await ofParent(parentId)).filter((record) => idOf(record) >= first && !taken.has(idOf(record)))
    const last = records.reduce<RecordData | undefined>((a, b) => (a && idOf(a) > idOf(b) ? a : b), undefined)
    if (last) ahead.set(parentId, [idOf(last), timeOf(last)])
    return records
  }

  let taken = new Set<number>()
  return {
    ofParent,
    gone,
    ahead: () => Object.fromEntries(ahead),
    async records(stubs) {
      const wanted = stubs.filter((stub) => idOf(stub) > (ahead.get(parentOf(stub))?.[0] ?? 0))
      const latest = stubs.reduce((time, stub) => Math.max(time, timeOf(stub)), 0)
      if (wanted.length > 0) await readTo(latest)
      const found = wanted.map((stub) => waiting.get(idOf(stub))).filter((record) => record !== undefined)
      taken = new Set(found.map(idOf))
      const lacking = Map.groupBy(
        wanted.filter((stub) => !taken.has(idOf(stub))),
        parentOf,
      )
      const fetched: RecordData[] = []
      const parents = [...lacking]
      for (let at = 0; at < parents.length; at += AT_ONCE) {
        const some = parents.slice(at, at + AT_ONCE)
        const lists = await Promise.all(some.map(([id, of]) => missing(id, of.map(idOf))))
        for (const records of lists) fetched.push(...records)
      }
      // Stubs of the same second may still come: only what is older than that can be let go.
      for (const [id, record] of waiting) if (taken.has(id) || timeOf(record) < latest) waiting.delete(id)
      for (const [parent, [, time]] of ahead) if (time < latest) ahead.delete(parent)
      return [...found, ...fetched]
    },
  }
}

const idOf = (record: RecordData): number => record['id'] as number

const readFull = (walk: Walk, from: Position, options: GatherOptions): AsyncGenerator<Step> =>
  readWalk(walk, from, { ...options, keepsRows: true, cut: walk.reads && cutOf(walk.reads, options) })

const cutOf = (reads: Reads, { omits, columns }: GatherOptions): Cut => ({
  reads,
  notes: omits,
  known: columns && { fields: columns, within: {} },
})

/** The list from a built cursor; from its start where Zendesk refuses that; nothing where it may not be read. */
async function* readList(gather: Gather, options: GatherOptions): AsyncGenerator<Step> {
  try {
    yield* readFull(gather.list(options.from), { time: options.from }, options)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    if (error.status === 400) yield* readFull(gather.list(), { time: 0 }, options)
    else if (error.status === 403 || error.status === 404)
      options.warn(
        `${gather.list().path} may not be read; each record is asked from its ticket instead. ${error.message}`,
      )
    else throw error
  }
}
