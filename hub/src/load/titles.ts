// Custom fields under the titles that people know: a view with a column for each. A field that is renamed changes the view, and
// nothing is loaded again.
import { messageOf } from '../errors.ts'
import { fitNames, listed, literal, quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Known } from './known.ts'

interface TitleView {
  readonly name: string
  /** The stream whose rows have the fields, the one that names them, and the column that holds their values. */
  readonly stream: string
  readonly fields: string
  readonly values: string
  /** What names a field among the values: its id in a list of objects, or its key in an object. */
  readonly by: 'id' | 'key'
}

const VIEWS: readonly TitleView[] = [
  { name: 'tickets_by_title', stream: 'tickets', fields: 'ticket_fields', values: 'custom_fields', by: 'id' },
  { name: 'users_by_title', stream: 'users', fields: 'user_fields', values: 'user_fields', by: 'key' },
  {
    name: 'organizations_by_title',
    stream: 'organizations',
    fields: 'organization_fields',
    values: 'organization_fields',
    by: 'key',
  },
]

/** Types of the fields that each ticket has in a column of its own. */
const OWN = ['subject', 'description', 'status', 'custom_status', 'tickettype', 'priority', 'group', 'assignee']

/**
 * Makes the views anew whose fields have other titles than before. One of such a name that is not the hub's stays. Resolves to
 * why a view could not be made, for each.
 */
export async function nameFields(warehouse: Warehouse, known: Known): Promise<readonly string[]> {
  const failures: string[] = []
  for (const view of VIEWS) {
    const { name, stream, fields, values } = view
    const type = known.columnsOf(stream).find((column) => column.name === values)?.type
    if (type !== 'json' || known.columnsOf(fields).length === 0) continue
    const before = known.namesOf(name)
    if (before.size === 0 && known.columnsOf(name).length > 0) continue
    const titles = await titlesOf(warehouse, view, known)
    const after = fitNames([...titles.values()], new Map([['', 'id']]))
    const columns = new Map([...titles].map(([field, title]) => [field, after.get(title)!]))
    if (columns.size === 0 || isSame(before, columns)) continue
    await replaceView(warehouse, view, columns, known).catch((error: unknown) => {
      failures.push(`View "${name}" keeps the titles that it has: ${messageOf(error)}`)
    })
  }
  return failures
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([field, name]) => b.get(field) === name)

/** Titles by field; one that several fields have is told apart by what names the field. */
async function titlesOf({ rows, schema }: Warehouse, view: TitleView, known: Known) {
  const { fields, by } = view
  const own = by === 'id' ? ` and f.type not in (${OWN.map(literal).join(', ')})` : ''
  const found = await rows(
    `select f.${by} as field, f.title from ${schema}.${quoted(fields)} as f where ${present(known, fields)}${own} order by f.id`,
  )
  const titles = new Map<string, string>()
  const taken = new Set<string>()
  for (const { field, title } of found) {
    const text = String(title ?? '').trim() || String(field)
    const isTaken = taken.has(text.toLowerCase())
    titles.set(String(field), isTaken ? `${text} (${field})` : text)
    taken.add(text.toLowerCase())
  }
  return titles
}

/** Which rows of a stream, called f, hold now. */
const present = (known: Known, stream: string): string =>
  known.columnsOf(stream).some(({ name }) => name === '_valid_to') ? 'f._valid_to is null' : 'f._deleted_at is null'

async function replaceView(
  warehouse: Warehouse,
  view: TitleView,
  columns: ReadonlyMap<string, string>,
  known: Known,
): Promise<void> {
  const { schema } = warehouse
  const place = `${schema}.${quoted(view.name)}`
  const rows = `${schema}.${quoted(view.stream)} as f`
  const values = quoted(view.values)
  const names = [...columns.values()]
  const query =
    view.by === 'key'
      ? `select f.id, ${[...columns].map(([key, name]) => `f.${values} ->> ${literal(key)} as ${quoted(name)}`).join(', ')} from ${rows}`
      : `select f.id, ${listed(names)} from ${rows} left join (select s.id as _of, ${[...columns]
          .map(
            ([id, name]) =>
              `max(case when x.element ->> 'id' = ${literal(id)} then x.element ->> 'value' end) as ${quoted(name)}`,
          )
          .join(', ')}
         from ${schema}.${quoted(view.stream)} as s, lateral (${warehouse.elements(`s.${values}`)}) as x
         where ${present(known, view.stream).replace('f.', 's.')} group by s.id) as v on v._of = f.id`
  await warehouse.atOnce(async () => {
    await warehouse.run(`drop view if exists ${place}`)
    await warehouse.run(`create view ${place} as ${query} where ${present(known, view.stream)}`)
    const noted = [...columns].map(
      ([field, name]) => `(${[view.name, field, name, 'text'].map(literal).join(', ')}, 0)`,
    )
    await warehouse.run(`delete from ${schema}._columns where table_name = ${literal(view.name)};
      insert into ${schema}._columns values ${noted.join(', ')}`)
  })
}
