import { ConnectorError } from '../errors.ts'
import type { Page, RecordData } from '../stream.ts'

/** The array under `key`; anything else is an answer of the wrong shape, which must never pass for an empty page. */
export function rowsOf(page: Page, key: string): readonly RecordData[] {
  const rows = page[key]
  if (Array.isArray(rows)) return rows as RecordData[]
  throw new ConnectorError(
    `Zendesk answered without the list "${key}" that was expected; the answer has: ${Object.keys(page).join(', ') || 'nothing'}.`,
    'transient_error',
  )
}
