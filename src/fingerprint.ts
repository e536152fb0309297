import { createHash } from 'node:crypto'

/** A short text that tells one form of a record from another: enough to see that it changed, not what it holds. */
export const fingerprintOf = (record: object): string =>
  createHash('sha1').update(JSON.stringify(record)).digest('base64url').slice(0, 8)
