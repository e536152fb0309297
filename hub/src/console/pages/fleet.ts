// The accounts of a fleet: those that need a hand first; and one of them with its runs.

import type { FleetAccount, FleetAccountView, FleetPart, FleetRunView } from '../operations/fleet.ts'
import { ACCOUNT_STATES } from '../operations/fleet-state.ts'
import { page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, type Visit } from './tools.ts'
import { count, counted, duration, state, when } from './words.ts'

const MOST = 50
/** What happens elsewhere: no event tells of it. */
const followed = (path: string, id: string): Markup =>
  html`id="${id}" hx-get="${path}" hx-select="#${id}" hx-swap="outerMorph" hx-trigger="every 15s"`

const NAMES = {
  ...{ failed: 'failed', late: 'late', new: 'not complete yet', running: 'syncing', paused: 'paused' },
  fresh: 'up to date',
} as const

export async function fleetPage(visit: Visit): Promise<Markup> {
  const { context } = visit
  const { search = '', state: only = '' } = context.req.query()
  const from = Math.max(0, Number(context.req.query('from') ?? 0) || 0)
  const query = { search, from: String(from), limit: String(MOST), ...(only !== '' && { state: only }) }
  const part = await answerOf<FleetPart>(visit, 'listFleetAccounts', { query })
  const path = context.req.path + new URL(context.req.url).search
  const all = Object.values(part.states).reduce((sum, one) => sum + one, 0)
  const list =
    all === 0
      ? html`<section class="empty"><h2>No account yet</h2><p><code>zendesk-hub accounts add</code> puts accounts into the store.</p></section>`
      : html`${filter(search, only)}<section ${followed(path, 'list')}>${summary(part)}${listOf(part.accounts)}${pager(part.total, from, search, only)}</section>`
  return page(
    { title: 'Fleet', path: '/fleet', ...visit },
    html`<div class="head"><h1>Fleet <small>${counted(all, 'account')}</small></h1></div>${list}`,
  )
}

function summary({ states }: FleetPart): Markup {
  return html`<div class="numbers"><p><b>${count(states.fresh + states.running)}</b>up to date or syncing</p>
<p><b>${count(states.late + states.new)}</b>late, or not complete yet</p><p><b>${count(states.failed)}</b>failed</p><p><b>${count(states.paused)}</b>paused</p></div>`
}

const filter = (search: string, only: string): Markup =>
  html`<form class="buttons" role="search" action="/fleet"><label><span>Account</span> <input type="search" name="search" value="${search}"></label>
<label><span>State</span> <select name="state"><option value="">all</option>${ACCOUNT_STATES.map(
    (one) => html`<option value="${one}" ${one === only ? 'selected' : ''}>${NAMES[one]}</option>`,
  )}</select></label><button>Show</button></form>`

const accountPath = (id: string): string => `/fleet/${encodeURIComponent(id)}`

const errorOf = ({ error, state: name }: FleetAccountView): Markup | string =>
  error === null || name === 'fresh' ? '' : html`<br><small>${error.slice(0, 160)}</small>`

function listOf(accounts: readonly FleetAccountView[]): Markup {
  if (accounts.length === 0) return html`<p class="soft">None is like that.</p>`
  const rows = accounts.map(
    (one) => html`<tr><th scope="row"><a href="${accountPath(one.id)}">${one.id}</a></th>
<td>${state(one.state)}${errorOf(one)}</td>
<td data-label="Complete">${when(one.complete_at)}</td>
<td data-label="Last run">${when(one.began_at)}</td>
<td class="number" data-label="Failures">${count(one.failures)}</td>
<td class="number" data-label="Rows in all runs">${count(one.rows)}</td>
<td data-label="Schedule">${one.schedule}</td></tr>`,
  )
  return html`<table class="list"><thead><tr><th>Account</th><th>State</th><th>Complete</th><th>Last run</th><th class="number">Failures</th><th class="number">Rows in all runs</th><th>Schedule</th></tr></thead><tbody>${rows}</tbody></table>`
}

function pager(total: number, from: number, search: string, only: string): Markup | string {
  if (total <= MOST) return ''
  const to = (at: number): string => `/fleet?${new URLSearchParams({ search, state: only, from: String(at) })}`
  return html`<p class="buttons">${from > 0 ? html`<a href="${to(Math.max(0, from - MOST))}">Before</a>` : ''} ${from + 1}–${Math.min(total, from + MOST)} of ${count(total)} ${from + MOST < total ? html`<a href="${to(from + MOST)}">Next</a>` : ''}</p>`
}

export async function fleetAccountPage(visit: Visit, id: string): Promise<Markup> {
  const { account, runs, streams } = await answerOf<FleetAccount>(visit, 'showFleetAccount', { params: { id } })
  const { error, holder } = account
  return page(
    { title: id, path: '/fleet', ...visit },
    html`<div class="head"><h1><small><a href="/fleet">Fleet</a></small>${id}</h1></div>
<section ${followed(accountPath(id), 'account')}><h2>${state(account.state)}</h2>
${error === null ? '' : html`<p class="fault"><span>${error}</span></p>`}
<dl class="facts"><dt>Complete</dt><dd>${when(account.complete_at)}</dd>${holder === null ? '' : html`<dt>Synced by</dt><dd>${holder}</dd>`}
<dt>Subdomain</dt><dd>${account.subdomain}</dd><dt>Destination</dt><dd><code>${account.destination}</code></dd><dt>Schedule</dt><dd>${account.schedule}</dd>
<dt>In all runs</dt><dd>${counted(account.rows, 'row')} in ${counted(account.runs, 'run')}, ${duration(account.waited_seconds)} of waiting for Zendesk's limits</dd></dl>
<h2>Last runs</h2>${runsOf(runs)}
<h2>Streams</h2>${streams.length === 0 ? html`<p class="soft">None was read yet.</p>` : html`<table><thead><tr><th>Stream</th><th>Read last</th></tr></thead><tbody>${streams.map((one) => html`<tr><th scope="row">${one.stream}</th><td>${when(one.stored_at)}</td></tr>`)}</tbody></table>`}</section>`,
  )
}

function runsOf(runs: readonly FleetRunView[]): Markup {
  if (runs.length === 0) return html`<p class="soft">There was none.</p>`
  const rows = runs.map(
    (
      run,
    ) => html`<tr><td>${when(run.began_at)}</td><td>${state(run.outcome)}${run.error === null ? '' : html`<br><small>${run.error.slice(0, 160)}</small>`}</td>
<td>${took(run)}</td><td class="number">${count(run.rows)}</td><td>${run.holder}</td></tr>`,
  )
  return html`<table><thead><tr><th>Began</th><th>Outcome</th><th>Took</th><th class="number">Rows</th><th>By</th></tr></thead><tbody>${rows}</tbody></table>`
}

const took = ({ began_at, ended_at }: FleetRunView): string =>
  began_at === null || ended_at === null ? '–' : duration((Date.parse(ended_at) - Date.parse(began_at)) / 1000)
