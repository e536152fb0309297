import { hash } from 'node:crypto'
import { rawOf } from './raw-record.ts'
import type { RecordData } from './stream.ts'

/** A short text that tells one form of a record from another: enough to see that it changed, not what it holds. */
export function fingerprintOf(record: RecordData | readonly unknown[]): string {
  const raw = rawOf(record as RecordData)
  const text = raw ? raw.bytes.subarray(raw.from, raw.to) : JSON.stringify(record)
  return hash('sha1', text, 'base64url').slice(0, 8)
}
