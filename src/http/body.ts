import { HttpError, keysIn } from '../model/errors.ts'
import { exactJson } from '../model/exact-json.ts'
import type { Page, PageRequest, RecordData } from '../model/stream.ts'
import { DEEPEST } from './raw/page-scanner.ts'
import { cutPage } from './raw/slice-page.ts'

/**
 * The page in the body of an answer. Throws a transient HttpError for a body that is no JSON object, or lacks what the
 * request expects.
 */
export function pageIn(body: Buffer, url: URL, { expects, cut, isBare, isPage: isRight }: PageRequest): Page {
  const sliced = cut && !isBare && expects !== undefined ? cutPage(body, expects, cut) : undefined
  const page = sliced ?? pageOf(parse(body), isBare && expects)
  const isPage = isObject(page)
  const isWhole = isPage && (expects === undefined || isList((page as Page)[expects]))
  // Whoever cut a page has counted how deep it is.
  const isDeep = isPage && sliced === undefined && isDeeper(page as Page, DEEPEST + 1)
  if (isWhole && !isDeep && isRight?.(page as Page) !== false) return page as Page
  const found = isDeep
    ? `values that are nested more than ${DEEPEST} deep`
    : isPage
      ? foundIn(page as Page, expects)
      : `${body.length} bytes that are not a JSON object`
  const missing = isWhole
    ? 'another shape'
    : expects === undefined
      ? 'a JSON object'
      : `a JSON object with the list "${expects}"`
  throw new HttpError(
    `GET ${url.pathname}: Zendesk answered 200, but with ${found} where ${missing} was expected.`,
    'transient_error',
    { status: 200 },
  )
}

/** A list that came without an object around it, as a page that has it under this key. */
const pageOf = (answer: unknown, key: string | false | undefined): unknown =>
  key && Array.isArray(answer) ? { [key]: answer } : answer

/** Whether it is an object of JSON: no list, and not null. */
export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** Whether it is a list of objects. */
export const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject)

/** Whether objects and lists are nested deeper than this. */
function isDeeper(value: Readonly<Record<string, unknown>> | readonly unknown[], most: number): boolean {
  if (most === 0) return true
  for (const member of Array.isArray(value) ? value : Object.values(value))
    if (typeof member === 'object' && member !== null && isDeeper(member as RecordData, most - 1)) return true
  return false
}

/** What was found instead of rows: only its kind, as broken answers may hold anything. */
function foundIn(page: Page, expects = ''): string {
  const value = page[expects]
  if (Array.isArray(value)) return `${kindOf(value.find((row) => !isObject(row)))} as a row of "${expects}"`
  if (expects in page) return `${kindOf(value)} as "${expects}"`
  return `the keys ${keysIn(page) || '(none)'}`
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value)

/** The JSON value in a body; undefined if it holds none. */
export function parse(body: Buffer): unknown {
  try {
    return exactJson(body.toString('utf8'))
  } catch {
    // Truncated, or HTML: the caller reports it.
    return undefined
  }
}
