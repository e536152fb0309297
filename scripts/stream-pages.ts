// Writes docs/streams.md and a page for each stream from the declarations and the schemas: `npm run generate`. A test holds
// the pages against what this gives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stream, Walk } from '../src/stream.ts'
import { customObjectRecords } from '../src/streams/custom-objects.ts'
import { tellsNone } from '../src/streams/define.ts'
import { streams as declared } from '../src/streams/index.ts'
import { READY_SEARCHES, searchStream } from '../src/streams/searches.ts'

interface Column {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Column>>
  readonly items?: Column
}
type Schema = Column & { readonly properties: Readonly<Record<string, Column>> }

const schemas = JSON.parse(
  readFileSync(join(import.meta.dirname, '../src/generated/schemas.json'), 'utf8'),
) as Readonly<Record<string, Schema>>

/** Those of every account, the ready searches, and one that stands for those of the custom objects. */
const streams: readonly Stream[] = [...declared, ...READY_SEARCHES.map(searchStream), customObjectRecords('{key}')]

/** The schemas of streams that have none of their own name, and what these streams are. */
const BORROWED: Readonly<Record<string, { readonly from: string; readonly description?: string }>> = {
  open_tickets: { from: 'tickets', description: 'Tickets that are not solved yet, as Zendesk’s search finds them.' },
  closed_tickets: {
    from: 'tickets',
    description: 'Tickets that are solved or closed, as Zendesk’s search finds them.',
  },
  'custom_object_{key}_records': { from: 'custom_object_records' },
}

function schemaOf({ name }: Stream): Schema {
  const { from = name, description } = BORROWED[name] ?? {}
  const schema = schemas[from]
  if (!schema) throw new Error(`There is no schema of ${name}.`)
  return description === undefined ? schema : { ...schema, description }
}

/** The file of a stream's page; one page stands for all custom objects. */
const fileOf = ({ name }: Stream): string => `streams/${name.replace('{key}_', '')}.md`

const code = (text: string): string => `\`${text}\``
const listOf = (texts: readonly string[]): string => texts.map(code).join(', ') || 'none'
/** A cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const firstSentence = (text = ''): string => /^.*?[.:](?= |$)/s.exec(text)?.[0]?.replace(/:$/, '.') ?? text

const rowsAPage = ({ query }: Walk): number => Number(query['per_page'] ?? query['page[size]'] ?? query['limit'] ?? 0)
const sharing = ({ name, walk }: Stream): readonly string[] =>
  streams.filter((other) => other.walk.name === walk.name && other.name !== name).map((other) => other.name)

function wayOf(stream: Stream): string {
  const { walk, each, version, include, gather } = stream
  const size = rowsAPage(walk)
  const sideLoad = Object.entries(include ?? {}).map(([key, value]) => `${key}=${value}`)
  const parts = [
    `${code(`GET /api/v2/${walk.path}${sideLoad.length > 0 ? `?${sideLoad.join('&')}` : ''}`)}, ${
      size > 0 ? `${size.toLocaleString('en')} rows a request` : 'all of it in one request'
    }.`,
  ]
  if (walk.path === 'search/export')
    parts.push('What changed since the place in the state, in stretches of time; a checkpoint after each stretch.')
  else if (walk.order === 'ascending')
    parts.push('From the place in the state on, in order of time; a checkpoint after each page.')
  else parts.push('The whole list at each sync, whatever the start date.')
  const others = sharing(stream)
  if (others.length > 0) parts.push(`It shares these requests with ${listOf(others)}.`)
  if (gather) parts.push(`Its rows only say which records there are; those come from ${code(gather.list().path)}.`)
  if (each)
    parts.push(
      version
        ? 'Then one request or more for each of its rows that changed since the last sync.'
        : 'Then one request or more for each of its rows.',
    )
  return parts.join(' ')
}

function deletionsOf(stream: Stream): string {
  if (stream.cursorField === undefined) return 'A full refresh replaces the table.'
  if (stream.walk.order !== 'ascending')
    return 'A row that has gone from the list was deleted; incremental syncs tell it.'
  if (stream.walk.path === 'search/export')
    return 'A row that the search fits no more is told as deleted; one that was deleted in Zendesk stays until a full refresh.'
  if (stream.parent) return 'They go with their ticket: the ticket export tells which tickets were deleted.'
  return stream.deletedAt === tellsNone && !stream.deletions
    ? 'Zendesk tells none.'
    : 'Deleted records come again in the export, marked as such.'
}

const needsOf = ({ adminOnly, needs }: Stream): string =>
  adminOnly
    ? 'An administrator.'
    : `${needs ?? 'A user who may see it'}; where the plan or the role lacks it, discovery leaves it out.`

const modes = ({ cursorField }: Stream): string =>
  cursorField === undefined ? 'full refresh' : 'full refresh, incremental'

function typeOf({ type, format, items }: Column): string {
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null' && one !== undefined) as string[]
  const names = types.map((one) => (one === 'array' && items ? `array of ${typeOf(items)}` : one))
  return `${names.join(' or ') || 'any'}${format === undefined ? '' : `, ${format}`}`
}

function columnRows(columns: Readonly<Record<string, Column>>, prefix = ''): readonly string[] {
  return Object.entries(columns).flatMap(([name, column]) => {
    const path = `${prefix}${name}`
    const inner = column.properties ?? column.items?.properties
    const row = `| ${code(path)} | ${cell(typeOf(column))} | ${cell(column.description ?? '')} |`
    return inner === undefined ? [row] : [row, ...columnRows(inner, `${path}${column.items ? '[].' : '.'}`)]
  })
}

const GENERATED = '<!-- Generated by scripts/stream-pages.ts; not to be edited. -->'

function pageOf(stream: Stream): string {
  const schema = schemaOf(stream)
  return `${GENERATED}
# ${stream.name}
${schema.description ?? ''}

| | |
| --- | --- |
| primary key | ${listOf(stream.primaryKey)} |
| cursor field | ${stream.cursorField === undefined ? 'none' : code(stream.cursorField)} |
| sync modes | ${modes(stream)} |
| read by | ${cell(wayOf(stream))} |
| deletions | ${deletionsOf(stream)} |
| needs | ${needsOf(stream)} |

| column | type | what it holds |
| --- | --- | --- |
${columnRows(schema.properties).join('\n')}

[All streams](../streams.md)
`
}

const costOf = (stream: Stream): string => {
  const size = rowsAPage(stream.walk)
  const what = stream.walk.order === 'ascending' ? 'changed rows' : 'rows'
  const base = size > 0 ? `1 for ${size.toLocaleString('en')} ${what}` : '1'
  if (stream.gather) return `${base}, and 1 for ${rowsAPage(stream.gather.list())} records`
  return stream.each ? `${base}, and 1 or more for each ${stream.version ? 'changed ' : ''}row` : base
}

const overview = (): string => `${GENERATED}
# Streams
${streams.length} streams. The first sync of an export begins at \`start_date\`; lists are always read whole.

| stream | what | key | cursor | requests |
| --- | --- | --- | --- | --- |
${streams
  .map((stream) =>
    [
      `[${stream.name}](${fileOf(stream)})`,
      cell(firstSentence(schemaOf(stream).description)),
      stream.primaryKey.map(code).join(', '),
      stream.cursorField === undefined ? '' : code(stream.cursorField),
      costOf(stream),
    ].join(' | '),
  )
  .map((row) => `| ${row} |`)
  .join('\n')}

Streams that are read by the same requests: ${[...Map.groupBy(streams, ({ walk }) => walk.name).values()]
  .filter((group) => group.length > 1)
  .map((group) => group.map(({ name }) => name).join(', '))
  .join('; ')}.
`

/** Every page, by its name below docs/. */
export const streamPages = (): ReadonlyMap<string, string> =>
  new Map([['streams.md', overview()], ...streams.map((stream): [string, string] => [fileOf(stream), pageOf(stream)])])
