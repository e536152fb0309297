// How values stand in a state, as JSON: one codec for each key. What they read, they check.

/** How a value stands in a state. `from` throws `Misshapen` for anything that `to` did not write. */
export interface Codec<T> {
  from(json: unknown): T
  to(value: T): unknown
}

/** A part of a state that cannot be understood: whoever knows the stream says so. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen'
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const objectIn = (json: unknown): Readonly<Record<string, unknown>> => {
  if (!isObject(json)) throw new Misshapen()
  return json
}

/** A value that stands in the state as it is. */
export const asIs = <T>(is: (json: unknown) => boolean): Codec<T> => ({
  from(json) {
    if (!is(json)) throw new Misshapen()
    return json as T
  },
  to: (value) => value,
})

/** A value with a form of its own there; `read` gives undefined for what is none. */
export const inForm = <T>(write: (value: T) => unknown, read: (json: unknown) => T | undefined): Codec<T> => ({
  from(json) {
    const value = read(json)
    if (value === undefined) throw new Misshapen()
    return value
  },
  to: write,
})

export const number = asIs<number>((json) => typeof json === 'number')
export const text = asIs<string>((json) => typeof json === 'string')
/** The value, or null. */
export const orNull = <T>(of: Codec<T>): Codec<T | null> => ({
  from: (json) => (json === null ? null : of.from(json)),
  to: (value) => (value === null ? null : of.to(value)),
})
export const listOf = <T>(of: Codec<T>): Codec<readonly T[]> => ({
  from: (json) => asIs<readonly unknown[]>(Array.isArray).from(json).map(of.from),
  to: (values) => values.map(of.to),
})
/** A list of so many values, each of its own kind. */
export const tuple = <T extends readonly unknown[]>(...of: { readonly [At in keyof T]: Codec<T[At]> }): Codec<T> => ({
  from: (json) => {
    const values = asIs<readonly unknown[]>((all) => Array.isArray(all) && all.length === of.length).from(json)
    return values.map((value, nth) => of[nth]?.from(value)) as unknown as T
  },
  to: (values) => values.map((value, nth) => of[nth]?.to(value)),
})
/** An object with any keys. */
export const recordOf = <T>(of: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  from: (json) => mapped(objectIn(json), of.from),
  to: (values) => mapped(values, of.to),
})
/** The same as a map, whose keys are made of the texts. */
export const mapOf = <K extends string | number, T>(
  keyOf: (text: string) => K,
  of: Codec<T>,
): Codec<ReadonlyMap<K, T>> => ({
  from: (json) => new Map(Object.entries(objectIn(json)).map(([key, value]) => [keyOf(key), of.from(value)])),
  to: (values) => Object.fromEntries([...values].map(([key, value]) => [key, of.to(value)])),
})

const mapped = <T, R>(values: Readonly<Record<string, T>>, change: (value: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]))

/**
 * By member of `T`: its key in the state, its codec, and the value that it has if the key is not there. An empty one is not
 * written then.
 */
type Members<T> = {
  readonly [K in keyof T]-?: readonly [key: string, codec: Codec<NonNullable<T[K]>>, absent?: T[K]]
}

/** An object with these members. One without a value, or with that which it has if it is absent, is left out. */
export function members<T extends object>(declared: Members<T>): Codec<T> {
  const all = Object.entries(declared) as [string, readonly [string, Codec<unknown>, unknown?]][]
  return {
    from(json) {
      const state = objectIn(json)
      const values = all.flatMap(([name, [key, codec, absent]]) => {
        const value = state[key] === undefined ? absent : codec.from(state[key])
        return value === undefined ? [] : [[name, value] as const]
      })
      return Object.fromEntries(values) as T
    },
    to(value) {
      const written = all.flatMap(([name, [key, codec, absent]]) => {
        const own = (value as Record<string, unknown>)[name]
        const isLeftOut = own === undefined || (absent !== undefined && sizeOf(own) === 0)
        return isLeftOut ? [] : [[key, codec.to(own)] as const]
      })
      return Object.fromEntries(written)
    },
  }
}

/** The members of one object beside those of another, which stands under `name` in the value. */
export const beside = <K extends string, A extends object, B extends object>(
  name: K,
  first: Codec<A>,
  second: Codec<B>,
): Codec<B & Readonly<Record<K, A>>> => ({
  from: (json) => ({ ...second.from(json), [name]: first.from(json) }) as B & Readonly<Record<K, A>>,
  to: (value) => ({ ...(first.to(value[name]) as object), ...(second.to(value) as object) }),
})

const sizeOf = (value: unknown): number | undefined => {
  if (value instanceof Map || value instanceof Set) return value.size
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}
