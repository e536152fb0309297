// Bars in time: syncs of a connection, or the streams of a sync. Their length is how long it took; waiting for limits is
// another colour at the end.

import { AXIS, draw, WIDTH } from './draw.ts'
import type { Markup } from './markup.ts'

export interface Span {
  /** The line that it stands in. */
  readonly line: string
  /** Milliseconds since 1970 (UTC). */
  readonly from: number
  readonly to: number
  /** Of that, waited, in milliseconds. */
  readonly waited: number
  readonly colour: 'green' | 'amber' | 'red' | 'blue'
}

/** How the times of an axis of this length are written, in milliseconds. */
function labelFor(length: number): string {
  if (length > 2 * 86_400_000) return '{d} {MMM}'
  return length > 5 * 60_000 ? '{HH}:{mm}' : '{HH}:{mm}:{ss}'
}

/** Draws spans from one time to another, in milliseconds. */
export function timeline(
  spans: readonly Span[],
  lines: readonly string[],
  { from, to }: { from: number; to: number },
  label: string,
): Markup {
  const left = 210
  const end = Math.max(to, from + 1000)
  const scale = (WIDTH - left - 30) / (end - from)
  const shapes = spans.map((span) => {
    const y = 8 + lines.indexOf(span.line) * 24
    const x = left + (Math.max(span.from, from) - from) * scale
    const width = Math.max(3, (Math.min(span.to, end) - Math.max(span.from, from)) * scale)
    return { span, x, y, width, waited: Math.min(width, span.waited * scale) }
  })
  return draw(
    {
      grid: { left, right: 30, top: 6, bottom: 26 },
      xAxis: {
        type: 'time',
        min: from,
        max: end,
        ...AXIS,
        useUTC: true,
        splitNumber: 5,
        axisLabel: { ...AXIS.axisLabel, hideOverlap: true, formatter: labelFor(end - from) },
      },
      yAxis: {
        ...{ type: 'category', data: lines, inverse: true, ...AXIS, axisTick: { show: false } },
        axisLabel: { color: 'var(--text)', fontSize: 13, width: 195, overflow: 'truncate' },
      },
      useUTC: true,
      series: [
        {
          ...{
            type: 'custom',
            silent: true,
            data: shapes.map((_, nth) => [spans[nth]!.from, lines.indexOf(spans[nth]!.line)]),
          },
          renderItem: (_params: unknown, api: { value(at: number): number; coord(at: number[]): number[] }) => {
            const nth = (_params as { dataIndex: number }).dataIndex
            const { span, x, width, waited } = shapes[nth]!
            const [, middle = 0] = api.coord([api.value(0), api.value(1)])
            const rect = (start: number, long: number, fill: string) => ({
              ...{ type: 'rect', shape: { x: start, y: middle - 7, width: long, height: 14, r: 2 }, style: { fill } },
            })
            return {
              type: 'group',
              children: [
                rect(x, width, `var(--${span.colour})`),
                ...(waited > 1 ? [rect(x + width - waited, waited, 'var(--pale)')] : []),
              ],
            }
          },
        },
      ],
    },
    34 + lines.length * 24,
    label,
  )
}
