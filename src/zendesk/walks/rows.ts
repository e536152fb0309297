import { ConnectorError, keysIn } from '../../model/errors.ts'
import type { Page, RecordData } from '../../model/stream.ts'

/** The array under `key`. Throws a ConnectorError for anything else: a broken answer must not pass for an empty page. */
export function rowsOf(page: Page, key: string): readonly RecordData[] {
  const rows = page[key]
  if (Array.isArray(rows)) return rows as RecordData[]
  throw new ConnectorError(
    `Zendesk answered without the expected list "${key}"; the answer has: ${keysIn(page) || 'nothing'}.`,
    'transient_error',
  )
}

/** Whether this is one row: an object, no list. */
export const isRow = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether this is a list of rows. */
export const areRows = (value: unknown): value is readonly RecordData[] => Array.isArray(value) && value.every(isRow)
