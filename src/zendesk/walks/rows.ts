import { ConnectorError, keysIn } from '../../model/errors.ts'
import type { Page, RecordData } from '../../model/stream.ts'

/** The array under `key`. Throws a ConnectorError for anything else: a broken answer must not pass for an empty page. */
export function rowsOf(page: Page, key: string): readonly RecordData[] {
  const rows = page[key]
  if (Array.isArray(rows)) return rows as RecordData[]
  throw wrongShape(page, `list "${key}"`)
}

/** Whether this is a list of rows. */
export const areRows = (value: unknown): value is readonly RecordData[] =>
  Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))

/** The object under `key`, for an answer with one row. Throws a ConnectorError for anything else. */
export function rowOf(page: Page, key: string): RecordData {
  const row = page[key]
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as RecordData
  throw wrongShape(page, `object "${key}"`)
}

const wrongShape = (page: Page, expected: string): ConnectorError =>
  new ConnectorError(
    `Zendesk answered without the expected ${expected}; the answer has: ${keysIn(page) || 'nothing'}.`,
    'transient_error',
  )
