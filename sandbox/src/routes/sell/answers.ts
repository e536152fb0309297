import { randomUUID } from 'node:crypto'
import type { Row } from '../../account/model.ts'
import { Refusal } from '../../http/errors.ts'
import type { Asked } from '../../http/pages/links.ts'

const MORE_INFO = 'https://developers.getbase.com/docs/rest/articles/errors'
const STATUSES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
}

/** One error of Sell; `field` is a JSON pointer, for errors of one attribute. */
export type SellError = {
  readonly resource: string
  readonly field?: string
  readonly code: string
  readonly message: string
  readonly details: string
}

/** A refusal in Sell's envelope; `X-Request-Id` is called `logref` in the body. */
export function sellRefusal(status: number, ...errors: readonly SellError[]): Refusal {
  const logref = randomUUID()
  const links = { more_info: MORE_INFO }
  const body = {
    errors: errors.map((error) => ({ error, meta: { type: 'error', links } })),
    meta: { type: 'errors', http_status: `${status} ${STATUSES[status] ?? ''}`, logref, links },
  }
  return new Refusal(status, body, { 'x-request-id': logref })
}

/** 404 for a record that isn't there. */
export function sellNotFound(resource: string, id: string): Refusal {
  const details = `The ${resource} with id '${id}' could not be found.`
  return sellRefusal(404, { resource, code: 'not_found', message: 'resource not found', details })
}

/** 400 for a parameter. */
export function sellInvalidParameter(name: string, details: string): Refusal {
  const message = 'invalid parameter'
  return sellRefusal(400, { resource: 'request', field: name, code: 'invalid_param', message, details })
}

/** One record in its envelope. */
export function sellOne(data: Row, type: string, version = 1): Row {
  return { data, meta: { version, type } }
}

/** A page of records (25 unless `per_page` says so, at most 100), which are given whole. */
export function sellPage<T>({ origin, path, query }: Asked, all: readonly T[], rowOf: (item: T) => Row): Row {
  const number = (name: string, fallback: number, most: number) => {
    const text = query.get(name) ?? String(fallback)
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (value < 1 || value > most) throw sellInvalidParameter(name, `The parameter '${name}' is out of range.`)
    return value
  }
  const size = number('per_page', 25, 100)
  const page = number('page', 1, 999_999_999)
  const items = all.slice((page - 1) * size, page * size)
  const link = (to: number) => {
    const changed = new URLSearchParams(query)
    changed.set('page', String(to))
    changed.set('per_page', String(size))
    return `${origin}${path}?${changed}`
  }
  const links: Record<string, string> = { self: link(page) }
  if (page > 1) Object.assign(links, { first_page: link(1), prev_page: link(page - 1) })
  if (page * size < all.length) links['next_page'] = link(page + 1)
  return { items: items.map(rowOf), meta: { type: 'collection', count: items.length, links } }
}
