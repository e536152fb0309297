// Which fields of rows are read: the others are never parsed. Part of the vocabulary, by way of stream.ts.

/** One record as the API gave it, or as a stream made it. */
export type RecordData = Readonly<Record<string, unknown>>

/**
 * The fields of a row that somebody reads. `true`: the whole value; an object: only these fields of the row in that place, or
 * of each row of the list there. A slice (raw-record.ts) holds these fields and no others.
 */
export interface Reads {
  readonly [field: string]: true | Reads
}

/** By member that holds a list of rows: which of those rows somebody reads. */
export type Picks = Readonly<Record<string, (row: RecordData) => boolean>>

/** What can be read of rows of this type: their fields, and those of the rows inside of them. */
export type ReadsOf<Value> = Value extends readonly (infer Row)[]
  ? ReadsOf<Row>
  : Value extends object
    ? { readonly [Field in keyof Value]?: true | ReadsOf<NonNullable<Value[Field]>> }
    : never

/**
 * A row as its reader gets it: with the fields that `Fields` declares and no others, or whole if it declares none. None of
 * them is optional, though any may be undefined: so the compiler refuses a row without a field to a function that reads it.
 */
export type Read<Value, Fields> = Value extends readonly (infer Row)[]
  ? readonly Read<Row, Fields>[]
  : Value extends object
    ? Fields extends object
      ? { readonly [Field in keyof Fields & keyof Value]: Read<Value[Field], Fields[Field]> }
      : { readonly [Field in keyof Value & string]: Value[Field] }
    : Value

/** A row with these fields, for a function outside of a declaration. `Pick` would accept a row that lacks optional ones. */
export type Has<Row, Name extends keyof Row> = { readonly [Field in Name & string]: Row[Field] }

/** The row that a member holds, or each row of the list that it holds. */
export type Each<Value> = NonNullable<Value> extends readonly (infer Row)[] ? NonNullable<Row> : NonNullable<Value>

/** A record inside of a row, then what holds it, from the inside out: for a stream's `at`. */
export type Inside<Row, Path extends readonly string[]> = Path extends readonly [
  infer Member extends string,
  ...infer Rest extends string[],
]
  ? Member extends keyof Row
    ? [...Inside<Each<Row[Member]>, Rest>, Row]
    : never
  : [Row]

/** By member that holds a list of rows: which of its rows somebody reads. */
export type PicksOf<Row> = { readonly [Member in keyof Row]?: (row: Each<Row[Member]>) => boolean }

/** The fields that one of two readers reads. */
export function joinReads(one: Reads, other: Reads): Reads {
  const joined: Record<string, true | Reads> = { ...one }
  for (const [field, reads] of Object.entries(other)) {
    const known = joined[field]
    if (known === undefined) joined[field] = reads
    else joined[field] = known === true || reads === true ? true : joinReads(known, reads)
  }
  return joined
}

/** These fields of the records inside of a row, under these members. */
export const readsAt = (at: readonly string[], fields: Reads): Reads =>
  at.reduceRight<Reads>((reads, member) => ({ [member]: reads }), fields)

/** The fields of a stream's key: no record is emitted without them. */
export const keyReads = ({ primaryKey }: { readonly primaryKey: readonly string[] }): Reads =>
  Object.fromEntries(primaryKey.map((name) => [name, true]))
