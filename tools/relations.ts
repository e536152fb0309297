// Which column points to which table: told by the column's name, or by "references" in its schema.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { streams } from '../src/streams/index.ts'

/** A column that holds the key, or the keys, of rows of another table. */
export interface Relation {
  readonly from: string
  readonly column: string
  readonly to: string
}

/** A column, as far as it points to another table; null: its name is another table's, but it points to none. */
interface Column {
  readonly references?: string | null
}

/** The columns of a stream's schema, by name. */
const columnsOf = (stream: string): Readonly<Record<string, Column>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../schemas/${stream}.json`), 'utf8')).properties

/** The tables that a column could be named after: `ticket_id`, `category_ids`. */
function namedAfter(column: string): readonly string[] {
  const [, stem] = /^(.+)_ids?$/.exec(column) ?? []
  return stem === undefined ? [] : [`${stem}s`, `${stem}es`, `${stem.replace(/y$/, '')}ies`, stem]
}

/** Every relation between the streams, by table and column in their order. Throws if a column references no stream. */
export function relations(): readonly Relation[] {
  const names = new Set(streams.map(({ name }) => name))
  return streams.flatMap(({ name: from }) =>
    Object.entries(columnsOf(from)).flatMap(([column, { references }]): Relation[] => {
      const to = references === undefined ? namedAfter(column).find((name) => names.has(name)) : references
      if (to === undefined || to === null) return []
      if (!names.has(to)) throw new Error(`schemas/${from}.json: ${column} references ${to}, which is no stream.`)
      return [{ from, column, to }]
    }),
  )
}
