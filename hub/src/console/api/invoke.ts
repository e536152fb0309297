// Calls operations: checks what they are called with and who calls. The API and the pages both come through here.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { HubError } from '../../errors.ts'
import { ConnectorFault } from '../../source/fault.ts'
import type { Asking, Hub } from '../console.ts'
import { type Call, type Operation, Refusal, type Schema } from '../operations/operation.ts'

export interface Invoked {
  readonly status: number
  /** What the operation answers, or `{error}`. */
  readonly body: unknown
}

export type Invoke = (id: string, call: Partial<Call>, asked: Asking) => Promise<Invoked>

interface Checked {
  readonly operation: Operation
  readonly params: ValidateFunction
  readonly query: ValidateFunction
  readonly body: ValidateFunction | undefined
}

/** The dates that RFC 3339 has. */
const FORMATS = {
  date: (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  'date-time': true,
} as const

export function createInvoke(
  hub: Hub,
  operations: readonly Operation[],
  shapes: Readonly<Record<string, Schema>>,
): Invoke {
  // What comes in paths and queries is text: numbers are made of it.
  const texts = new Ajv2020({ coerceTypes: true, strict: false, formats: FORMATS })
  const values = new Ajv2020({ strict: false, formats: FORMATS })
  values.addSchema({ $id: 'shapes', components: { schemas: shapes } })
  const closed = (properties: Readonly<Record<string, Schema>> = {}, required: readonly string[] = []): Schema => ({
    ...{ type: 'object', properties, required, additionalProperties: false },
  })
  const all = new Map<string, Checked>(
    operations.map((operation) => [
      operation.id,
      {
        operation,
        params: texts.compile(closed(operation.params, Object.keys(operation.params ?? {}))),
        query: texts.compile(closed(operation.query)),
        body: operation.body && values.compile(inShapes(operation.body)),
      },
    ]),
  )
  return async (id, { params = {}, query = {}, body }, asked) => {
    const { operation, ...checks } = all.get(id)!
    if (operation.role === 'admin' && asked.by.role !== 'admin')
      return refused(403, 'Viewers may look, and not change anything. Ask an admin.')
    const fault =
      faultOf(checks.params, { ...params }, 'path') ??
      faultOf(checks.query, { ...query }, 'query') ??
      (checks.body && faultOf(checks.body, body, 'body'))
    if (fault !== undefined) return refused(400, fault)
    try {
      return { status: operation.status, body: await operation.run(hub, { params, query, body }, asked) }
    } catch (error) {
      if (error instanceof Refusal) return refused(error.status, error.message)
      if (error instanceof HubError || error instanceof ConnectorFault) return refused(422, error.message)
      throw error
    }
  }
}

const refused = (status: number, error: string): Invoked => ({ status, body: { error } })

/** A reference in it leads into the shapes. */
const inShapes = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"shapes#/components/')) as Schema

function faultOf(check: ValidateFunction, value: unknown, where: string): string | undefined {
  if (check(value)) return undefined
  const sentence = ({ instancePath, message, params }: ErrorObject): string => {
    const { allowedValues, additionalProperty } = params as {
      allowedValues?: readonly unknown[]
      additionalProperty?: string
    }
    const more = allowedValues
      ? `: ${allowedValues.join(', ')}`
      : additionalProperty === undefined
        ? ''
        : `: ${additionalProperty}`
    return `${where}${instancePath} ${message}${more}`
  }
  return `${[...new Set((check.errors ?? []).map(sentence))].join('; ')}.`
}
