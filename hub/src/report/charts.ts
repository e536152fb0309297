// The report's charts: each with a table of its numbers, for whoever does not see it.
import { html, type Markup } from '../pictures/markup.ts'
import { columns, legend, lines, parts, type Series } from '../pictures/series.ts'
import type { NamedMeasures, Report } from './numbers.ts'
import { minutes, number, percent, plain, share } from './words.ts'

interface Chart {
  readonly title: string
  readonly note?: string
  readonly picture: Markup
  readonly series?: readonly Series[]
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const chart = ({ title, note, picture, series, heads, rows }: Chart): Markup =>
  html`<section class="chart"><h2>${title}${note ? html` <small>${note}</small>` : ''}</h2>${picture}${series ? legend(series) : ''}
<details><summary>${title}: as a table</summary>${table(heads, rows)}</details></section>`

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const [first, ...others] = heads
  return html`<div class="wide" tabindex="0" role="region" aria-label="${first}: ${others.join(', ')}"><table><thead><tr><th scope="col">${first}</th>${others.map((head) => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
<tbody>${rows.map(([name, ...values]) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td class="number">${value}</td>`)}</tr>`)}</tbody></table></div>`
}

/** The backlog at the end of each day. */
export function backlogChart({ backlog }: Report): Markup {
  const series: Series = {
    name: 'tickets that are not solved',
    colour: 'main',
    values: backlog.map((day) => day.backlog),
  }
  const [first, last] = [backlog[0]!, backlog.at(-1)!]
  return chart({
    ...{ title: 'Backlog', note: 'tickets that were not solved at the end of each day' },
    picture: lines(
      backlog.map(({ day }) => day),
      [series],
      `Backlog by day: ${number(first.backlog)} tickets on ${first.day}, ${number(last.backlog)} on ${last.day}`,
    ),
    heads: ['Day', 'Created', 'Solved', 'Backlog'],
    rows: backlog.toReversed().map((day) => [day.day, number(day.created), number(day.solved), number(day.backlog)]),
  })
}

/** What came and what was solved, by week. */
export function flowChart({ backlog }: Report): Markup {
  const weeks = [...Map.groupBy(backlog, ({ day }) => mondayOf(day))].map(([week, days]) => ({
    week,
    created: days.reduce((sum, day) => sum + day.created, 0),
    solved: days.reduce((sum, day) => sum + day.solved, 0),
  }))
  const series: readonly Series[] = [
    { name: 'created', colour: 'blue', values: weeks.map(({ created }) => created) },
    { name: 'solved', colour: 'green', values: weeks.map(({ solved }) => solved) },
  ]
  const total = (name: 'created' | 'solved') => number(weeks.reduce((sum, week) => sum + week[name], 0))
  return chart({
    ...{ title: 'Created and solved', note: 'by week', series },
    picture: columns(
      weeks.map(({ week }) => week),
      series,
      `Tickets by week: ${total('created')} created and ${total('solved')} solved in all`,
    ),
    heads: ['Week from', 'Created', 'Solved'],
    rows: weeks.toReversed().map(({ week, created, solved }) => [week, number(created), number(solved)]),
  })
}

function mondayOf(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`)
  return new Date(time - ((new Date(time).getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
}

const HOURS = { name: 'hours', short: 'h', minutes: 60 }
const DAYS = { name: 'days', short: 'd', minutes: 1440 }
/** Longer times than this are drawn in days, in minutes. */
const LONG = 96 * 60

/** A median time by the week of creation, in calendar and business hours. */
export function timeChart({ weeks }: Report, name: 'first_reply' | 'full_resolution', title: string): Markup {
  const of = (hours: 'calendar' | 'business') => weeks.map((week) => week[`${name}_${hours}`])
  // In what the values are drawn, so that the axis has whole numbers.
  const unit = Math.max(0, ...of('calendar').map((value) => value ?? 0)) > LONG ? DAYS : HOURS
  const drawn = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : value / unit.minutes))
  const series: readonly Series[] = [
    { name: 'calendar hours', colour: 'main', values: drawn(of('calendar')) },
    { name: 'business hours', colour: 'amber', values: drawn(of('business')), dash: 'dashed' },
  ]
  const last = weeks.at(-1)
  return chart({
    ...{ title, note: 'median, by the week in which tickets were created', series },
    picture: lines(
      weeks.map(({ week }) => week),
      series,
      `${title} by week, in ${unit.name}; in the week from ${last?.week ?? '–'} ${minutes(last?.[`${name}_calendar`] ?? null)}, of these ${minutes(last?.[`${name}_business`] ?? null)} within business hours`,
      { format: (value) => `${value} ${unit.short}` },
    ),
    heads: ['Week from', 'Calendar hours', 'Business hours', 'Tickets'],
    rows: weeks
      .toReversed()
      .map((week) => [
        week.week,
        minutes(week[`${name}_calendar`]),
        minutes(week[`${name}_business`]),
        number(week.tickets),
      ]),
  })
}

/** Good and bad ratings by the week of creation. */
export function satisfactionChart({ weeks, total }: Report): Markup {
  const series: readonly Series[] = [
    { name: 'good', colour: 'green', values: weeks.map(({ good }) => good) },
    { name: 'bad', colour: 'red', values: weeks.map(({ bad }) => bad) },
  ]
  return chart({
    ...{ title: 'Satisfaction', note: 'ratings, by the week in which tickets were created', series },
    picture: columns(
      weeks.map(({ week }) => week),
      series,
      `Ratings by week; of all ratings ${percent(total?.satisfaction ?? null)} are good`,
      { isStacked: true },
    ),
    heads: ['Week from', 'Good', 'Bad', 'Share of good ones'],
    rows: weeks
      .toReversed()
      .map((week) => [week.week, number(week.good), number(week.bad), percent(week.satisfaction)]),
  })
}

/** Reopened tickets and missed SLA targets, in percent, by the week of creation. */
export function troubleChart({ weeks }: Report): Markup {
  const breached = weeks.map(({ sla_breached, sla_targets }) => share(sla_breached, sla_targets))
  const inPercent = (values: readonly (number | null)[]) => values.map((value) => (value === null ? null : value * 100))
  const series: readonly Series[] = [
    {
      name: 'tickets that were opened again',
      colour: 'violet',
      values: inPercent(weeks.map((week) => week.reopen_rate)),
    },
    { name: 'SLA targets that were missed', colour: 'red', values: inPercent(breached), dash: 'dashed' },
  ]
  return chart({
    ...{
      title: 'Reopened tickets and missed targets',
      note: 'share, by the week in which tickets were created',
      series,
    },
    picture: lines(
      weeks.map(({ week }) => week),
      series,
      `Share of reopened tickets and of missed SLA targets by week; of all ${number(weeks.reduce((sum, week) => sum + week.sla_targets, 0))} targets ${number(weeks.reduce((sum, week) => sum + week.sla_breached, 0))} were missed`,
      { format: (value) => `${value} %`, max: 100 },
    ),
    heads: ['Week from', 'Opened again', 'Targets', 'Missed', 'Share'],
    rows: weeks
      .toReversed()
      .map((week) => [
        week.week,
        percent(week.reopen_rate),
        ...[number(week.sla_targets), number(week.sla_breached), percent(share(week.sla_breached, week.sla_targets))],
      ]),
  })
}

/** SLA targets by what they measure. */
export function targetsChart({ targets }: Report): Markup {
  const met = targets.map((one) => one.targets - one.breached)
  const series: readonly Series[] = [
    { name: 'met, or still open', colour: 'green', values: met },
    { name: 'missed', colour: 'red', values: targets.map(({ breached }) => breached) },
  ]
  return chart({
    ...{ title: 'SLA targets', note: 'by what they measure', series },
    picture: parts(
      targets.map(({ metric }) => plain(metric)),
      series,
      targets.map((one) => `${percent(share(one.breached, one.targets))} missed`),
      `SLA targets by metric: ${targets.map((one) => `${plain(one.metric)} ${one.breached} of ${one.targets} missed`).join('; ')}`,
    ),
    heads: ['Metric', 'Targets', 'Missed', 'Share'],
    rows: targets.map((one) => [
      plain(one.metric),
      ...[number(one.targets), number(one.breached), percent(share(one.breached, one.targets))],
    ]),
  })
}

/** How many tickets each agent has. */
export function agentsChart({ agents }: Report): Markup {
  const shown = agents.slice(0, 25)
  const of = (status: 'new' | 'open' | 'pending' | 'hold') => shown.map((agent) => agent[status])
  const series: readonly Series[] = [
    { name: 'new', colour: 'amber', values: of('new') },
    { name: 'open', colour: 'red', values: of('open') },
    { name: 'pending', colour: 'blue', values: of('pending') },
    { name: 'on hold', colour: 'pale', values: of('hold') },
  ]
  const name = (agent: string | null): string => agent ?? 'Nobody'
  const [most] = shown
  return chart({
    ...{ title: 'Load of agents', note: 'tickets that are not solved', series },
    picture: parts(
      shown.map(({ agent }) => name(agent)),
      series,
      shown.map((agent) => `${number(agent.unsolved)} unsolved`),
      `Unsolved tickets of ${shown.length} agents; ${name(most?.agent ?? null)} has the most, ${number(most?.unsolved ?? 0)}`,
    ),
    heads: ['Agent', 'New', 'Open', 'Pending', 'On hold', 'Unsolved', 'Solved in 30 days'],
    rows: agents.map((agent) => [
      name(agent.agent),
      ...[agent.new, agent.open, agent.pending, agent.hold, agent.unsolved, agent.solved_in_30_days].map(number),
    ]),
  })
}

/** The measures of a dimension's names, as bars of tickets and as a table that stands open. */
export function dimensionChart({ dimensions }: Report, dimension: string): Markup {
  const rows = dimensions.filter((row) => row.dimension === dimension)
  const shown = rows.slice(0, 15)
  const name = (row: NamedMeasures): string => row.name ?? 'None'
  const series: readonly Series[] = [
    { name: 'solved', colour: 'green', values: shown.map(({ solved }) => solved) },
    { name: 'not solved', colour: 'amber', values: shown.map(({ unsolved }) => unsolved) },
  ]
  return html`<section class="chart"><h2>By ${dimension}</h2>${parts(
    shown.map(name),
    series,
    shown.map((row) => `${number(row.tickets)} tickets`),
    `Tickets by ${dimension}: ${shown
      .slice(0, 5)
      .map((row) => `${name(row)} ${number(row.tickets)}`)
      .join(', ')}`,
  )}${legend(series)}
${table(
  [
    plain(dimension),
    'Tickets',
    'First reply',
    'Within business hours',
    'Resolution',
    'Within business hours',
    'Opened again',
    'Satisfied',
    'SLA missed',
  ],
  rows.map((row) => [
    ...[name(row), number(row.tickets), minutes(row.first_reply_calendar), minutes(row.first_reply_business)],
    ...[minutes(row.full_resolution_calendar), minutes(row.full_resolution_business), percent(row.reopen_rate)],
    ...[percent(row.satisfaction), percent(share(row.sla_breached, row.sla_targets))],
  ]),
)}</section>`
}
