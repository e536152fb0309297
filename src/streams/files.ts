import type { RecordData, RecordFile } from '../model/stream.ts'

/**
 * The file that a record of an attachment tells of. One that was removed, or redacted, is none.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/
 */
export function attachedFile(record: RecordData): RecordFile | undefined {
  const { id, content_url, file_name, size, deleted } = record
  if (typeof content_url !== 'string' || deleted === true) return undefined
  const isRefused = record['malware_scan_result'] === 'malware_found' && record['malware_access_override'] !== true
  return {
    id: String(id),
    url: content_url,
    name: typeof file_name === 'string' ? file_name : '',
    ...(typeof size === 'number' && { size }),
    ...(isRefused && { refused: 'Zendesk found malware in it' }),
  }
}
