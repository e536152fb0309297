import { HttpError, keysIn } from '../model/errors.ts'
import type { Page, PageRequest, RecordData } from '../model/stream.ts'
import { DEEPEST } from './raw/json-scanner.ts'
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
      : `${body.length} bytes that are no JSON object`
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

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject)

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

function parse(body: Buffer): unknown {
  const text = body.toString('utf8')
  try {
    // Half of a surrogate pair is no character: warehouses refuse it.
    if (/\d{16}/.test(text)) return JSON.parse(text, exact)
    return /\\ud[89a-f]/i.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text)
  } catch {
    // Truncated, or HTML: the caller reports it.
    return undefined
  }
}

const wellFormed = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

/** The same; a whole number of more digits than a number holds stays text: rounded, it would be another record's key. */
const exact = (key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
  return isRounded ? context?.source : wellFormed(key, value)
}
