import type { Row } from '../../account/model.ts'
import type { Index } from '../../account/ordered-index.ts'
import type { Clock } from '../../clock.ts'
import { invalidAttribute, Refusal, startTimeTooRecent } from '../errors.ts'
import { type Asked, linkTo, wholeNumber } from './links.ts'
import { type Page, take } from './list.ts'

/** The exports withhold the newest seconds, this many. */
const HELD_BACK = 60

/** The parameters of an export page. `largest` is the most rows of one page. */
export type Export<T> = {
  readonly asked: Asked
  readonly clock: Clock
  readonly index: Index<T>
  readonly passes?: ((item: T) => boolean) | undefined
  readonly largest: number
  readonly route: string
  /** The most seconds after its place in time that a row, or a part of one, may appear; 0. */
  readonly lateness?: number
  /** Whether it may be asked to begin within the newest minute, and then gives nothing; else that is refused. */
  readonly anyStart?: boolean
  /** The most rows of one second: with more of them, the page after it is the same again. Left out: a second comes whole. */
  readonly mostOfSecond?: number
}

/** A page of an export. It is settled when the passing of time alone can't change it, only a change in the account. */
export type ExportPage<T> = Page<T> & { readonly settled: boolean }

/** A page of a cursor export: ordered by (time, id), entered by `start_time` or the cursor `{time}.0||{id}|`. */
export function cursorExportPage<T>(exported: Export<T>): ExportPage<T> {
  const { asked, clock, index, passes } = exported
  const cursor = asked.query.get('cursor')
  const latest = clock.now() - HELD_BACK
  const [time, id] = cursor === null ? [startTime(asked.query, exported.route, latest), -1] : readCursor(cursor)
  const size = pageSize(exported)
  const items: T[] = []
  let last: T | undefined
  let more = false
  for (const item of index.from(time, id)) {
    if (index.major(item) > latest) break
    if (items.length === size) {
      more = true
      break
    }
    last = item
    if (passes?.(item) !== false) items.push(item)
  }
  // Assumed (fact 335): with nothing to give and no cursor, the start time comes back as one. (An empty page repeats
  // the cursor.)
  const fresh = Buffer.from(`${time}.0||0|`).toString('base64')
  const next =
    last === undefined
      ? (cursor ?? fresh)
      : Buffer.from(`${index.major(last)}.0||${index.minor(last)}|`).toString('base64')
  const envelope = {
    after_url: linkTo(asked, { cursor: next, start_time: null }),
    before_url: null,
    after_cursor: next,
    before_cursor: null,
    end_of_stream: !more,
  }
  const end = last === undefined ? time : index.major(last)
  return { items, envelope, settled: isSettled(exported, more, end) }
}

/**
 * A page of a time export. Its last second is repeated by the next page; a page that lies in one second gives the whole
 * second, however long, and continues with the next one. Inside a second nothing is ordered by id.
 */
export function timeExportPage<T>(exported: Export<T>): ExportPage<T> & { readonly next: Row } {
  const { asked, clock, index, passes, mostOfSecond = Number.POSITIVE_INFINITY } = exported
  const latest = clock.now() - HELD_BACK
  const start = startTime(asked.query, exported.route, exported.anyStart ? undefined : latest)
  const size = pageSize(exported)
  const items: T[] = []
  let end = start
  let more = false
  for (const [time, rows] of seconds(index, start, latest)) {
    const wanted = passes === undefined ? rows : rows.filter(passes)
    if (wanted.length === 0) continue
    if (items.length === size) {
      more = true
      break
    }
    if (items.length === 0 && wanted.length > mostOfSecond) {
      items.push(...wanted.slice(0, mostOfSecond))
      end = time
      more = true
      break
    }
    if (items.length === 0 && wanted.length >= size) {
      items.push(...wanted)
      end = time + 1
      more = take(index.from(time, Number.POSITIVE_INFINITY), 1).some((item) => index.major(item) <= latest)
      break
    }
    const room = size - items.length
    items.push(...wanted.slice(0, room))
    end = time
    if (wanted.length > room) {
      more = true
      break
    }
  }
  const next = { next_page: linkTo(asked, { start_time: String(end) }), end_of_stream: !more, end_time: end }
  return { items, envelope: {}, next, settled: isSettled(exported, more, end) }
}

// A page that others follow depends on the rows up to its end; a last one on all that is yet to appear.
function isSettled<T>({ clock, index, lateness = 0 }: Export<T>, more: boolean, end: number): boolean {
  const quiet = clock.now() - Math.max(HELD_BACK, lateness)
  return more ? end <= quiet : take(index.from(quiet, Number.POSITIVE_INFINITY), 1).length === 0
}

function* seconds<T>(index: Index<T>, start: number, latest: number): Generator<[number, T[]]> {
  let rows: T[] = []
  let time = start
  for (const item of index.from(start, -1)) {
    const at = index.major(item)
    if (at > latest) break
    if (at !== time && rows.length > 0) {
      yield [time, scrambled(rows, index.minor)]
      rows = []
    }
    time = at
    rows.push(item)
  }
  if (rows.length > 0) yield [time, scrambled(rows, index.minor)]
}

function scrambled<T>(rows: T[], id: (item: T) => number): T[] {
  const rank = (item: T) => Math.imul(id(item) % 2_147_483_647, 2_654_435_761) >>> 0
  return rows.length < 2 ? rows : rows.sort((one, other) => rank(one) - rank(other) || id(one) - id(other))
}

/**
 * The `start_time` of an export, in epoch seconds. A fraction is cut: tap-zendesk has always sent one (`1700000000.0`).
 * Throws 400 if it is absent or no number, or, if a `latest` is given, later than that.
 */
export function startTime(query: URLSearchParams, route: string, latest = Number.POSITIVE_INFINITY): number {
  const [, whole] = /^(-?\d{1,15})(?:\.\d*)?$/.exec(query.get('start_time') ?? '') ?? []
  if (whole === undefined) throw invalidAttribute('start_time', route)
  if (Number(whole) > latest) throw startTimeTooRecent()
  return Number(whole)
}

function pageSize({ asked, largest, route }: { asked: Asked; largest: number; route: string }): number {
  const size = wholeNumber(asked.query, 'per_page', largest)
  if (size === undefined || size < 1) throw invalidAttribute('per_page', route)
  // Assumed (fact 334): more than 1,000 is cut.
  return Math.min(size, largest)
}

function readCursor(cursor: string): [number, number] {
  const match = /^(\d+)(?:\.\d+)?\|\|(\d+)\|$/.exec(Buffer.from(cursor, 'base64').toString('latin1'))
  // Assumed (fact 330): the words of this refusal.
  if (match === null) throw new Refusal(400, { error: 'InvalidCursor', description: 'cursor is not valid' })
  return [Number(match[1]), Number(match[2])]
}
