// Syncs: all of them in time, one with its streams and its log.
import { now } from '../../clock.ts'
import { type Span, timeline } from '../../pictures/timeline.ts'
import { syncsOf } from '../journal/syncs.ts'
import type { SyncStream } from '../operations/activity.ts'
import type { SyncView } from '../operations/views.ts'
import { limitsPart, progressTable } from './connection.ts'
import { live, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, counted, duration, exact, state, when } from './words.ts'

const COLOURS: Readonly<Record<string, Span['colour']>> = {
  complete: 'green',
  running: 'blue',
  incomplete: 'amber',
  stopped: 'amber',
}
const MOST_LINES = 25

export async function activityPage(visit: Visit): Promise<Markup> {
  const { context } = visit
  const given = context.req.query()
  const query = Object.fromEntries(
    ['connection', 'status', 'before'].flatMap((name) => (given[name] ? [[name, given[name]]] : [])),
  )
  const syncs = await answerOf<readonly SyncView[]>(visit, 'listSyncs', { query: { ...query, limit: '50' } })
  const older =
    syncs.length === 50
      ? html`<p><a href="/syncs?${new URLSearchParams({ ...query, before: String(syncs.at(-1)!.id) })}">Older ones</a></p>`
      : ''
  const path = `${context.req.path}${new URL(context.req.url).search}`
  return page(
    { title: 'Activity', path: '/syncs', ...visit },
    html`<div class="head"><h1>Activity</h1></div>
<section ${live(path, 'day')}><h2>The last 24 hours</h2>${dayPicture(visit, query['connection'])}</section>
<section ${live(path, 'limits')}><h2>Zendesk's limits <small>as the last sync of each connection saw them; violet: other tools</small></h2>${limitsPart(visit, query['connection'])}</section>
<section ${live(path, 'list')}><h2>Syncs ${query['connection'] ? html`<small>of ${query['connection']}. <a href="/syncs">All</a></small>` : ''}</h2>${table(syncs)}${older}</section>`,
  )
}

function dayPicture({ hub }: Visit, connection: string | undefined): Markup {
  const from = now() - 86_400_000
  const syncs = syncsOf(hub.journal, { connection, since: from, limit: 1000 })
  if (syncs.length === 0) return html`<p class="soft">No sync began.</p>`
  const lines = [...new Set(syncs.map((one) => one.connection))].slice(0, MOST_LINES)
  const spans = syncs
    .filter((one) => lines.includes(one.connection))
    .map(
      (one): Span => ({
        line: one.connection,
        from: one.started,
        to: one.ended ?? now(),
        waited: one.waited,
        colour: COLOURS[one.status] ?? 'red',
      }),
    )
  const failed = syncs.filter(({ status }) => status !== 'complete' && status !== 'running').length
  const label = `${counted(syncs.length, 'sync')} of ${counted(lines.length, 'connection')} in 24 hours, ${failed} not complete`
  return html`${timeline(spans, lines, { from, to: now() }, label)}<p class="legend"><span><b class="c-green"></b>complete</span><span><b class="c-blue"></b>running</span><span><b class="c-amber"></b>incomplete or stopped</span><span><b class="c-red"></b>failed</span><span><b class="c-pale"></b>of that, waiting for limits</span></p>`
}

function table(syncs: readonly SyncView[]): Markup {
  if (syncs.length === 0) return html`<p class="soft">None.</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Syncs"><table><thead><tr><th>Sync</th><th>Connection</th><th>State</th><th>Began</th><th class="number">Took</th><th class="number">Waited</th><th class="number">Rows</th><th class="number">Deleted</th><th class="number">Requests</th></tr></thead><tbody>${syncs.map(
    (
      one,
    ) => html`<tr><td><a href="/syncs/${one.id}">${one.id}</a></td><th scope="row"><a href="${connectionPath(one.connection)}">${one.connection}</a></th><td>${state(one.status)}${one.error === null ? '' : html`<br><small>${one.error.slice(0, 200)}</small>`}</td>
<td class="nowrap">${when(one.started_at)}</td><td class="number">${took(one)}</td><td class="number">${one.waited_seconds === 0 ? '' : duration(one.waited_seconds)}</td><td class="number">${count(one.rows)}</td><td class="number">${count(one.deletions)}</td><td class="number">${count(one.requests)}</td></tr>`,
  )}</tbody></table></div>`
}

const took = ({ started_at: from, ended_at: to }: SyncView): string =>
  from === null ? '' : duration(((to === null ? now() : Date.parse(to)) - Date.parse(from)) / 1000)

interface LogView {
  readonly nth: number
  readonly at: string
  readonly level: string
  readonly text: string
}

export async function syncPage(visit: Visit, id: string): Promise<Markup> {
  const { context } = visit
  const { sync, streams } = await answerOf<{ sync: SyncView; streams: readonly SyncStream[] }>(visit, 'showSync', {
    params: { id },
  })
  const given = context.req.query()
  const asked = Object.fromEntries(
    ['search', 'level', 'from'].flatMap((name) => (given[name] ? [[name, given[name]]] : [])),
  )
  const lines = await answerOf<readonly LogView[]>(visit, 'readLog', {
    params: { id },
    query: { ...asked, limit: '500' },
  })
  const path = `/syncs/${id}`
  const liveIf = (part: string): Markup =>
    sync.status === 'running' ? live(`${path}${new URL(context.req.url).search}`, part) : html`id="${part}"`
  return page(
    { title: `Sync ${id}`, path: '/syncs', ...visit },
    html`<div class="head"><h1><small><a href="${connectionPath(sync.connection)}">${sync.connection}</a></small>Sync ${id}</h1></div>
<section ${liveIf('sync')}><h2>${state(sync.status)}</h2><p>${sentence(sync, streams)}</p>${sync.error === null ? '' : html`<p class="fault"><span>${sync.error}</span></p>`}
${streamsPicture(sync, streams)}${progressTable(streams)}</section>
<section><h2>Log</h2><form class="buttons" role="search"><label>Search <input name="search" type="search" value="${asked['search'] ?? ''}"></label><label>Level <select name="level">${['', 'info', 'warn', 'error'].map((one) => html`<option value="${one}" ${one === (asked['level'] ?? '') ? 'selected' : ''}>${one || 'all'}</option>`)}</select></label><button>Show</button> <a href="/api/v1/syncs/${id}/log?limit=5000" download="sync-${id}.json">Download</a></form>
<div ${liveIf('log')}>${logOf(lines)}${lines.length === 500 ? html`<p><a href="${path}?${new URLSearchParams({ ...asked, from: String(lines.at(-1)!.nth + 1) })}">More lines</a></p>` : ''}</div></section>`,
  )
}

function sentence(sync: SyncView, streams: readonly SyncStream[]): string {
  const bad = streams.filter((one) => one.error !== null)
  const rest =
    bad.length === 0
      ? ''
      : ` ${counted(bad.length, 'stream')} failed: ${bad
          .slice(0, 3)
          .map(({ stream, error }) => `${stream} (${error})`)
          .join('; ')}. The others are as complete as they say.`
  const began = sync.started_at === null ? '' : ` It began at ${exact(sync.started_at)} and took ${took(sync)}`
  const waited =
    sync.waited_seconds === 0 ? '' : `, ${duration(sync.waited_seconds)} of it waiting for Zendesk's limits`
  return `${counted(sync.rows, 'row')}, ${counted(sync.deletions, 'deletion')}, ${counted(sync.requests, 'request')}.${began}${waited}.${rest}`
}

function streamsPicture(sync: SyncView, streams: readonly SyncStream[]): Markup | string {
  const known = streams.filter((one) => one.started_at !== null)
  if (known.length === 0 || sync.started_at === null) return ''
  const to = sync.ended_at === null ? now() : Date.parse(sync.ended_at)
  const longest = known
    .map(
      (one): Span => ({
        line: one.stream,
        from: Date.parse(one.started_at!),
        to: one.ended_at === null ? to : Date.parse(one.ended_at),
        waited: one.waited_seconds * 1000,
        colour: one.error !== null ? 'red' : (COLOURS[one.status] ?? 'blue'),
      }),
    )
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_LINES)
  return timeline(
    longest,
    longest.map(({ line }) => line),
    { from: Date.parse(sync.started_at), to },
    `When each of ${counted(longest.length, 'stream')} was read`,
  )
}

const logOf = (lines: readonly LogView[]): Markup =>
  lines.length === 0
    ? html`<p class="soft">No line.</p>`
    : html`<div class="log" tabindex="0" role="log" aria-live="off" aria-label="Log">${lines.map((line) => html`<div class="${line.level === 'warn' || line.level === 'error' ? line.level : ''}"><time>${line.at.slice(11, 19)}</time> ${line.level}: ${line.text}</div>`)}</div>`
