import type { Row } from '../account/model.ts'

/** A refusal that the request's handler throws and `app.ts` answers with, body as Zendesk words it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: Row
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: Row, headers: Readonly<Record<string, string>> = {}) {
    super(`HTTP ${status}: ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** 404 for a record that isn't there or is deleted. */
export function recordNotFound(): Refusal {
  return new Refusal(404, { error: 'RecordNotFound', description: 'Not found' })
}

/** 404 for a route that isn't there. */
export function invalidEndpoint(): Refusal {
  return new Refusal(404, { error: 'InvalidEndpoint', description: 'Not found' })
}

/** 400 for a parameter of the wrong type; `route` is Zendesk's name of the endpoint. */
export function invalidAttribute(name: string, route: string): Refusal {
  const message = `You passed an invalid value for the ${name} attribute. Invalid parameter: ${name} must be an integer from ${route}`
  return new Refusal(400, { error: { title: 'Invalid attribute', message } })
}

/** 400 for a record's time that is not a valid time (fact 295). */
export function invalidTime(name: string): Refusal {
  const what = `You passed an invalid value for the ${name} attribute.`
  const message = `${what} Invalid parameter: ${name} It must be an acceptable ISO 8601 date format`
  return new Refusal(400, { error: { title: 'Invalid attribute', message } })
}

/** 400 of cursor pagination. Assumed (fact 330): the envelope around the texts that were recorded. */
export function invalidPagination(title: string): Refusal {
  return new Refusal(400, { errors: [{ code: 'InvalidPaginationParameter', title }] })
}

/** 400 for offset pages beyond the 10,000th record. */
export function paginationTooDeep(): Refusal {
  const title = 'Pagination requests using Offset Pagination are limited to 10000 records'
  return new Refusal(400, { errors: [{ code: 'InvalidPaginationDepth', title }] })
}

/** 400 for an export that begins within the last minute. */
export function startTimeTooRecent(): Refusal {
  const description = 'Too recent start_time. Use a start_time older than 60 seconds'
  return new Refusal(400, { error: 'StartTimeTooRecent', description })
}

/** 403 for a role or plan that lacks the page. */
export function forbiddenPage(): Refusal {
  const message =
    'You do not have access to this page. Please contact the account owner of this help desk for further help.'
  return new Refusal(403, { error: { title: 'Forbidden', message } })
}

/** 403 for a token without the scope. */
export function missingScope(scope: 'read' | 'write' | 'impersonate'): Refusal {
  return new Refusal(403, { error: 'Forbidden', description: `Missing the following required scopes: ${scope}` })
}

/** 422 for a record that breaks the rules, by field; `error` is a code such as `BlankValue` or `DuplicateValue`. */
export function recordInvalid(details: Readonly<Record<string, readonly Row[]>>): Refusal {
  return new Refusal(422, { error: 'RecordInvalid', description: 'Record validation errors', details })
}

/** 400 for a bulk call with more than 100 items. The two blanks are Zendesk's. */
export function tooManyValues(): Refusal {
  const description = 'Parameter  cannot specify more than 100 values'
  return new Refusal(400, { error: 'TooManyValues', description, max_count: 100 })
}

/** 400 for a body without the key that it must have. Assumed (fact 330): the words. */
export function parameterMissing(name: string): Refusal {
  const message = `Parameter ${name} is required`
  return new Refusal(400, { error: { title: 'Invalid attribute', message } })
}

/** 401 of Basic authentication. */
export function notAuthenticated(): Refusal {
  return new Refusal(401, { error: "Couldn't authenticate you" })
}

/** 401 of a bearer token. */
export function invalidToken(): Refusal {
  const text = 'The access token provided is expired, revoked, malformed or invalid for other reasons.'
  return new Refusal(401, { error: 'invalid_token', error_description: text })
}

/** 404 for a subdomain without an account. */
export function noHelpDesk(host: string): Refusal {
  const message =
    'There is no help desk configured at this address. This means that the address is available and that you can claim it at http://www.zendesk.com/signup'
  return new Refusal(404, { error: { title: `No help desk at ${host}`, message } })
}
