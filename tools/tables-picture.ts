// Draws how the tables hang together, as docs/tables.svg: `npm run generate`. Colours are read on white and on black alike.
import { streams } from '../src/streams/index.ts'
import { type Relation, relations } from './relations.ts'

interface Family {
  readonly title: string
  readonly colour: string
  /** Its tables, those that others point to first; what is in no family stands with the settings. */
  readonly tables: readonly string[]
}

const FAMILIES: readonly Family[] = [
  {
    title: 'Tickets',
    colour: '#1a8a4a',
    tables: [
      'tickets',
      'ticket_metrics',
      'ticket_comments',
      'ticket_attachments',
      'ticket_audits',
      'ticket_events',
      'ticket_field_history',
      'ticket_metric_events',
      'side_conversations',
      'side_conversation_events',
      'satisfaction_ratings',
      'ticket_skips',
      'ticket_activities',
      'requests',
      'deleted_tickets',
      'suspended_tickets',
    ],
  },
  {
    title: 'People',
    colour: '#3b76d6',
    tables: [
      'users',
      'organizations',
      'groups',
      'user_identities',
      'organization_memberships',
      'group_memberships',
      'custom_roles',
      'user_fields',
      'organization_fields',
      'audit_logs',
    ],
  },
  {
    title: 'Forms and fields of tickets',
    colour: '#b0700f',
    tables: [
      'brands',
      'ticket_forms',
      'ticket_fields',
      'ticket_form_conditions_agent',
      'ticket_form_conditions_end_user',
      'custom_statuses',
      'tags',
    ],
  },
  {
    title: 'Help center',
    colour: '#a04fd0',
    tables: [
      'categories',
      'sections',
      'articles',
      'article_translations',
      'article_comments',
      'article_comment_votes',
      'article_votes',
      'article_attachments',
      'user_segments',
      'labels',
    ],
  },
  {
    title: 'Community',
    colour: '#c2447a',
    tables: ['topics', 'posts', 'post_comments', 'post_comment_votes', 'post_votes'],
  },
  {
    title: 'Talk',
    colour: '#0e8a94',
    tables: [
      'calls',
      'call_legs',
      'phone_numbers',
      'lines',
      'greetings',
      'greeting_categories',
      'ivrs',
      'talk_addresses',
      'talk_settings',
      'agents_activity',
      'current_queue_activity',
    ],
  },
]
const SETTINGS = { title: 'Settings', colour: '#7a7a7a' }

const INK = '#7a7a7a'
const ROW = 22
const COLUMN = 470
const GAP = 16
/** Where the tables after the arrow begin: the longest name has room. */
const NAMES = 262
const ARROW = 18
const LETTER = 6.3

interface Panel extends Omit<Family, 'tables'> {
  readonly tables: readonly string[]
}

function panels(): readonly Panel[] {
  const names = streams.map(({ name }) => name)
  const placed = FAMILIES.flatMap(({ tables }) => tables)
  const unknown = placed.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`There is no stream ${unknown.join(', ')} to draw.`)
  return [...FAMILIES, { ...SETTINGS, tables: names.filter((name) => !placed.includes(name)) }]
}

/** The tables that a table points to, each once, by how often; not itself. */
function targetsOf(table: string, all: readonly Relation[]): readonly string[] {
  return [...new Set(all.filter(({ from, to }) => from === table && to !== table).map(({ to }) => to))]
}

const textAt = (x: number, y: number, text: string, style: string): string =>
  `<text x="${x}" y="${y}" ${style}>${text}</text>`

/** A table's row: its name, and for each table that it points to its name in the colour of that one's family. */
function rowOf(
  table: string,
  x: number,
  y: number,
  all: readonly Relation[],
  colourOf: (name: string) => string,
): string {
  const colour = colourOf(table)
  const dot = `<circle cx="${x + 12}" cy="${y - 4}" r="4" fill="${colour}"/>`
  const parts = [dot, textAt(x + 24, y, table, `fill="${colour}" font-weight="600"`)]
  let at = x + NAMES
  const targets = targetsOf(table, all)
  if (targets.length > 0) parts.push(textAt(at, y, '→', `fill="${INK}"`))
  at += ARROW
  for (const target of targets) {
    const columns = all.filter(({ from, to }) => from === table && to === target).map(({ column }) => column)
    const title = `<title>${table}.${columns.join(', ')} → ${target}</title>`
    parts.push(`<g>${title}${textAt(at, y, target, `fill="${colourOf(target)}" font-size="11"`)}</g>`)
    at += target.length * LETTER + 10
  }
  return parts.join('')
}

/** The picture, as SVG. */
export function tablesPicture(): string {
  const all = relations()
  const families = panels()
  const colours = new Map(families.flatMap(({ colour, tables }) => tables.map((name) => [name, colour] as const)))
  const colourOf = (name: string): string => colours.get(name) ?? INK
  const widest = Math.max(
    ...streams.map(({ name }) =>
      targetsOf(name, all).reduce((sum, one) => sum + one.length * LETTER + 10, NAMES + ARROW),
    ),
  )
  const width = Math.max(COLUMN, Math.ceil(widest) + 12)
  const heights = [36, 36]
  const drawn = families.map(({ title, colour, tables }) => {
    // Each panel goes where there is most room.
    const column = heights[0]! <= heights[1]! ? 0 : 1
    const [x, y] = [column * (width + GAP) + 8, heights[column]!]
    const height = tables.length * ROW + 40
    heights[column] = y + height + GAP
    const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="${colour}" stroke-opacity="0.5"/>`
    const head = textAt(x + 12, y + 24, title, `fill="${colour}" font-size="15" font-weight="700"`)
    const rows = tables.map((table, nth) => rowOf(table, x, y + 48 + nth * ROW, all, colourOf))
    return [box, head, ...rows].join('\n')
  })
  const [w, h] = [width * 2 + GAP + 16, Math.max(...heights)]
  const words = 'After the arrow: the tables whose keys stand in a table’s columns, in the colours of their families.'
  return `<svg role="img" aria-label="How the tables hang together" xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="sans-serif" font-size="13">
${textAt(8, 20, words, `fill="${INK}"`)}
${drawn.join('\n')}
</svg>
`
}
