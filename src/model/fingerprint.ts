import { hash } from 'node:crypto'
import { rawOf } from './raw-record.ts'
import type { RecordData } from './stream.ts'

/** The fingerprint of a record: a short text that shows whether it changed, and does not reveal its content. */
export function fingerprintOf(record: RecordData | readonly unknown[]): string {
  const raw = rawOf(record as RecordData)
  const text = raw ? raw.bytes.subarray(raw.from, raw.to) : JSON.stringify(record)
  return hash('sha1', text, 'base64url').slice(0, 8)
}
