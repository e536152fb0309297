// Whether a delivery comes from Zendesk: nothing is accepted without a signature.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** The headers of a delivery that matter. */
export interface Signed {
  readonly webhook: string
  readonly account: string
  readonly invocation: string
  readonly timestamp: string
  /** 32 bytes. */
  readonly signature: Buffer
}

/** Why a request is refused before its body is read. */
export type HeaderFault = 'unsigned' | 'stale'

/** A retry may keep the time of the first attempt. What comes twice in that time is seen by its key. */
export const OLDEST = 3_600_000
/** For how far a clock may be ahead of ours, in milliseconds. */
const AHEAD = 300_000

/** The headers of a request, or why they are refused. `now` in milliseconds. */
export function signedIn(header: (name: string) => string | undefined, now: number): Signed | HeaderFault {
  const timestamp = header('x-zendesk-webhook-signature-timestamp')
  const signature = Buffer.from(header('x-zendesk-webhook-signature') ?? '', 'base64')
  const webhook = header('x-zendesk-webhook-id')
  const account = header('x-zendesk-account-id')
  if (timestamp === undefined || webhook === undefined || account === undefined || signature.length !== 32)
    return 'unsigned'
  const age = now - Date.parse(timestamp)
  // Also true of a time that is none.
  if (!(age <= OLDEST && age >= -AHEAD)) return 'stale'
  return { webhook, account, timestamp, signature, invocation: header('x-zendesk-webhook-invocation-id') ?? '' }
}

/** Whether one of these secrets signed these bytes, in constant time. The secret's characters are the key as they are. */
export function isSignedBy(secrets: readonly string[], { timestamp, signature }: Signed, body: Uint8Array): boolean {
  let found = false
  for (const secret of secrets) {
    const wanted = createHmac('sha256', secret).update(timestamp).update(body).digest()
    found = timingSafeEqual(wanted, signature) || found
  }
  return found
}
