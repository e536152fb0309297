import { html, type Markup } from '../html/markup.ts'
import type { LoggedRequest } from '../http/request-log.ts'
import { card, count, counted, percent, timeOfDay } from './parts.ts'

const COLUMN_MS = 5000
const COLUMNS = 60
const LISTED = 12
const API = '/api/v2'

// The outcomes of requests, in the order in which a column stacks them from the bottom.
const OUTCOMES = [
  ['ok', 'answered'],
  ['refused', 'refused (4xx)'],
  ['limited', 'over a limit (429)'],
  ['failed', 'failed (5xx)'],
  ['broken', 'broken by a fault'],
] as const
type Outcome = (typeof OUTCOMES)[number][0]

function outcomeOf({ status, fault }: LoggedRequest): Outcome {
  if (status === 429) return 'limited'
  if (status >= 500) return 'failed'
  if (status === 0 || fault !== undefined) return 'broken'
  return status >= 400 ? 'refused' : 'ok'
}

/** The last five minutes as columns of five seconds, coloured by outcome, and a list of the latest requests. */
export function requestsCard(requests: readonly LoggedRequest[], now: number): Markup {
  const end = Math.ceil(now / COLUMN_MS) * COLUMN_MS
  const begin = end - COLUMNS * COLUMN_MS
  const recent = requests.slice(firstSince(requests, begin))
  const columns: LoggedRequest[][] = Array.from({ length: COLUMNS }, () => [])
  for (const one of recent) columns[Math.floor((one.at - begin) / COLUMN_MS)]?.push(one)
  const tallest = Math.max(1, ...columns.map((column) => column.length))

  const marks = [5, 4, 3, 2, 1].map((minutes) => html`<span>−${minutes} min</span>`)
  const chart = html`<div class="chart" role="img" aria-label="Requests in the last five minutes">
<i class="top">${count(tallest)}</i>
${columns.map((column, nth) => columnMarkup(column, tallest, begin + nth * COLUMN_MS))}
</div><div class="axis">${marks}<span>now</span></div>`

  const tally = tallyOf(recent)
  const legend = OUTCOMES.flatMap(([outcome, words]) => {
    const some = tally.get(outcome) ?? 0
    return some === 0 && outcome !== 'ok'
      ? []
      : [html`<li data-outcome="${outcome}"><b class="o-${outcome}"></b>${count(some)} ${words}</li>`]
  })
  const latest = requests.slice(-LISTED).toReversed()
  const slowest = Math.max(1, ...latest.map(({ ms }) => ms))
  return card(
    'requests',
    'Requests',
    `the last five minutes; ${count(requests.length)} in all`,
    html`${chart}<ul class="legend flat">${legend}</ul>
<ol class="latest">${latest.map((one) => requestMarkup(one, slowest))}</ol>
${latest.length === 0 ? html`<p class="none">Nobody has asked for anything yet.</p>` : ''}`,
  )
}

// Requests are in the order in which their answers were ready, which is nearly that of `at`: some slack finds all.
function firstSince(requests: readonly LoggedRequest[], begin: number): number {
  let first = requests.length
  while (first > 0 && requests[first - 1]!.at + requests[first - 1]!.ms >= begin) first--
  return first
}

function tallyOf(requests: readonly LoggedRequest[]): Map<Outcome, number> {
  const tally = new Map<Outcome, number>()
  for (const one of requests) tally.set(outcomeOf(one), (tally.get(outcomeOf(one)) ?? 0) + 1)
  return tally
}

function columnMarkup(column: readonly LoggedRequest[], tallest: number, at: number): Markup {
  if (column.length === 0) return html`<span></span>`
  const tally = tallyOf(column)
  const parts = OUTCOMES.flatMap(([outcome, words]) => {
    const some = tally.get(outcome)
    return some === undefined ? [] : [{ outcome, some, words: `${count(some)} ${words}` }]
  })
  const tip = `${timeOfDay(at)} – ${parts.map(({ words }) => words).join(', ')}`
  const stack = parts.map(
    ({ outcome, some }) => html`<b class="o-${outcome}" style="height:${percent(some, tallest)}"></b>`,
  )
  return html`<span data-tip="${tip}">${stack}</span>`
}

function requestMarkup(one: LoggedRequest, slowest: number): Markup {
  const query = new URLSearchParams(one.query).toString()
  const target = decoded(query === '' ? one.path : `${one.path}?${query}`)
  const status = one.status === 0 ? 'none' : String(one.status)
  const tip = `${one.method} ${target}`
  const api = target.startsWith(API) ? API : ''
  return html`<li>
<time>${timeOfDay(one.at)}</time>
<em class="o-${outcomeOf(one)}">${status}</em>
<code title="${tip}">${one.method === 'GET' ? '' : html`<b>${one.method}</b> `}<s>${api}</s>${target.slice(api.length)}</code>
<i>${one.fault ?? ''}</i>
<span class="took" title="${counted(Math.round(one.ms), 'millisecond')}"><b style="width:${percent(one.ms, slowest)}"></b></span>
<span class="number">${one.ms < 10 ? one.ms.toFixed(1) : count(Math.round(one.ms))} ms</span>
</li>`
}

// For people: brackets and commas as they were meant.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
