/** A request as the paginations need it: its own address and its query. */
export type Asked = {
  readonly origin: string
  readonly path: string
  readonly query: URLSearchParams
  /** Names in `include` that are passed over, as a fault has it: `*` for all of them. */
  readonly ignored?: ReadonlySet<string> | undefined
}

/**
 * The absolute address of the same list with other parameters (null takes one away): the query is kept, in the order of
 * the alphabet, brackets escaped. Replies carry `.json`, whatever was asked.
 */
export function linkTo({ origin, path, query }: Asked, changes: Readonly<Record<string, string | null>>): string {
  const all = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) all.delete(name)
    else all.set(name, value)
  }
  all.sort()
  const text = all.toString().replaceAll('+', '%20')
  return `${origin}${path}.json${text === '' ? '' : `?${text}`}`
}

/** A parameter that must be a whole number; `fallback` when it is absent, undefined when it is something else. */
export function wholeNumber(query: URLSearchParams, name: string, fallback: number): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}
