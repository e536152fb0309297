import { ConnectorError, HttpError } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { GetPage, Instead, RecordData, SideLoad } from '../model/stream.ts'
import { readWalk } from './pages.ts'
import { shownRecord } from './show-record.ts'

/** Rows of one answer, for one stream. */
export interface Wanted {
  readonly stream: string
  /** Of the endpoint that answered. */
  readonly path: string
  readonly loads: readonly SideLoad[] | undefined
  readonly rows: readonly RecordData[]
  /**
   * For records that go with a parent: whether that one is known to be deleted. Of such a parent's rows the key is enough;
   * those of one that was deleted meanwhile are left out. Left out: a row is one of its own, and stays as it is.
   */
  readonly isDeleted?: (parentId: number) => boolean
}

/** Sees to it that rows have what their answer should have brought with them. */
export interface SideLoader {
  /**
   * The rows with what the answer lacks, got in another way where there is one; streams with the same side-load share
   * the requests. Rejects with a ConnectorError that names endpoint and key where there is none, or where it does not
   * have it either, and with what a request throws.
   */
  filled(wanted: Wanted): Promise<readonly RecordData[]>
}

export interface SideLoaderOptions {
  readonly get: GetPage
  readonly signal: AbortSignal
  readonly log: Log
}

/** How many parents are asked at once. */
const AT_ONCE = 8

/** Rows of which some were got in another way; `lost`: those whose parent was deleted, so that it has no list any more. */
interface Filled {
  readonly rows: readonly RecordData[]
  readonly lost: ReadonlySet<RecordData>
}

/** The side-loader of one sync: what it says in the log it says once. */
export function createSideLoader(options: SideLoaderOptions): SideLoader {
  const said = new Set<unknown>()
  const known = new WeakMap<readonly RecordData[], Map<SideLoad, Promise<Filled>>>()

  function say(about: unknown, level: 'info' | 'warn', message: string): void {
    if (said.has(about)) return
    said.add(about)
    options.log(level, message)
  }

  async function fill(load: SideLoad, { path, rows, stream, isDeleted }: Wanted): Promise<Filled> {
    const lacking = rows.filter(load.isMissing)
    if (lacking.length === 0) return { rows, lost: new Set() }
    const missing = `${path}: Zendesk answered without ${nameOf(load)}, which ${lacking.length} of ${rows.length} rows must have`
    if (load.isOptional) {
      say(load, 'info', `${path}: Zendesk gives no ${nameOf(load)} here; ${stream} goes on without it.`)
      return { rows, lost: new Set() }
    }
    const { instead } = load
    if (!instead)
      throw new ConnectorError(
        `${missing}. ${stream} stops before these rows; a next sync reads them again.`,
        'system_error',
      )
    say(load, 'warn', `${missing}; it is read from ${instead.path} instead, with a request for each.`)
    const made = new Map<RecordData, RecordData>()
    const lost = new Set<RecordData>()
    const byParent = [...Map.groupBy(lacking, instead.parentOf)]
    for (let at = 0; at < byParent.length; at += AT_ONCE)
      await Promise.all(
        byParent.slice(at, at + AT_ONCE).map(async ([parent, some]) => {
          const whole = isDeleted?.(parent) ? undefined : await fromParent(parent, some, instead, stream, options)
          for (const [nth, row] of some.entries()) {
            const one = whole?.[nth] ?? instead.remains?.(row) ?? row
            made.set(row, one)
            if (!whole) lost.add(one)
          }
        }),
      )
    return { rows: rows.map((row) => made.get(row) ?? row), lost }
  }

  function filledOnce(load: SideLoad, wanted: Wanted): Promise<Filled> {
    const ofRows = known.get(wanted.rows) ?? new Map<SideLoad, Promise<Filled>>()
    known.set(wanted.rows, ofRows)
    const filled = ofRows.get(load) ?? fill(load, wanted)
    ofRows.set(load, filled)
    return filled
  }

  return {
    async filled(wanted) {
      const { loads = [], isDeleted, stream } = wanted
      let { rows } = wanted
      for (const load of loads) {
        const filled = await filledOnce(load, { ...wanted, rows })
        const isKept = (row: RecordData): boolean =>
          !filled.lost.has(row) || isDeleted === undefined || isDeleted(load.instead?.parentOf(row) ?? 0)
        const kept = filled.lost.size === 0 ? filled.rows : filled.rows.filter(isKept)
        if (kept.length < filled.rows.length)
          say(
            `${stream} ${load.key}`,
            'warn',
            `${stream}: what was deleted meanwhile is left out, as its ${nameOf(load)} cannot be had any more.`,
          )
        rows = kept.length === filled.rows.length ? filled.rows : kept
      }
      return rows
    },
  }
}

const nameOf = ({ key, include }: SideLoad): string =>
  include === undefined ? `"${key}"` : `"${key}" (include=${include})`

/** These rows of one parent, whole; undefined where the parent was deleted. */
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
    if (!(error instanceof HttpError && error.status === 404)) throw error
    const shown = await shownRecord(options.get, { ...show(parent), streams })
    if (shown === undefined || isDeleted?.(shown)) return undefined
    throw error
  }
  const whole = made(true)
  if (whole.length === rows.length) return whole
  throw new ConnectorError(
    `${path}: Zendesk's answer lacks ${rows.length - whole.length} of the ${rows.length} records that ${stream} needs of it.`,
    'system_error',
  )
}
