// Whether JSON values are of the types that a schema names.

/** A part of a JSON Schema (draft 7), as far as it is read here. */
export interface ValueSchema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly items?: ValueSchema
  readonly oneOf?: readonly ValueSchema[]
}

/** The types that a schema names; none: any value will do. */
export const typesOf = ({ type, oneOf = [] }: ValueSchema): readonly string[] =>
  type === undefined ? oneOf.flatMap(typesOf) : [type].flat()

/** What a schema says of the inside of a value, in one of its alternatives if it has some. */
const insideOf = (schema: ValueSchema): ValueSchema => Object.assign({}, ...(schema.oneOf ?? []), schema)

/** Whether a value is of one of the types of its schema, itself: what stands inside of it is not looked at. */
export function fits(value: unknown, schema: ValueSchema): boolean {
  const types = typesOf(schema)
  return value === undefined || value === null || types.length === 0 || types.some((one) => isOf(one, value, schema))
}

function isOf(type: string, value: unknown, { format }: ValueSchema): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && isWritten(value, format)
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      // `number` and `boolean` are called the same in JSON Schema and here.
      return typeof value === type
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/

function isWritten(text: string, format: string | undefined): boolean {
  if (format === 'date') return DATE.test(text) && !Number.isNaN(Date.parse(text))
  return format !== 'date-time' || (MOMENT.test(text) && !Number.isNaN(Date.parse(text)))
}

/** What takes the place of a value that does not fit its schema; `path` leads to it (`events.body`). */
export type Replace = (value: unknown, schema: ValueSchema, path: string) => unknown

/**
 * The value, with a replacement for each part of it that does not fit its schema, at every depth. What fits is the same
 * object as before. Members without a schema stay as they are.
 */
export function fitted(value: unknown, schema: ValueSchema, path: string, replace: Replace): unknown {
  if (value === undefined) return value
  const types = typesOf(schema)
  if (value === null) return types.length === 0 || types.includes('null') ? value : replace(value, schema, path)
  if (!fits(value, schema)) return replace(value, schema, path)
  const { properties, items } = insideOf(schema)
  if (Array.isArray(value)) {
    if (!items) return value
    const parts = value.map((one) => fitted(one, items, path, replace))
    return parts.some((part, nth) => part !== value[nth]) ? parts : value
  }
  if (typeof value !== 'object' || !properties) return value
  const changed: [string, unknown][] = []
  for (const [name, of] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined
    const part = own ? fitted(of, own, `${path}.${name}`, replace) : of
    if (part !== of) changed.push([name, part])
  }
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}
