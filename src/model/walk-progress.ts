// A walk that comes on ends. One whose pages go round, or bring nothing new, would be read for ever.

import { ConnectorError } from './errors.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { RecordData } from './reads.ts'

/** So many pages in a row may bring nothing: exports have empty pages before their end (fact 89). */
const MOST_WITHOUT_NEWS = 100

/** One page that leads to another. */
export interface PassedPage {
  /** All of its rows, also those that were known. */
  readonly rows: readonly RecordData[]
  /** The field that tells them apart. Left out: `id`. */
  readonly idField?: string | undefined
  /** When a row last changed, where it says so (epoch seconds). */
  readonly timeOf?: ((row: RecordData) => number | undefined) | undefined
  /** The place after it: Zendesk's cursor, and the time (epoch seconds). */
  readonly cursor?: string | undefined
  readonly time: number
  /** How far that is, if it is known: a number that grows. */
  readonly reached?: number | undefined
}

/**
 * What sees to it that a walk comes on. It is given each page that leads to another, and throws a ConnectorError where the
 * place after it was met before, or where a hundred pages in a row were empty, came before, or lead no farther.
 */
export function progressCheck(path: string): (page: PassedPage) => void {
  const places = new Set<string>()
  const pages = new Set<string>()
  let farthest = Number.NEGATIVE_INFINITY
  let time = Number.NEGATIVE_INFINITY
  let still = 0
  return (page) => {
    if (page.cursor !== undefined) {
      const place = `${page.time} ${page.cursor}`
      if (places.has(place))
        throw endless(path, `leads to the page at cursor ${page.cursor.slice(0, 200)} a second time`)
      places.add(place)
    }
    const isNew = isNewPage(page, pages)
    const comesOn = page.cursor !== undefined || page.time > time
    const { reached = Number.NEGATIVE_INFINITY } = page
    still = (isNew && comesOn) || reached > farthest ? 0 : still + 1
    farthest = Math.max(farthest, reached)
    time = Math.max(time, page.time)
    if (still > MOST_WITHOUT_NEWS)
      throw endless(path, `has brought nothing new for ${still} pages, but says that there is more`)
  }
}

/**
 * Whether a page has rows, and did not come with the same ones before; notes it. Pages that differ do so in their number of
 * rows, or in the first or the last of them: to look at all would cost as much as reading them.
 */
function isNewPage({ rows, idField = 'id', timeOf }: PassedPage, pages: Set<string>): boolean {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return false
  const page = fingerprintOf([rows.length, ...[first, last].flatMap((row) => [row[idField] ?? row, timeOf?.(row)])])
  const isNew = !pages.has(page)
  pages.add(page)
  return isNew
}

const endless = (path: string, what: string): ConnectorError =>
  new ConnectorError(
    `${path}: Zendesk's list ${what}. It would never end. What was read so far is kept.`,
    'transient_error',
  )
