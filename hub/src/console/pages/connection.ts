// A connection: how it fares now, how fresh its streams are, how its syncs went.
import { now } from '../../clock.ts'
import { gauge } from '../../pictures/gauge.ts'
import { timeline } from '../../pictures/timeline.ts'
import { syncsOf } from '../journal/syncs.ts'
import type { SyncStream } from '../operations/activity.ts'
import { limitsIn, runningStreams } from '../operations/activity.ts'
import { isConnected } from '../operations/connected.ts'
import type { TestResult } from '../operations/test-connection.ts'
import type { ConnectionView } from '../operations/views.ts'
import { action, csrf, live, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, counted, duration, state, when } from './words.ts'

const TABS = [
  ['', 'Overview'],
  ['/streams', 'Streams'],
  ['/data', 'Data'],
  ['/charts', 'Charts'],
  ['/live', 'Real time'],
  ['/write', 'Write back'],
] as const

/** The head of all pages of a connection. */
export function connectionHead({ caller }: Visit, one: ConnectionView, here: string): Markup {
  const { name } = one
  const runs = one.state === 'running' || one.state === 'waiting'
  const connected = isConnected(one.source)
  const sync = !connected
    ? ''
    : runs
      ? action(caller, connectionPath(name, '/stop'), 'Stop')
      : action(caller, connectionPath(name, '/sync'), 'Sync now', { kind: 'main' })
  return html`<div class="head"><h1><small>Connection</small>${name}</h1><div class="buttons"><span class="buttons" ${live(connectionPath(name, here), 'sync')}>${sync}</span>
<form class="inline" method="post" action="${connectionPath(name, '/test')}" hx-post="${connectionPath(name, '/test')}" hx-target="#test" hx-swap="innerHTML">${csrf(caller)}<button>Test connection</button></form>
${
  caller.role === 'admin'
    ? html`<a class="button" href="${connectionPath(name, '/edit')}">Edit</a>
${typeof one.source === 'string' ? '' : html`<a class="button" href="${connectionPath(name, '/consent')}">${connected ? 'Connect again' : 'Connect'}</a>`}
<a class="button" href="${connectionPath(name, '/remove')}">Remove …</a>`
    : ''
}</div></div>
<nav class="tabs" aria-label="Pages of ${name}">${TABS.map(([path, label]) => html`<a href="${connectionPath(name, path)}" ${path === here ? html`aria-current="page"` : ''}>${label}</a>`)}</nav>
<div id="test" aria-live="polite"></div>`
}

export async function connectionPage(visit: Visit, name: string, test?: TestResult): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const path = connectionPath(name)
  return page(
    { title: name, path, ...visit },
    html`${connectionHead(visit, one, '')}
${test ? html`<section><h2>Test</h2>${testResult(test)}</section>` : ''}
${isConnected(one.source) ? '' : html`<section><h2>Not connected yet</h2><p>Zendesk has to be asked for consent first.</p>${visit.caller.role === 'admin' ? html`<p class="buttons"><a class="button main" href="${connectionPath(name, '/consent')}">Connect</a></p>` : ''}</section>`}
<section ${live(path, 'now')}><h2>Now</h2>${nowPart(visit, one)}</section>
<section ${live(path, 'limits')}><h2>Zendesk's limits <small>as its last sync saw them; violet: other tools</small></h2>${limitsPart(visit, name)}</section>
<section ${live(path, 'syncs')}><h2>Syncs <small>30 days</small></h2>${syncsPart(visit, name)}</section>
<section><h2>Settings</h2>${facts(one)}</section>`,
  )
}

function nowPart({ hub, caller }: Visit, one: ConnectionView): Markup {
  const running = hub.running.of(one.name)
  if (running)
    return html`<p>${state('running')} since ${when(new Date(running.began).toISOString())}. <a href="/syncs/${running.id}">Its log</a></p>${progressTable(runningStreams(running))}`
  const next =
    one.schedule === 'manual'
      ? html`Syncs only when somebody asks for it.`
      : html`Next sync: ${when(one.due_at)} (${one.schedule}).`
  const again =
    one.failures > 0
      ? html` ${counted(one.failures, 'failure')} since the last complete sync; it is tried again by itself.`
      : ''
  return html`<p>${state(one.state)} Complete: ${when(one.complete_at)}. ${next}${again}</p>
${one.error === null ? '' : html`<p class="fault"><span>${one.error}</span></p>`}
${
  one.state === 'new' && one.schedule === 'manual' && caller.role === 'admin'
    ? html`<form method="post" action="${connectionPath(one.name, '/start')}" class="buttons">${csrf(caller)}
<label>Keep it fresh <select name="schedule">${['every 1h', 'every 6h', 'every 24h', 'manual'].map((value) => html`<option ${value === 'every 6h' ? 'selected' : ''} value="${value}">${value === 'manual' ? 'only by hand' : value}</option>`)}</select></label>
<button class="main">Start the first sync</button> <a href="${connectionPath(one.name, '/streams')}">Choose streams first</a></form>`
    : ''
}`
}

/** The streams of a sync, those at work first. */
export function progressTable(streams: readonly SyncStream[]): Markup {
  if (streams.length === 0) return html`<p class="soft">It signs in and looks at what the account has.</p>`
  const rank = (one: SyncStream): number =>
    one.ended_at === null ? (one.rows > 0 || one.waits_until ? 0 : 1) : one.error === null ? 3 : 2
  const rows = streams
    .toSorted((a, b) => rank(a) - rank(b) || b.rows - a.rows)
    .map(
      (
        one,
      ) => html`<tr><th scope="row">${one.stream}</th><td>${state(one.status)}${one.error === null ? '' : html`<br><small>${one.error}</small>`}</td>
<td>${progressOf(one)}</td><td class="number">${count(one.rows)}</td><td class="number">${count(one.deletions)}</td><td class="number">${count(one.requests)}</td><td class="number">${one.waited_seconds === 0 ? '' : duration(one.waited_seconds)}</td></tr>`,
    )
  return html`<div class="wide" tabindex="0" role="region" aria-label="Streams"><table><thead><tr><th>Stream</th><th>State</th><th>Progress</th><th class="number">Rows</th><th class="number">Deleted</th><th class="number">Requests</th><th class="number">Waited</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

/** A bar, the time that is left, and what it waits for. */
function progressOf({
  stream,
  rows,
  expected,
  started_at: started,
  ended_at: ended,
  waits_until: until,
}: SyncStream): Markup | string {
  if (ended !== null) return ''
  const waits =
    until !== null && Date.parse(until) > now()
      ? html`<br><small>waits for Zendesk until ${until.slice(11, 19)} UTC</small>`
      : ''
  if (expected === null || expected === 0 || started === null) return waits
  const seconds = Math.max(1, (now() - Date.parse(started)) / 1000)
  const left = rows === 0 || rows >= expected ? '' : `about ${duration((expected - rows) / (rows / seconds))} left`
  return html`<progress aria-label="${stream}" max="${expected}" value="${Math.min(rows, expected)}"></progress> <small>of ${count(expected)}. ${left}</small>${waits}`
}

export function limitsPart({ hub }: Visit, name?: string): Markup {
  const limits = limitsIn(hub).filter(({ connection }) => name === undefined || connection === name)
  if (limits.length === 0) return html`<p class="soft">They are known once a sync has run.</p>`
  return html`<div class="gauges">${limits.map((one) => {
    const isOver = one.resets_at === null || Date.parse(one.resets_at) < now()
    const note = isOver ? 'fresh again' : `fresh in ${duration((Date.parse(one.resets_at!) - now()) / 1000)}`
    const used = isOver ? { ours: 0, others: 0 } : { ours: one.ours, others: one.others }
    return gauge({
      name: name === undefined ? `${one.connection}: ${one.name}` : one.name,
      total: one.total,
      ...used,
      note,
    })
  })}</div>`
}

const COLOURS = { complete: 'green', running: 'blue', incomplete: 'amber', stopped: 'amber' } as const

function syncsPart({ hub }: Visit, name: string): Markup {
  const since = now() - 30 * 86_400_000
  const syncs = syncsOf(hub.journal, { connection: name, since, limit: 300 })
  if (syncs.length === 0) return html`<p class="soft">None yet.</p>`
  const spans = syncs.map(({ started, ended, waited, status }) => ({
    ...{ line: name, from: started, to: ended ?? now(), waited },
    colour: COLOURS[status as keyof typeof COLOURS] ?? ('red' as const),
  }))
  const from = Math.min(...syncs.map(({ started }) => started))
  const failed = syncs.filter(({ status }) => status !== 'complete' && status !== 'running').length
  const picture = timeline(
    spans,
    [name],
    { from, to: now() },
    `${counted(syncs.length, 'sync')}, ${failed} not complete`,
  )
  return html`${picture}<p class="legend"><span><b class="c-green"></b>complete</span><span><b class="c-amber"></b>incomplete or stopped</span><span><b class="c-red"></b>failed</span><span><b class="c-pale"></b>of that, waiting for limits</span></p>
<p><a href="/syncs?connection=${encodeURIComponent(name)}">All of them as a table</a></p>`
}

function facts({ to, capability, schedule, settings, source }: ConnectionView): Markup {
  const start =
    typeof source === 'object' && source !== null ? (source as { start_date?: string }).start_date : undefined
  const list: readonly (readonly [string, string])[] = [
    ['Into', to],
    ['Reads', Array.isArray(settings['streams']) ? counted(settings['streams'].length, 'chosen stream') : capability],
    ['Since', start ?? 'the beginning'],
    ['Schedule', schedule],
    ['Source', typeof source === 'string' ? source : String((source as { subdomain?: unknown }).subdomain ?? '')],
  ]
  return html`<dl class="facts">${list.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

/** The lines of a test. */
export function testResult({ ok, steps, unreadable }: TestResult): Markup {
  return html`<div class="${ok ? 'notice' : 'fault'}" role="${ok ? 'status' : 'alert'}"><p><b>${ok ? 'It works.' : 'It does not work.'}</b></p><ul class="steps">${steps.map(
    (step) =>
      html`<li><span class="state is-${step.ok ? 'ok' : 'bad'}">${step.what}</span><span>${step.note}</span></li>`,
  )}</ul>${unreadable.length === 0 ? '' : html`<details><summary>${counted(unreadable.length, 'stream')} cannot be read</summary><ul class="steps">${unreadable.map(({ stream, reason }) => html`<li><span>${stream}</span><span>${reason}</span></li>`)}</ul></details>`}</div>`
}
