import { HttpError, isNotFound } from '../model/errors.ts'
import { slicesOf } from '../model/slices.ts'
import type { Feed, GetPage, Id, Page, PageRequest, Query, RecordData, Stream } from '../model/stream.ts'

/** How many rows Zendesk shows in one answer, and how many are asked for at once where it shows one. */
const MOST_IN_ONE = 100
const ONES_AT_ONCE = 8

/**
 * One record from its own endpoint: the object in `{"group": {…}}`. Undefined only if Zendesk says that there is none: an
 * answer without a record is retried.
 */
export async function shownRecord(get: GetPage, request: PageRequest): Promise<RecordData | undefined> {
  try {
    return recordIn(await get({ ...request, isPage: (page) => recordIn(page) !== undefined }))
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** What requests for records by id bring: those that are there, and those that this user may not see (403). */
export interface Shown {
  readonly rows: ReadonlyMap<Id, RecordData>
  /** A refusal never means that a record was deleted. */
  readonly hidden: ReadonlySet<Id>
}

/** How records of a stream are shown: many at once by its feed, or each by itself. */
interface Showing {
  readonly stream: Stream
  readonly feed: Feed
  /** Side-loads, if the feed shows many. */
  readonly include?: Query
  readonly get: GetPage
}

/** The records with these ids. None of a stream without such an endpoint. */
export async function showByIds(ids: readonly Id[], showing: Showing): Promise<Shown> {
  const { feed, include = {}, get, stream } = showing
  const { show, rowsShown } = feed
  const rows = new Map<Id, RecordData>()
  const hidden = new Set<Id>()
  if (show && rowsShown)
    for (const some of slicesOf(ids, MOST_IN_ONE)) {
      const request = show(some)
      const page = await get({ ...request, query: { ...request.query, ...include }, streams: [stream.name] })
      for (const row of rowsShown(page)) rows.set(row['id'] as Id, row)
    }
  else if (stream.show)
    for (const some of slicesOf(ids, ONES_AT_ONCE))
      await Promise.all(
        some.map(async (id) => {
          const record = await orHidden(shownRecord(get, { ...stream.show!(String(id)), streams: [stream.name] }))
          if (record === 'hidden') hidden.add(id)
          else if (record) rows.set(id, record)
        }),
      )
  return { rows, hidden }
}

async function orHidden<T>(asked: Promise<T>): Promise<T | 'hidden'> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof HttpError && error.status === 403) return 'hidden'
    throw error
  }
}

const recordIn = (page: Page): RecordData | undefined => Object.values(page).find(isRecord)

const isRecord = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value
