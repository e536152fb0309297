/** How a term compares. */
export type Operator = ':' | '<' | '>' | '<=' | '>='

/** One part of a query: `-status:solved`, `created>=2025-01-01`, `"blank page"`. Without a field it is free text. */
export type Term = {
  /** In small letters. */
  readonly field: string | undefined
  readonly operator: Operator
  readonly value: string
  readonly negated: boolean
}

// A field and an operator, or nothing; then a quoted text or all up to the next blank.
const TERM = /(-?)(?:([\p{L}_][\p{L}\p{N}_.]*)\s?(:?(?:<=|>=|<|>)|:))?(?:"([^"]*)"?|(\S+))/gu

/** The terms of a query, in their order. Nothing is an error: anything that isn't understood is text. */
export function parseQuery(text: string): Term[] {
  return Array.from(
    text.matchAll(TERM),
    ([, minus, field, operator, quoted, plain = '']): Term => ({
      field: field?.toLowerCase(),
      operator: (operator === undefined || operator === ':' ? ':' : operator.replace(':', '')) as Operator,
      value: quoted ?? plain,
      negated: minus === '-',
    }),
  )
}

/** The first value of a field that is no filter, such as `order_by`. */
export function firstValue(terms: readonly Term[], ...fields: readonly string[]): string | undefined {
  return terms.find(({ field }) => field !== undefined && fields.includes(field))?.value.toLowerCase()
}
