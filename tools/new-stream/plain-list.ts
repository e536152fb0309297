// The endpoint of a new stream in the sandbox: a plain list, as data (sandbox/src/account/plain-lists.json).
import type { NewStream } from './declaration.ts'
import type { Row } from './example.ts'

/** So many rows the sandbox has at least: enough for one to change, one to go and one to stay. */
const LEAST_ROWS = 3

/** Whether the sandbox gives the list at this path, by its page of endpoints. */
export const isServed = (endpoints: string, path: string): boolean =>
  new RegExp(`\`/${path}\`(?:,| \\|| GET\\b)`).test(endpoints)

/** The plain lists with one more. */
export function withPlainList(text: string, { name, path, example }: NewStream): string {
  const columns = [...new Set(example.rows.flatMap(Object.keys))]
  const list = {
    table: name,
    path: `/${path}`,
    key: example.key,
    paging: example.paging === 'whole' ? 'whole' : 'list',
    columns,
    rows: seedRows(example.rows),
  }
  return `${JSON.stringify([...(JSON.parse(text) as readonly unknown[]), list], null, 2)}\n`
}

/** The lists whose truth is their answer, with one more. */
export const withAnsweredList = (text: string, { name, path, example }: NewStream): string =>
  `${JSON.stringify([...(JSON.parse(text) as readonly unknown[]), { stream: name, path, key: example.key }], null, 2)}\n`

/** The rows of an example as the sandbox keeps them, with copies under other ids until they are enough. */
export function seedRows(rows: readonly Row[]): readonly Row[] {
  const ids = new Set(rows.map(({ id }) => id))
  const copies = Array.from({ length: Math.max(0, LEAST_ROWS - rows.length) }, (_, nth): Row => {
    const id = newId(rows[0]!['id'], ids)
    ids.add(id)
    return { ...renamed(rows[nth % rows.length]!, nth + 2), id }
  })
  return [...rows, ...copies].map(({ url: _, ...row }) => row)
}

/** An id like another, and none of these. */
function newId(like: unknown, taken: ReadonlySet<unknown>): unknown {
  for (let nth = 1; ; nth++) {
    const id =
      typeof like === 'number'
        ? like < 2 ** 52
          ? like + nth
          : like - nth
        : `${String(like).slice(0, -String(nth).length)}${nth}`
    if (!taken.has(id)) return id
  }
}

/** A copy that people can tell from its model. */
function renamed(row: Row, nth: number): Row {
  const name = ['title', 'name'].find((key) => typeof row[key] === 'string')
  return name === undefined ? row : { ...row, [name]: `${row[name]} ${nth}` }
}
