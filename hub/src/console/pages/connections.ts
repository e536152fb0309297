// The list of connections: how each fares, those that need a hand first.
import { now } from '../../clock.ts'
import { type Day, daysSince } from '../journal/syncs.ts'
import type { ConnectionView } from '../operations/views.ts'
import { strip } from '../pictures/strip.ts'
import { live, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, state, when } from './words.ts'

const DAY = 86_400_000
const MOST = 50

export async function connectionsPage(visit: Visit): Promise<Markup> {
  const { context, hub, caller } = visit
  const all = await answerOf<readonly ConnectionView[]>(visit, 'listConnections')
  const { search = '', only = '' } = context.req.query()
  const found = all.filter(
    (one) => one.name.toLowerCase().includes(search.toLowerCase()) && (only === '' || one.state === only),
  )
  const from = Math.max(0, Number(context.req.query('from') ?? 0) || 0)
  const today = Math.floor(now() / DAY)
  const days = Map.groupBy(daysSince(hub.journal, (today - 29) * DAY), ({ connection }) => connection)
  const path = context.req.path + new URL(context.req.url).search
  const add = caller.role === 'admin' ? html`<a class="button main" href="/connections/new">Add a connection</a>` : ''
  const list =
    all.length === 0
      ? html`<section class="empty"><h2>No connection yet</h2><p>A connection reads one Zendesk account into one database.</p>${add}</section>`
      : html`${filter(search, only)}<section ${live(path, 'list')}>${summary(all)}${listOf(found.slice(from, from + MOST), days, today)}${pager(found.length, from, search, only)}</section>`
  return page(
    { title: 'Connections', path: '/', ...visit },
    html`<div class="head"><h1>Connections</h1><div class="buttons">${all.length === 0 ? '' : add}</div></div>${list}`,
  )
}

function summary(all: readonly ConnectionView[]): Markup {
  const number = (states: readonly string[]): number => all.filter((one) => states.includes(one.state)).length
  return html`<div class="numbers"><p><b>${count(number(['fresh', 'running', 'waiting']))}</b>up to date or syncing</p>
<p><b>${count(number(['late', 'new', 'unconnected']))}</b>late, new or not connected</p><p><b>${count(number(['failed']))}</b>failed</p></div>`
}

const filter = (search: string, only: string): Markup =>
  html`<form class="buttons" role="search" action="/"><label><span>Name</span> <input type="search" name="search" value="${search}"></label>
<label><span>State</span> <select name="only">${[
    ['', 'all'],
    ['failed', 'failed'],
    ['late', 'late'],
    ['new', 'new'],
    ['unconnected', 'not connected'],
    ['running', 'syncing'],
    ['fresh', 'up to date'],
  ].map(
    ([value, name]) => html`<option value="${value!}" ${value === only ? 'selected' : ''}>${name}</option>`,
  )}</select></label><button>Show</button></form>`

function listOf(some: readonly ConnectionView[], days: ReadonlyMap<string, readonly Day[]>, today: number): Markup {
  if (some.length === 0) return html`<p class="soft">None is like that.</p>`
  const rows = some.map(
    (one) => html`<tr><th scope="row"><a href="${connectionPath(one.name)}">${one.name}</a></th>
<td>${state(one.state)}${one.error === null || one.state === 'running' ? '' : html`<br><small>${one.error.slice(0, 160)}</small>`}</td>
<td data-label="Complete">${when(one.complete_at)}</td>
<td data-label="30 days">${strip(days.get(one.name) ?? [], today)}</td>
<td class="number" data-label="Rows in the last sync">${one.last_sync === null ? '–' : count(one.last_sync.rows)}</td>
<td data-label="Next">${one.schedule === 'manual' ? 'by hand' : one.state === 'running' ? 'now' : when(one.due_at)}</td></tr>`,
  )
  return html`<table class="list"><thead><tr><th>Connection</th><th>State</th><th>Complete</th><th>30 days</th><th class="number">Rows in the last sync</th><th>Next</th></tr></thead><tbody>${rows}</tbody></table>
<p class="legend"><span><b class="c-green"></b>a day without failures</span><span><b class="c-red"></b>a day with failures (taller)</span><span><b class="c-pale"></b>no sync</span></p>`
}

function pager(all: number, from: number, search: string, only: string): Markup | string {
  if (all <= MOST) return ''
  const to = (at: number): string => `/?${new URLSearchParams({ search, only, from: String(at) })}`
  return html`<p class="buttons">${from > 0 ? html`<a href="${to(Math.max(0, from - MOST))}">Before</a>` : ''} ${from + 1}–${Math.min(all, from + MOST)} of ${all} ${from + MOST < all ? html`<a href="${to(from + MOST)}">Next</a>` : ''}</p>`
}
