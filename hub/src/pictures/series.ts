// Series in time, as lines or as columns; and shares of rows, as bars in parts.
import { AXIS, draw } from './draw.ts'
import { html, type Markup } from './markup.ts'

export type Colour = 'main' | 'green' | 'amber' | 'red' | 'blue' | 'violet' | 'pale'

export interface Series {
  readonly name: string
  readonly colour: Colour
  /** A value for each time, or for each row; null: there is none. */
  readonly values: readonly (number | null)[]
  /** Lines are told apart by more than their colour. */
  readonly dash?: 'dashed' | 'dotted'
}

export interface Axis {
  /** How values are written. */
  readonly format: (value: number) => string
  readonly max?: number
}

const WHOLE: Axis = { format: (value) => value.toLocaleString('en-US') }

/** What each colour stands for. */
export const legend = (series: readonly Series[]): Markup =>
  html`<p class="legend">${series.map(({ name, colour, dash }) => html`<span><b class="c-${colour}${dash ? ' dashed' : ''}"></b>${name}</span>`)}</p>`

const timeAxis = (days: readonly string[]) => ({
  ...{ type: 'category', data: days, ...AXIS, axisTick: { show: false } },
  axisLabel: {
    ...AXIS.axisLabel,
    hideOverlap: true,
    formatter: (day: string) => monthOf(day),
    interval: monthly(days),
  },
})

/** Which of the days are named: the first ones of a month, a dozen at the most. */
function monthly(days: readonly string[]): (at: number) => boolean {
  const firsts = days.flatMap((day, at) => (at > 0 && day.slice(0, 7) !== days[at - 1]!.slice(0, 7) ? [at] : []))
  const nth = Math.ceil(firsts.length / 12)
  const named = new Set(firsts.filter((_, at) => at % nth === 0))
  return firsts.length < 2 ? (at) => at % Math.ceil(days.length / 8) === 0 : (at) => named.has(at)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthOf = (day: string): string =>
  day.slice(5, 7) === '01' || day.length < 10
    ? `${MONTHS[0]} ${day.slice(0, 4)}`
    : (MONTHS[Number(day.slice(5, 7)) - 1] ?? day)

const valueAxis = ({ format, max }: Axis) => ({
  ...{ type: 'value', min: 0, ...AXIS, axisLine: { show: false } },
  axisLabel: { ...AXIS.axisLabel, formatter: format },
  ...(max !== undefined && { max }),
})

const GRID = { left: 64, right: 16, top: 12, bottom: 28 }

/** Lines over days or weeks. */
export function lines(days: readonly string[], series: readonly Series[], label: string, axis: Axis = WHOLE): Markup {
  const drawn = series.map(({ values, colour, dash }, nth) => ({
    ...{ type: 'line', data: values, silent: true, showSymbol: values.length < 20, symbolSize: 5, connectNulls: true },
    lineStyle: { color: `var(--${colour})`, width: 2.2, type: dash ?? 'solid' },
    itemStyle: { color: `var(--${colour})` },
    ...(series.length === 1 && nth === 0 && { areaStyle: { color: `var(--${colour})`, opacity: 0.14 } }),
  }))
  return draw(
    { grid: GRID, xAxis: { ...timeAxis(days), boundaryGap: false }, yAxis: valueAxis(axis), series: drawn },
    250,
    label,
  )
}

/** Columns over weeks, beside each other or on top of each other. */
export function columns(
  weeks: readonly string[],
  series: readonly Series[],
  label: string,
  { isStacked = false } = {},
): Markup {
  const drawn = series.map(({ values, colour }) => ({
    ...{ type: 'bar', data: values, silent: true, barMaxWidth: 18, barGap: '10%', ...(isStacked && { stack: 'all' }) },
    itemStyle: { color: `var(--${colour})` },
  }))
  return draw(
    { grid: GRID, xAxis: timeAxis(weeks), yAxis: { ...valueAxis(WHOLE), minInterval: 1 }, series: drawn },
    230,
    label,
  )
}

/** A bar for each row, in parts. `notes` stand at their ends. */
export function parts(
  rows: readonly string[],
  series: readonly Series[],
  notes: readonly string[],
  label: string,
): Markup {
  const totals = rows.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const drawn = series.map(({ values, colour }) => ({
    ...{ type: 'bar', stack: 'all', data: values, silent: true, barMaxWidth: 16 },
    itemStyle: { color: `var(--${colour})` },
  }))
  const ends = {
    ...{ type: 'bar', stack: 'all', silent: true, data: totals.map(() => 0), barMaxWidth: 16 },
    label: {
      ...{ show: true, position: 'right', color: 'var(--soft)', fontSize: 12.5 },
      formatter: ({ dataIndex }: { dataIndex: number }) => notes[dataIndex] ?? '',
    },
  }
  return draw(
    {
      grid: { left: 210, right: 120, top: 6, bottom: 26 },
      xAxis: { ...valueAxis(WHOLE), minInterval: 1 },
      yAxis: {
        ...{ type: 'category', data: rows, inverse: true, ...AXIS, axisTick: { show: false } },
        axisLabel: { color: 'var(--text)', fontSize: 13, width: 195, overflow: 'truncate' },
      },
      series: [...drawn, ends],
    },
    40 + rows.length * 24,
    label,
  )
}
