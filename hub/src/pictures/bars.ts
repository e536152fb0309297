// Bars by stream: rows of a table, requests of a sync, the age of data.

import { AXIS, draw } from './draw.ts'
import type { Markup } from './markup.ts'

export interface Bar {
  readonly name: string
  readonly value: number
  /** What stands at its end. */
  readonly note: string
  readonly colour?: 'main' | 'green' | 'amber' | 'red' | 'pale'
  /** The part of it that is hatched: deleted rows. */
  readonly part?: number
}

/** Bars on a scale on which each line is ten times the one before: there may be three groups and a million comments. */
export function bars(all: readonly Bar[], label: string, { isLinear = false } = {}): Markup {
  const names = all.map(({ name }) => name)
  return draw(
    {
      grid: { left: 210, right: 120, top: 6, bottom: 26 },
      xAxis: isLinear
        ? { type: 'value', ...AXIS, minInterval: 1 }
        : { type: 'log', min: 1, ...AXIS, axisLabel: { ...AXIS.axisLabel, formatter: short } },
      yAxis: {
        ...{ type: 'category', data: names, inverse: true, ...AXIS, axisTick: { show: false } },
        axisLabel: { color: 'var(--text)', fontSize: 13, width: 195, overflow: 'truncate' },
      },
      series: [
        {
          ...{ type: 'bar', silent: true, barMaxWidth: 16, barMinHeight: 2 },
          data: all.map(({ value, note, colour = 'main' }) => ({
            value: isLinear ? value : Math.max(1, value),
            itemStyle: { color: `var(--${colour})` },
            label: { show: true, position: 'right', formatter: () => note, color: 'var(--soft)', fontSize: 12.5 },
          })),
        },
      ],
    },
    32 + all.length * 24,
    label,
  )
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`
  return value >= 1000 ? `${value / 1000}k` : String(value)
}
