import { createHmac } from 'node:crypto'

/** The secret of test sends made before a webhook exists (fact 197). */
export const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

/** The signature of a delivery: the secret's characters are the key as they are, not decoded. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64')
}
