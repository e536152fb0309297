import type { Attempt, InvocationStatus, Message, Outgoing, Webhook } from './model.ts'

const CONTENT_TYPES = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  form_encoded: 'application/x-www-form-urlencoded',
} as const
const BODILESS = new Set(['GET', 'DELETE', 'HEAD'])
// The most bytes of an answer that are kept.
const LARGEST = 64 * 1024

/** The result of sending: `status_code` is undefined if no answer came. */
export type Sent = Pick<Attempt, 'status' | 'status_code' | 'request' | 'response'> & {
  /** Seconds that the endpoint asked to wait. */
  readonly retryAfter: number | undefined
}

/** The headers of a webhook without its signature: its own, and its authentication. */
export function headersOf({ custom_headers = {}, authentication }: Partial<Webhook>): Record<string, string> {
  return { ...custom_headers, ...credentialsOf(authentication) }
}

function credentialsOf(authentication: Webhook['authentication']): Record<string, string> {
  const { type, data = {} } = authentication ?? {}
  switch (type) {
    case 'basic_auth': {
      const text = `${data['username'] ?? ''}:${data['password'] ?? ''}`
      return { Authorization: `Basic ${Buffer.from(text).toString('base64')}` }
    }
    case 'bearer_token':
      return { Authorization: `Bearer ${data['token'] ?? ''}` }
    case 'api_key':
      return { [data['name'] ?? 'X-Api-Key']: data['value'] ?? '' }
    default:
      return {}
  }
}

/**
 * Sends over HTTP; never throws. `ended` stops it early, `timeout` is in milliseconds. The request in the result hides
 * its credentials, as a recorded attempt does.
 */
export async function send(
  outgoing: Outgoing,
  { timeout, ended }: { timeout: number; ended: AbortSignal },
): Promise<Sent> {
  const { endpoint, http_method, request_format } = outgoing
  const bodiless = BODILESS.has(http_method)
  const payload = bodiless ? '' : outgoing.payload
  const headers = {
    'Content-Type': CONTENT_TYPES[request_format],
    'User-Agent': 'Zendesk Webhook',
    ...outgoing.headers,
  }
  const shown = Object.entries(headers).map(([key, value]): [string, string] => [
    key,
    key === 'Authorization' ? '[SCRUBBED]' : value,
  ])
  const request: Message = { headers: pairs(shown), payload }
  const late = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(endpoint, {
      method: http_method,
      headers,
      // A redirect is an answer: the signature is for this endpoint.
      redirect: 'manual',
      signal: AbortSignal.any([late, ended]),
      ...(bodiless ? {} : { body: payload }),
    })
    const text = (await response.text()).slice(0, LARGEST)
    const wait = response.headers.get('retry-after')
    return {
      status: statusFor(response.status),
      status_code: response.status,
      request,
      response: { headers: pairs(response.headers), payload: text },
      retryAfter: wait !== null && /^\d+$/.test(wait) ? Number(wait) : undefined,
    }
  } catch {
    // An invocation records only that it failed, not why.
    const status = late.aborted ? 'timeout' : 'failed'
    return { status, status_code: undefined, request, response: undefined, retryAfter: undefined }
  }
}

function statusFor(code: number): InvocationStatus {
  if (code >= 500) return 'server error'
  if (code >= 400) return 'client error'
  return code >= 300 ? 'failed' : 'success'
}

function pairs(headers: Iterable<readonly [string, string]>): Message['headers'] {
  return Array.from(headers, ([key, value]) => ({ key, value }))
}
