import { ConnectorError, isNotFound } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import { slicesOf } from '../model/slices.ts'
import type { GetPage, Instead, RecordData, SideLoad } from '../model/stream.ts'
import { LISTS_AT_ONCE, readWalk } from './pages.ts'
import { shownRecord } from './show.ts'

/** Rows of one answer that a stream needs with their side-loads. */
export interface SideLoadRequest {
  readonly stream: string
  /** The path of the endpoint that answered. */
  readonly path: string
  readonly loads: readonly SideLoad[] | undefined
  readonly rows: readonly RecordData[]
  /**
   * For children: whether the parent is known to be deleted. Rows of such a parent need no more than the key; rows of a
   * parent that was deleted meanwhile are dropped. Left out for streams without a parent: their rows are always kept.
   */
  readonly isDeleted?: (parentId: number) => boolean
}

/**
 * The rows with the side-loads that their answer lacks, read in another way if there is one; streams with the same side-load
 * share the requests. Rejects with a ConnectorError that names endpoint and key if there is no other way, or if it lacks them
 * too, and with what a request throws.
 */
export type FillRows = (wanted: SideLoadRequest) => Promise<readonly RecordData[]>

export interface SideLoaderOptions {
  readonly get: GetPage
  readonly signal: AbortSignal
  readonly log: Log
}

/** Completed rows. `lost`: those that could not be completed, because their parent was deleted and its list with it. */
interface Filled {
  readonly rows: readonly RecordData[]
  readonly lost: ReadonlySet<RecordData>
}

/** Fills the rows of one sync. It logs each fault once. */
export function sideLoader(options: SideLoaderOptions): FillRows {
  const logged = new Set<unknown>()
  const known = new WeakMap<readonly RecordData[], Map<SideLoad, Promise<Filled>>>()

  function logOnce(about: unknown, level: 'info' | 'warn', message: string): void {
    if (!logged.has(about)) options.log(level, message)
    logged.add(about)
  }

  async function fill(load: SideLoad, { path, rows, stream, isDeleted }: SideLoadRequest): Promise<Filled> {
    const lacking = rows.filter(load.isMissing)
    const made = new Map<RecordData, RecordData>()
    const lost = new Set<RecordData>()
    if (lacking.length === 0) return { rows, lost }
    const missing = `${path}: Zendesk answered without ${nameOf(load)}, which ${lacking.length} of ${rows.length} rows must have`
    if (load.isOptional) {
      logOnce(load, 'info', `${path}: Zendesk gives no ${nameOf(load)} here; ${stream} is read without it.`)
      return { rows, lost }
    }
    const { instead } = load
    if (!instead)
      throw new ConnectorError(
        `${missing}. ${stream} stops before these rows; the next sync reads them again.`,
        'system_error',
      )
    logOnce(load, 'warn', `${missing}; it is read from ${instead.path} instead, with a request for each.`)
    for (const parents of slicesOf([...Map.groupBy(lacking, instead.parentOf)], LISTS_AT_ONCE))
      await Promise.all(
        parents.map(async ([parent, some]) => {
          const whole = isDeleted?.(parent) ? undefined : await fromParent(parent, some, instead, stream, options)
          for (const [nth, row] of some.entries()) {
            const one = whole?.[nth] ?? instead.withKeyOnly?.(row) ?? row
            made.set(row, one)
            if (!whole) lost.add(one)
          }
        }),
      )
    return { rows: rows.map((row) => made.get(row) ?? row), lost }
  }

  function filledOnce(load: SideLoad, wanted: SideLoadRequest): Promise<Filled> {
    const ofRows = known.get(wanted.rows) ?? new Map<SideLoad, Promise<Filled>>()
    known.set(wanted.rows, ofRows)
    const filled = ofRows.get(load) ?? fill(load, wanted)
    ofRows.set(load, filled)
    return filled
  }

  return async (wanted) => {
    const { loads = [], isDeleted, stream } = wanted
    let { rows } = wanted
    for (const load of loads) {
      const filled = await filledOnce(load, { ...wanted, rows })
      rows = filled.rows
      const isLeftOut = (row: RecordData): boolean =>
        filled.lost.has(row) && isDeleted?.(load.instead?.parentOf(row) ?? 0) === false
      // The rows stay the same list for as long as they can: what streams share is known by it.
      if (filled.lost.size === 0 || !rows.some(isLeftOut)) continue
      rows = rows.filter((row) => !isLeftOut(row))
      logOnce(
        `${stream} ${load.key}`,
        'warn',
        `${stream}: what was deleted in the meantime is left out, because its ${nameOf(load)} can no longer be read.`,
      )
    }
    return rows
  }
}

const nameOf = ({ key, include }: SideLoad): string =>
  include === undefined ? `"${key}"` : `"${key}" (include=${include})`

/** These rows of one parent, completed; undefined if the parent was deleted. */
async function fromParent(
  parent: number,
  rows: readonly RecordData[],
  instead: Instead,
  stream: string,
  options: SideLoaderOptions,
): Promise<readonly RecordData[] | undefined> {
  const { walk, fill, show, isDeleted } = instead
  const { path } = walk(parent)
  const streams = [stream]
  const found: RecordData[] = []
  const made = (isWhole: boolean): readonly RecordData[] =>
    rows.map((row) => fill(row, found, isWhole)).filter((row) => row !== undefined)
  try {
    for await (const step of readWalk(walk(parent), { time: 0 }, { ...options, streams })) {
      found.push(...step.rows)
      const soFar = made(false)
      if (soFar.length === rows.length) return soFar
    }
  } catch (error) {
    if (!isNotFound(error)) throw error
    const shown = await shownRecord(options.get, { ...show(parent), streams })
    if (shown === undefined || isDeleted?.(shown)) return undefined
    throw error
  }
  const whole = made(true)
  if (whole.length === rows.length) return whole
  throw new ConnectorError(
    `${path}: Zendesk's answer lacks ${rows.length - whole.length} of the ${rows.length} records that ${stream} needs.`,
    'system_error',
  )
}
