import { ConnectorError, type FailureType, HttpError } from '../model/errors.ts'
import type { Headers } from './limits/headers.ts'

/** The most of a body that an error repeats. */
const LONGEST_QUOTE = 200

/** The error for an answer that is no page: what Zendesk said, in one line. */
export function httpErrorOf(url: URL, status: number, body: string, headers: Headers): HttpError {
  const { code, text } = saidIn(body)
  const location = headers['location']
  const to =
    status >= 300 && status < 400 && location !== undefined ? ` (redirect to ${hostOf(String(location), url)})` : ''
  const said = text === '' ? '' : `: ${text}`
  const hint = status === 401 ? ' The credentials are wrong, expired or revoked; `check` tells more.' : ''
  return new HttpError(
    `GET ${url.pathname}: HTTP ${status}${to}${said}.`.replace(/\.\.$/, '.') + hint,
    failureTypeOf(status),
    {
      status,
      code,
    },
  )
}

function failureTypeOf(status: number): FailureType {
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return 'config_error'
  return status === 429 || status >= 500 || status === 408 || status === 409 ? 'transient_error' : 'system_error'
}

/** Zendesk has four kinds of error bodies, and some answers are HTML. */
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

/** Whether the connection failed for its certificate or its encryption: another attempt will not help. */
export const isTlsError = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && TLS_CODES.test(code)) || isTlsError(cause)
}

/** Whether no answer came in time, or stopped coming. */
export const isTimeout = ({ cause }: ConnectorError): boolean =>
  /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String((cause as { code?: unknown } | undefined)?.code))

export const tlsErrorOf = (url: URL, error: unknown): ConnectorError =>
  new ConnectorError(
    `No secure connection to ${url.host} (${String((error as { code?: unknown }).code)}): its certificate is not trusted here. ` +
      'Behind a proxy that opens TLS, give its certificate authority in NODE_EXTRA_CA_CERTS.',
    'config_error',
    { cause: error },
  )
