import type { RecordFile } from '../model/stream.ts'

/** The columns that all attachments have. */
interface Attachment {
  readonly id: number
  readonly content_url?: string | null
  readonly file_name?: string | null
  readonly size?: number | null
  readonly deleted?: boolean | null
  readonly malware_scan_result?: string | null
  readonly malware_access_override?: boolean | null
}

/**
 * The file of an attachment; undefined if it was removed or redacted.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/
 */
export function attachedFile(record: Attachment): RecordFile | undefined {
  const { id, content_url, file_name, size, deleted, malware_scan_result, malware_access_override } = record
  if (typeof content_url !== 'string' || deleted === true) return undefined
  const isRefused = malware_scan_result === 'malware_found' && malware_access_override !== true
  return {
    id: String(id),
    url: content_url,
    name: typeof file_name === 'string' ? file_name : '',
    ...(typeof size === 'number' && { size }),
    ...(isRefused && { refused: 'Zendesk found malware in it' }),
  }
}
