// Draws how the tables are connected, as docs/tables.svg: `npm run generate`. Its colours can be read on white and on black.
import { families, streams } from '../src/streams/index.ts'
import { type Relation, relations } from './relations.ts'

/** A family's tables, in the colour that stands for it. */
interface Panel {
  readonly title: string
  readonly colour: string
  readonly tables: readonly string[]
}

const COLOURS: Readonly<Record<(typeof families)[number]['title'], string>> = {
  Tickets: '#1a8a4a',
  'Forms and fields of tickets': '#b0700f',
  People: '#3b76d6',
  Settings: '#7a7a7a',
  'Help center': '#a04fd0',
  Community: '#c2447a',
  Talk: '#0e8a94',
  Chat: '#c05a2e',
}

const INK = '#7a7a7a'
const ROW = 22
const COLUMN = 470
const GAP = 16
/** Where the tables after the arrow begin: the longest name has room. */
const NAMES = 262
const ARROW = 18
const LETTER = 6.3

const panels = (): readonly Panel[] =>
  families.map(({ title, streams }) => ({ title, colour: COLOURS[title], tables: streams.map(({ name }) => name) }))

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
  const drawable = panels()
  const colours = new Map(drawable.flatMap(({ colour, tables }) => tables.map((name) => [name, colour] as const)))
  const colourOf = (name: string): string => colours.get(name) ?? INK
  const widest = Math.max(
    ...streams.map(({ name }) =>
      targetsOf(name, all).reduce((sum, one) => sum + one.length * LETTER + 10, NAMES + ARROW),
    ),
  )
  const width = Math.max(COLUMN, Math.ceil(widest) + 12)
  const heights = [36, 36]
  const drawn = drawable.map(({ title, colour, tables }) => {
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
  return `<svg role="img" aria-label="How the tables are connected" xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="sans-serif" font-size="13">
${textAt(8, 20, words, `fill="${INK}"`)}
${drawn.join('\n')}
</svg>
`
}
