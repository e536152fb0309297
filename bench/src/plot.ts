// What a report says, as pictures. Their colours are read on white and on black paper alike, and they have no paper of
// their own.
import { writeFileSync } from 'node:fs'
import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import {
  type ClientName,
  cpuPerRecord,
  median,
  type Report,
  type Run,
  runsOf,
  sizesOf,
  type Workload,
} from './report.ts'
import { TITLES } from './tables.ts'

use([LineChart, ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

// Each stands out against #ffffff and #0d1117 by at least 3 : 1, the ink by 4 : 1.
const INK = '#7a7a7a'
const LINES = '#7a7a7a55'
const COLOURS: Readonly<Record<ClientName, string>> = {
  ours: '#1a8a4a',
  floor: '#7d7d7d',
  tap: '#b0700f',
  airbyte: '#a04fd0',
}
const SYMBOLS: Readonly<Record<ClientName, string>> = {
  ours: 'circle',
  floor: 'rect',
  tap: 'triangle',
  airbyte: 'diamond',
}
/** What the legend calls them: a picture is looked at without the page around it. */
const LEGENDS: Readonly<Record<ClientName, string>> = {
  ours: 'this connector',
  floor: 'parsing and writing alone',
  tap: TITLES.tap,
  airbyte: `${TITLES.airbyte} connector`,
}
const FONT = 'sans-serif'
const CLIENTS = ['ours', 'floor', 'tap', 'airbyte'] as const

type Option = Parameters<ReturnType<typeof init>['setOption']>[0]

function draw(option: Option, height: number, label: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 860, height })
  chart.setOption({ animation: false, textStyle: { color: INK, fontFamily: FONT, fontSize: 13 }, ...option })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg.replace('<svg ', `<svg role="img" aria-label="${label}" `)}\n`
}

const AXIS = {
  axisLabel: { color: INK, fontSize: 13 },
  axisLine: { lineStyle: { color: INK } },
  axisTick: { lineStyle: { color: INK } },
  splitLine: { lineStyle: { color: LINES } },
  nameTextStyle: { color: INK, fontSize: 13 },
}
const title = (text: string, more: object = {}) => ({
  text,
  left: 0,
  textStyle: { color: INK, fontSize: 15, fontFamily: FONT },
  ...more,
})
const legend = (more: object) => ({ itemGap: 28, textStyle: { color: INK, fontSize: 13 }, ...more })

const medianOf = (workload: Workload, client: ClientName, measure: (run: Run) => number): number | undefined => {
  const runs = runsOf(workload, client)
  return runs.length === 0 ? undefined : median(runs.map(measure))
}

const short = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(1))

/** CPU seconds per 100,000 records: a row for each set of streams, a point for each client. */
function costPicture({ workloads, tickets }: Report): string {
  const clients = CLIENTS.filter((client) => workloads.some((workload) => runsOf(workload, client).length > 0))
  const rows = [...workloads.keys()]
  // Points of a row lie below each other, so that none hides another.
  const heightOf = (client: ClientName): number => (clients.indexOf(client) - (clients.length - 1) / 2) * 0.2
  return draw(
    {
      title: title(`CPU seconds per 100,000 records (${tickets.toLocaleString('en-US')} tickets; less is better)`, {
        subtext:
          'Records are copied out of the pages, and only what has to be looked at is parsed:\n' +
          'so this connector takes less than parsing and writing each page whole.',
        subtextStyle: { color: INK, fontSize: 13, fontFamily: FONT, lineHeight: 18 },
      }),
      legend: legend({
        bottom: 0,
        left: 'center',
        itemGap: 40,
        itemWidth: 13,
        itemHeight: 13,
        data: clients.map((client) => LEGENDS[client]),
      }),
      grid: { left: 120, right: 60, top: 96, bottom: 84 },
      xAxis: {
        type: 'log',
        ...AXIS,
        axisLine: { ...AXIS.axisLine, onZero: false },
        name: 'each line is ten times the one before',
        nameLocation: 'middle',
        nameGap: 30,
      },
      yAxis: {
        type: 'value',
        inverse: true,
        min: -0.5,
        max: rows.length - 0.5,
        ...AXIS,
        splitLine: { show: false },
        axisLabel: {
          ...AXIS.axisLabel,
          customValues: rows,
          formatter: (row: number) => workloads[row]?.name ?? '',
        },
        axisTick: { ...AXIS.axisTick, customValues: rows },
      },
      series: clients.map((client) => ({
        name: LEGENDS[client],
        type: 'scatter',
        symbol: SYMBOLS[client],
        symbolSize: 12,
        itemStyle: { color: COLOURS[client], opacity: 1 },
        data: workloads.flatMap((workload, row) => {
          const value = medianOf(workload, client, (run) => cpuPerRecord(run) * 1e5)
          if (value === undefined) return []
          return [{ value: [value, row + heightOf(client)], label: { show: true, formatter: short(value) } }]
        }),
        label: { position: 'right', distance: 7, color: INK, fontSize: 12 },
      })),
    } as Option,
    186 + workloads.length * (clients.length * 17 + 20),
    'CPU seconds per 100,000 records, by streams and client',
  )
}

/** Peak memory and records/s as the account grows: a line for each client and set of streams. */
function growthPicture(report: Report): string {
  const growth = sizesOf(report)
  const names = growth[0]?.workloads.map(({ name }) => name) ?? []
  const clients = (['ours', 'floor'] as const).filter((client) =>
    growth[0]?.workloads.some((one) => runsOf(one, client).length > 0),
  )
  const lines = (panel: number, measure: (run: Run) => number) =>
    clients.flatMap((client) =>
      names.map((name, index) => ({
        name: `${TITLES[client]}, ${name}`,
        type: 'line',
        xAxisIndex: panel,
        yAxisIndex: panel,
        color: COLOURS[client],
        symbol: index === 0 ? 'circle' : 'rect',
        symbolSize: 8,
        lineStyle: { width: 2, type: index === 0 ? 'solid' : 'dashed' },
        data: growth.flatMap(({ tickets, workloads }) => {
          const workload = workloads.find((one) => one.name === name)
          const value = workload && medianOf(workload, client, measure)
          return value === undefined ? [] : [[tickets, value]]
        }),
      })),
    )
  const xAxis = {
    type: 'log',
    min: growth[0]?.tickets,
    max: growth.at(-1)?.tickets,
    name: 'tickets',
    nameLocation: 'middle',
    nameGap: 28,
    ...AXIS,
    axisLabel: {
      ...AXIS.axisLabel,
      formatter: (value: number) => value.toLocaleString('en-US'),
      customValues: growth.map(({ tickets }) => tickets),
      alignMaxLabel: 'right',
    },
    axisTick: { ...AXIS.axisTick, customValues: growth.map(({ tickets }) => tickets) },
  }
  return draw(
    {
      title: [title('Peak memory, MB'), title('Records a second', { left: 450 })],
      legend: legend({ bottom: 0 }),
      grid: [
        { left: 50, width: 360, top: 46, bottom: 85 },
        { left: 500, width: 330, top: 46, bottom: 85 },
      ],
      xAxis: [xAxis, { ...xAxis, gridIndex: 1 }],
      yAxis: [
        { type: 'value', min: 0, ...AXIS },
        { type: 'value', min: 0, gridIndex: 1, ...AXIS },
      ],
      series: [
        ...lines(0, ({ peakMB }) => peakMB),
        ...lines(1, (run) => Object.values(run.records).reduce((total, count) => total + count, 0) / run.seconds),
      ],
    } as Option,
    360,
    'Peak memory, and records a second, by number of tickets',
  )
}

/** Writes PREFIX-cost.svg, and PREFIX-growth.svg where that was measured. */
export function writePlots(report: Report, prefix: string): void {
  writeFileSync(`${prefix}-cost.svg`, costPicture(report))
  if (report.growth.length > 0) writeFileSync(`${prefix}-growth.svg`, growthPicture(report))
}
