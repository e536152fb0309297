// Everything that the console can do, each thing declared once: the API, its description and the pages are made of these.
import type { Role } from '../access/sessions.ts'
import type { Asking, Hub } from '../console.ts'

/** JSON Schema (2020-12). */
export type Schema = Readonly<Record<string, unknown>>

/** What an operation is called with: checked against its schemas. */
export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface Operation {
  /** Its name, and `operationId` in the description. */
  readonly id: string
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** Below `/api/v1`: `/connections/{name}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** Who may. */
  readonly role: Role
  readonly params?: Readonly<Record<string, Schema>>
  readonly query?: Readonly<Record<string, Schema>>
  readonly body?: Schema
  /** The status of success, and the schema of its body; left out for an answer without one. */
  readonly status: 200 | 201 | 202 | 204
  readonly answer?: Schema
  /** Refusals beside 400, 401 and 403: by status, the reason. */
  readonly refusals?: Readonly<Record<number, string>>
  readonly run: (hub: Hub, call: Call, asked: Asking) => Promise<unknown> | unknown
}

/** A refusal: its status, and what to do, in words. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: 400 | 404 | 409 | 422 | 502
  constructor(status: Refusal['status'], message: string) {
    super(message)
    this.status = status
  }
}

export const text = (more: Schema = {}): Schema => ({ type: 'string', ...more })
export const whole = (more: Schema = {}): Schema => ({ type: 'integer', ...more })
export const yesNo = (more: Schema = {}): Schema => ({ type: 'boolean', ...more })
export const listOf = (items: Schema): Schema => ({ type: 'array', items })
export const orNull = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'null'] })
export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** An object of these members and no others; those with a name that ends in `?` may be left out. */
export function objectOf(members: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const names = Object.keys(members)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), members[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
    ...more,
  }
}

/** The name of a connection in a path. */
export const NAME: Readonly<Record<string, Schema>> = {
  name: text({ minLength: 1, maxLength: 100, description: 'The name of the connection.' }),
}
/** A time in ISO 8601 (UTC). */
export const TIME = text({ format: 'date-time' })
export const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined || !Number.isFinite(at) || at <= 0 ? null : new Date(at).toISOString()
