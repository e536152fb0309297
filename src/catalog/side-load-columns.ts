import type { JsonSchema, RecordData, Stream } from '../model/stream.ts'
import { columnsInOwnList, sideLoadsOf } from '../streams/tickets/side-loads.ts'
import { withAddedColumns, withEachFeed } from './added-columns.ts'
import { declaredSchema } from './columns.ts'

/** A record of another stream as the value of a column. */
const likeStream = (name: string): RecordData => {
  const { properties } = declaredSchema(name)
  const { id, ...others } = properties as Readonly<Record<string, RecordData>>
  return { type: ['null', 'object'], properties: { id: { ...id, type: ['null', 'integer'] }, ...others } }
}

/** What Zendesk puts into the tickets itself. */
const INSIDE: Readonly<Record<string, () => readonly [name: string, column: RecordData]>> = {
  comment_count: () => [
    'comment_count',
    { type: ['null', 'integer'], description: 'How many comments the ticket has.' },
  ],
  incident_counts: () => [
    'incident_count',
    { type: ['null', 'integer'], description: 'How many incidents belong to the ticket, if it is a problem.' },
  ],
  dates: () => [
    'dates',
    {
      type: ['null', 'object'],
      additionalProperties: true,
      description: 'When the ticket was assigned, updated by either side, and solved.',
    },
  ],
  metric_sets: () => ['metric_set', { ...likeStream('ticket_metrics'), description: 'The metrics of the ticket.' }],
  slas: () => [
    'slas',
    {
      type: ['null', 'object'],
      additionalProperties: true,
      description: 'The targets of the SLA policy that apply to the ticket, as far as Zendesk gives them with it.',
    },
  ],
}

const columnsOf = (include: string): readonly (readonly [name: string, column: RecordData])[] => {
  const inside = INSIDE[include]
  if (inside) return [inside()]
  return Object.entries(columnsInOwnList(include) ?? {}).map(([name, { by, like }]) => {
    const one = likeStream(like)
    const description = `What the ticket's ${by} names, as it was when the ticket was read.`
    return [name, by.endsWith('_ids') ? { type: ['null', 'array'], items: one, description } : { ...one, description }]
  })
}

/** The tickets with these side-loads as columns. */
export function withSideLoadColumns(tickets: Stream, own: JsonSchema, includes: readonly string[]): Stream {
  if (includes.length === 0) return tickets
  const columns = includes.flatMap(columnsOf)
  const beside = includes.flatMap((include) => Object.entries(columnsInOwnList(include) ?? {}))
  const added = beside.map(([name]) => name)
  const include = { include: includes.join(',') }
  const { exported, listed } = sideLoadsOf(includes)
  // If the list is missing, the ticket refers to nothing: others failed before this.
  const none = (ids: unknown): unknown => (Array.isArray(ids) ? [] : null)
  const embedding = withAddedColumns(tickets, {
    columns: added,
    reads: [...added, ...beside.map(([, { by }]) => by)],
    valuesOf: (ticket) => Object.fromEntries(beside.map(([name, { by }]) => [name, ticket[name] ?? none(ticket[by])])),
  })
  return {
    ...embedding,
    feeds: withEachFeed(embedding, (feed) => ({
      ...feed,
      include,
      sideLoads: feed === embedding.feeds[0] ? exported : listed,
    })),
    schema: { ...own, properties: { ...own.properties, ...Object.fromEntries(columns) } },
  }
}
