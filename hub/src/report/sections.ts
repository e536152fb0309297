// What a report shows, in its order: for a page of its own, and for the console.
import { html, type Markup } from '../pictures/markup.ts'
import {
  agentsChart,
  backlogChart,
  dimensionChart,
  flowChart,
  satisfactionChart,
  targetsChart,
  timeChart,
  troubleChart,
} from './charts.ts'
import type { Measures, Report } from './numbers.ts'
import { minutes, number, percent, share } from './words.ts'

const DIMENSIONS = ['brand', 'group', 'form', 'priority', 'channel'] as const

/** The numbers on top, and a section for each chart. */
export function reportSections(report: Report): readonly Markup[] {
  const { missing, total, without, weeks, backlog } = report
  if (missing !== null) return [html`<section><p>There is nothing to show: ${missing}.</p></section>`]
  if (total === null) return [html`<section><p>There is no ticket yet.</p></section>`]
  const recent = weeks.length > 0 && backlog.length > 0
  return [
    numbers(total),
    ...(recent ? [backlogChart(report), flowChart(report)] : []),
    ...(weeks.length > 0 ? inWeeks(report) : []),
    ...(report.targets.length > 0 ? [targetsChart(report)] : []),
    ...(report.agents.length > 0 ? [agentsChart(report)] : []),
    ...DIMENSIONS.filter((dimension) => hasSome(report, dimension)).map((dimension) =>
      dimensionChart(report, dimension),
    ),
    ...(without.length > 0
      ? [html`<section><h2>What is missing</h2><ul>${without.map((one) => html`<li>${one}</li>`)}</ul></section>`]
      : []),
  ]
}

const inWeeks = (report: Report): readonly Markup[] => [
  timeChart(report, 'first_reply', 'First reply'),
  timeChart(report, 'full_resolution', 'Full resolution'),
  satisfactionChart(report),
  troubleChart(report),
]

/** Whether it tells tickets apart. */
const hasSome = ({ dimensions }: Report, dimension: string): boolean =>
  dimensions.filter((row) => row.dimension === dimension).length > 1

function numbers(total: Measures): Markup {
  const missed = share(total.sla_breached, total.sla_targets)
  const all = [
    [number(total.tickets), 'tickets'],
    [number(total.unsolved), 'not solved'],
    [minutes(total.first_reply_calendar), `first reply, ${minutes(total.first_reply_business)} within business hours`],
    [
      minutes(total.full_resolution_calendar),
      `resolution, ${minutes(total.full_resolution_business)} within business hours`,
    ],
    [percent(total.reopen_rate), 'opened again'],
    [percent(total.satisfaction), 'satisfied'],
    [percent(missed), 'SLA targets missed'],
  ] as const
  return html`<ul class="numbers">${all.map(([value, name]) => html`<li><b>${value}</b> ${name}</li>`)}</ul>`
}
