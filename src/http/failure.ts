import { systemClock } from '../model/clock.ts'
import { ConnectorError, type FailureType, HttpError } from '../model/errors.ts'
import type { Headers } from './limits/headers.ts'
import { isTransient } from './retry.ts'
import { retryAfterOf } from './retry-after.ts'

/** How many characters of a body an error quotes at most. */
const LONGEST_QUOTE = 200

/** The error for an answer that is no page, with what Zendesk said, in one line. */
export function httpErrorOf(url: URL, status: number, body: string, headers: Headers, method = 'GET'): HttpError {
  const { code, text } = saidIn(body)
  const location = headers['location']
  const at = Date.parse(String(headers['date']))
  const to =
    status >= 300 && status < 400 && location !== undefined ? ` (redirect to ${hostOf(String(location), url)})` : ''
  const said = text === '' ? '' : `: ${text}`
  return new HttpError(
    `${method} ${url.pathname}: HTTP ${status}${to}${said}.`.replace(/\.\.$/, '.') + hintFor(url, status),
    failureTypeOf(status, retryAfterOf(headers, systemClock.now()) !== undefined),
    { status, code, ...(!Number.isNaN(at) && { answeredAt: at / 1000 }) },
  )
}

function hintFor({ searchParams }: URL, status: number): string {
  if (status === 401) return ' The credentials are wrong, expired or revoked; `check` says more.'
  const hasCursor = searchParams.has('cursor') || searchParams.has('page[after]')
  if (hasCursor && (status === 400 || status === 422))
    return ' If Zendesk refuses the cursor in the state of an earlier sync, reset the stream.'
  return ''
}

/** What will not change is for people to mend: the account, its plan, the address, the state, a proxy on the way. */
const failureTypeOf = (status: number, namesTime: boolean): FailureType =>
  isTransient(status, namesTime) ? 'transient_error' : 'config_error'

/** What a body says of an error. Zendesk has four kinds of error bodies, and some answers are HTML. */
function saidIn(body: string): { code: string | undefined; text: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    const isHtml = /<html|<!doctype/i.test(body)
    return { code: undefined, text: isHtml ? 'an HTML page' : body.trim().slice(0, LONGEST_QUOTE) }
  }
  const { error, description, error_description, errors } = (parsed ?? {}) as Record<string, unknown>
  const first = Array.isArray(errors) ? (errors[0] as Record<string, unknown> | undefined) : undefined
  const nested = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : first
  const code = nested ? (nested['code'] ?? nested['title']) : error
  const text = [code, nested?.['message'] ?? nested?.['detail'] ?? description ?? error_description]
  return {
    code: typeof code === 'string' ? code : undefined,
    text: text
      .filter((part) => typeof part === 'string')
      .join(': ')
      .slice(0, LONGEST_QUOTE),
  }
}

function hostOf(location: string, base: URL): string {
  try {
    return new URL(location, base).host
  } catch {
    return 'an unreadable address'
  }
}

const TLS_CODES = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_SSL|HOSTNAME_MISMATCH)/

/** Whether the connection failed because of its certificate or encryption: a retry will not help. */
export const isTlsError = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && TLS_CODES.test(code)) || isTlsError(cause)
}

/** Whether the answer did not come in time, or stopped in the middle. */
export const isTimeout = ({ cause }: ConnectorError): boolean =>
  /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String((cause as { code?: unknown } | undefined)?.code))

export const tlsErrorOf = (url: URL, error: unknown): ConnectorError =>
  new ConnectorError(
    `No secure connection to ${url.host} (${String((error as { code?: unknown }).code)}): its certificate is not trusted here. ` +
      'Behind a proxy that inspects TLS, name the file of its certificate authority in NODE_EXTRA_CA_CERTS.',
    'config_error',
    { cause: error },
  )
