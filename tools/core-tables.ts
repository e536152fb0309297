// Draws the dozen tables that most questions are about, with the columns that join them, as docs/core-tables.svg:
// `npm run generate`. Where they stand and how the lines run is the layout library's; colours are read on white and on black.
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { streams } from '../src/streams/index.ts'
import { type Relation, relations } from './relations.ts'

/** The tables, in the colour of the lines that lead to them. */
const COLOURS = {
  ticket_comments: '#1a8a4a',
  ticket_field_history: '#1a8a4a',
  ticket_audits: '#0e8a94',
  ticket_metrics: '#1a8a4a',
  ticket_metric_events: '#1a8a4a',
  satisfaction_ratings: '#1a8a4a',
  tickets: '#1a8a4a',
  users: '#3b76d6',
  brands: '#7a7a7a',
  ticket_forms: '#b0700f',
  organizations: '#a04fd0',
  groups: '#c2447a',
} as const

const TABLES: readonly string[] = Object.keys(COLOURS)
const colourOf = (table: string): string => COLOURS[table as keyof typeof COLOURS]

const ROW = 19
const HEAD = 26
const LETTER = 6.7
const PADDING = 10

/** A table as it is drawn: its key, and the columns that hold the key of another one of these. */
interface Box {
  readonly name: string
  readonly key: readonly string[]
  readonly joins: readonly Relation[]
}

function boxes(): readonly Box[] {
  const all = relations()
  return TABLES.map((name) => {
    const stream = streams.find((one) => one.name === name)
    if (stream === undefined) throw new Error(`There is no stream ${name}.`)
    // Columns that hold lists of keys are left out, and those that lead to the table that they stand in.
    const joins = all.filter(
      ({ from, to, column }) => from === name && to !== name && TABLES.includes(to) && column.endsWith('_id'),
    )
    return { name, key: stream.primaryKey, joins }
  })
}

const rowsOf = ({ key, joins }: Box): readonly string[] => [...new Set([...key, ...joins.map(({ column }) => column)])]
const widthOf = (box: Box): number =>
  Math.ceil(Math.max(box.name.length * 7.9, ...rowsOf(box).map((row) => row.length * LETTER + 14)) + 2 * PADDING)
const heightOf = (box: Box): number => HEAD + rowsOf(box).length * ROW + 6
const middleOf = (box: Box, column: string): number => HEAD + (rowsOf(box).indexOf(column) + 0.5) * ROW + 2

function graphOf(all: readonly Box[]): ElkNode {
  const port = (box: Box, column: string, side: 'WEST' | 'EAST') => ({
    id: `${box.name}.${column} ${side}`,
    ...{ x: side === 'EAST' ? widthOf(box) : 0, y: middleOf(box, column), width: 0, height: 0 },
    layoutOptions: { 'elk.port.side': side },
  })
  return {
    id: 'tables',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.randomSeed': '1',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.thoroughness': '50',
      'elk.layered.spacing.nodeNodeBetweenLayers': '20',
      'elk.layered.spacing.edgeNodeBetweenLayers': '12',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
      'elk.spacing.nodeNode': '18',
      'elk.spacing.edgeEdge': '8',
      'elk.spacing.edgeNode': '12',
      'elk.padding': '[top=34,left=6,bottom=6,right=6]',
    },
    children: all.map((box) => ({
      ...{ id: box.name, width: widthOf(box), height: heightOf(box) },
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        ...box.joins.map(({ column }) => port(box, column, 'EAST')),
        ...(box.key[0] === undefined ? [] : [port(box, box.key[0], 'WEST')]),
      ],
    })),
    edges: all.flatMap((box) =>
      box.joins.map(({ column, to }) => ({
        id: `${box.name}.${column}`,
        sources: [`${box.name}.${column} EAST`],
        targets: [`${to}.${all.find(({ name }) => name === to)!.key[0]} WEST`],
      })),
    ),
  }
}

/** The picture, as SVG. */
export async function coreTablesPicture(): Promise<string> {
  // The library's layout runs here, without a thread of its own.
  const { default: ELK } = await import('elkjs/lib/elk.bundled.js')
  const all = boxes()
  const { children = [], edges = [], width = 0, height = 0 } = await new ELK.default().layout(graphOf(all))
  const placed = new Map(children.map((node) => [node.id, node]))
  const lines = edges.map((edge) => lineOf(edge, all))
  const drawn = all.map((box) => boxOf(box, placed.get(box.name)!))
  const [w, h] = [Math.ceil(width), Math.ceil(height)]
  const label = `How the core tables join: ${all.flatMap(({ joins }) => joins.map(({ from, column, to }) => `${from}.${column} is the key of ${to}`)).join('; ')}.`
  return `<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">
<title>How the core tables join</title>
<desc>${label}</desc>
<text x="8" y="20" fill="#7a7a7a">A line leads from a column to the key that it holds.</text>
${lines.join('\n')}
${drawn.join('\n')}
</svg>
`
}

function lineOf({ id, sections = [] }: ElkExtendedEdge, all: readonly Box[]): string {
  const join = all.flatMap(({ joins }) => joins).find(({ from, column }) => `${from}.${column}` === id)!
  const paths = sections.map(({ startPoint, bendPoints = [], endPoint }) => {
    const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${round(x)} ${round(y)}`)
    const { x, y } = endPoint
    return `<path d="M${points.join('L')}"/><circle cx="${round(x - 3)}" cy="${round(y)}" r="3" fill="${colourOf(join.to)}" stroke="none"/>`
  })
  return `<g fill="none" stroke="${colourOf(join.to)}" stroke-width="1.4" stroke-linejoin="round"><title>${id} → ${join.to}</title>${paths.join('')}</g>`
}

function boxOf(box: Box, { x = 0, y = 0, width = 0, height = 0 }: ElkNode): string {
  const colour = colourOf(box.name)
  const rows = rowsOf(box).map((column, nth) => {
    const to = box.joins.find((join) => join.column === column)?.to
    const isKey = box.key.includes(column)
    const style = to === undefined ? 'fill="#7a7a7a"' : `fill="${colourOf(to)}"`
    const at = round(y + HEAD + nth * ROW + 16)
    return `<text x="${round(x + PADDING)}" y="${at}" ${style}${isKey ? ' font-weight="700"' : ''}>${column}</text>`
  })
  return `<g><rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="6" fill="none" stroke="${colour}"/>
<path d="M${round(x)} ${round(y + HEAD)}h${width}" stroke="${colour}" stroke-opacity="0.5"/>
<text x="${round(x + PADDING)}" y="${round(y + 18)}" fill="${colour}" font-size="12.5" font-weight="700">${box.name}</text>
${rows.join('\n')}</g>`
}

const round = (value: number): number => Math.round(value * 10) / 10
