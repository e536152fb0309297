// Rows, and which fields of them somebody reads: the others are never parsed. Part of the vocabulary, by way of stream.ts.

/** One record as the API gave it, or as a stream made it. */
export type RecordData = Readonly<Record<string, unknown>>

/**
 * The fields of a row that somebody reads; `true`: its value, an object: these fields of the row, or of each row of the
 * list, that stands there. A row that was cut out of its page (raw-record.ts) holds these and no others.
 */
export interface Reads {
  readonly [field: string]: true | Reads
}

/** By the member that holds a list of rows: which of them somebody looks at, decided by what is read of them. */
export type Picks = Readonly<Record<string, (row: RecordData) => boolean>>

/** What can be read of rows of this type: any of their fields, and of the rows inside of them. */
export type ReadsOf<Value> = Value extends readonly (infer Row)[]
  ? ReadsOf<Row>
  : Value extends object
    ? { readonly [Field in keyof Value]?: true | ReadsOf<NonNullable<Value[Field]>> }
    : never

/**
 * A row as its reader gets it: with the fields that `Fields` declares, and no others; undeclared, it is whole. None of
 * them is optional, though any may be undefined: a row that lacks one is not taken by a function that reads it.
 */
export type Read<Value, Fields> = Value extends readonly (infer Row)[]
  ? readonly Read<Row, Fields>[]
  : Value extends object
    ? Fields extends object
      ? { readonly [Field in keyof Fields & keyof Value]: Read<Value[Field], Fields[Field]> }
      : { readonly [Field in keyof Value & string]: Value[Field] }
    : Value

/** A row with these fields: what a function reads that stands by itself. `Pick` would take a row that lacks them. */
export type Has<Row, Name extends keyof Row> = { readonly [Field in Name & string]: Row[Field] }

/** What stands under a member: the row, or each row of the list. */
export type Each<Value> = NonNullable<Value> extends readonly (infer Row)[] ? NonNullable<Row> : NonNullable<Value>

/** A record that stands inside of a row, then what holds it, from the inside out: for `at` of a stream. */
export type Inside<Row, Path extends readonly string[]> = Path extends readonly [
  infer Member extends string,
  ...infer Rest extends string[],
]
  ? Member extends keyof Row
    ? [...Inside<Each<Row[Member]>, Rest>, Row]
    : never
  : [Row]

/** For each list of rows in a row: which of its rows somebody looks at. */
export type PicksOf<Row> = { readonly [Member in keyof Row]?: (row: Each<Row[Member]>) => boolean }

/** What several readers read, together. */
export function joinReads(one: Reads, other: Reads): Reads {
  const joined: Record<string, true | Reads> = { ...one }
  for (const [field, reads] of Object.entries(other)) {
    const known = joined[field]
    if (known === undefined) joined[field] = reads
    else joined[field] = known === true || reads === true ? true : joinReads(known, reads)
  }
  return joined
}

/** These fields of the records that stand in a row at the end of this way. */
export const readsAt = (at: readonly string[], fields: Reads): Reads =>
  at.reduceRight<Reads>((reads, member) => ({ [member]: reads }), fields)
