// An example page, understood: which of its members holds the rows, and how Zendesk pages the list.

/** A reason not to write anything, in words for whoever asked for the stream. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

export type Row = Readonly<Record<string, unknown>>

/** What an example page shows of a list. */
export interface Example {
  /** The member of the page that holds the rows. */
  readonly key: string
  /** One at least, each with an `id` of its own. */
  readonly rows: readonly Row[]
  /** Pages by cursor (`meta`), by number (`next_page`), or all of it at once. */
  readonly paging: 'cursor' | 'numbered' | 'whole'
}

/** What is in a page of the list at this path (without `/api/v2/`). Throws a Refusal if it shows no rows that have a key. */
export function exampleIn(page: unknown, name: string, path: string): Example {
  if (!isRow(page))
    throw new Refusal("An example page is the endpoint's whole answer: a JSON object that holds the list.")
  const key = keyOf(page, name, path)
  const rows = page[key] as readonly unknown[]
  if (rows.length === 0) throw new Refusal(`"${key}" of the example is empty: it takes one row at least.`)
  if (!rows.every(isRow)) throw new Refusal(`"${key}" of the example is no list of rows: each must be an object.`)
  checkIds(rows, key)
  return { key, rows, paging: 'meta' in page ? 'cursor' : 'next_page' in page ? 'numbered' : 'whole' }
}

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The list of the stream's name, or of the path's last part; or the only one that there is. */
function keyOf(page: Row, name: string, path: string): string {
  const lists = Object.keys(page).filter((key) => Array.isArray(page[key]))
  const last = path.slice(path.lastIndexOf('/') + 1)
  const key = [name, last].find((one) => lists.includes(one)) ?? (lists.length === 1 ? lists[0] : undefined)
  if (key !== undefined) return key
  if (lists.length === 0)
    throw new Refusal(`The example has no list: it must have a member "${name}" with rows. It has: ${membersOf(page)}.`)
  throw new Refusal(`The example has several lists, and none is called "${name}" or "${last}": ${lists.join(', ')}.`)
}

const membersOf = (page: Row): string => Object.keys(page).join(', ') || 'nothing'

function checkIds(rows: readonly Row[], key: string): void {
  const ids = rows.map(({ id }) => id)
  const place = (nth: number): string => `Row ${nth + 1} of "${key}"`
  const without = ids.findIndex((id) => id === undefined || id === null || id === '')
  if (without >= 0)
    throw new Refusal(`${place(without)} has no "id". A stream with another key, or none, is declared by hand.`)
  const odd = ids.findIndex((id) => typeof id !== 'string' && !Number.isSafeInteger(id))
  if (odd >= 0) throw new Refusal(`${place(odd)} has an "id" that is neither a whole number nor text.`)
  if (new Set(ids.map((id) => typeof id)).size > 1)
    throw new Refusal(`The ids in "${key}" are numbers and texts: they must all be the same.`)
  if (new Set(ids).size < ids.length) throw new Refusal(`Two rows of "${key}" have the same "id".`)
}
