import { count } from './progress.ts'

/** Rows as a table of text: numbers to the right. The first row holds the headings. */
export function textTable(rows: readonly (readonly unknown[])[]): string {
  const texts = rows.map((row) => row.map(textOf))
  const widths = (texts[0] ?? []).map((_, at) => Math.max(...texts.map((row) => [...row[at]!].length)))
  const isNumber = widths.map((_, at) => rows.slice(1).every((row) => row[at] == null || typeof row[at] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => {
        const blank = ' '.repeat(widths[at]! - [...text].length)
        return isNumber[at] ? blank + text : text + blank
      })
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = texts
  return `${[line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n')}\n`
}

const MOST = 60

function textOf(value: unknown): string {
  if (value == null) return ''
  const text = typeof value === 'number' ? numberText(value) : String(value).replace(/[\n\r\t]+/g, ' ')
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
}

const numberText = (value: number): string =>
  Number.isSafeInteger(value) ? count(value) : value.toLocaleString('en-US')
