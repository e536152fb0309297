// What was loaded: how fresh, how much, and the rows themselves.
import { now } from '../../clock.ts'
import { bars } from '../../pictures/bars.ts'
import type { ConnectionView } from '../operations/views.ts'
import { connectionHead } from './connection.ts'
import { page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, PageFault, type Visit } from './tools.ts'
import { count, counted, duration, state, when } from './words.ts'

interface FreshnessView {
  readonly stream: string
  readonly status: string
  readonly complete_at: string | null
  readonly is_late: boolean
  readonly rows: number
  readonly deletions: number
  readonly misfits: number
  readonly error: string | null
}

export async function dataPage(visit: Visit, name: string): Promise<Markup> {
  const call = { params: { name } }
  const one = await answerOf<ConnectionView>(visit, 'showConnection', call)
  const fresh = await answerOf<readonly FreshnessView[]>(visit, 'listFreshness', call)
  const counts = await answerOf<readonly { stream: string; rows: number; deleted: number }[]>(
    visit,
    'countRows',
    call,
  ).catch((error: unknown) => {
    if (error instanceof PageFault) return error.message
    throw error
  })
  return page(
    { title: `Data of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, one, '/data')}
<section><h2>How old <small>since each stream was complete</small></h2>${agePicture(fresh)}</section>
<section><h2>Rows by table <small>each line is ten times the one before</small></h2>${typeof counts === 'string' ? html`<p class="soft">${counts}</p>` : countPicture(counts)}</section>
<section><h2>Streams</h2>${table(name, fresh)}</section>`,
  )
}

function agePicture(fresh: readonly FreshnessView[]): Markup {
  const known = fresh.filter((one) => one.complete_at !== null)
  if (known.length === 0) return html`<p class="soft">Nothing was complete yet.</p>`
  const ages = known
    .map((one) => ({ ...one, seconds: Math.max(1, (now() - Date.parse(one.complete_at!)) / 1000) }))
    .toSorted((a, b) => b.seconds - a.seconds)
  const shown = ages.slice(0, 20)
  const picture = bars(
    shown.map((one) => ({
      name: one.stream,
      value: one.seconds / 60,
      note: duration(one.seconds),
      colour: one.is_late ? ('red' as const) : ('green' as const),
    })),
    `Age of ${counted(shown.length, 'stream')} in minutes; the oldest is ${duration(ages[0]!.seconds)} old`,
  )
  return html`${picture}<p class="legend"><span><b class="c-green"></b>as fresh as planned</span><span><b class="c-red"></b>late</span><span>in minutes${ages.length > shown.length ? `; the ${shown.length} oldest of ${ages.length}` : ''}</span></p>`
}

function countPicture(counts: readonly { stream: string; rows: number; deleted: number }[]): Markup {
  if (counts.length === 0) return html`<p class="soft">There is no table yet.</p>`
  const shown = counts.slice(0, 25)
  return bars(
    shown.map(({ stream, rows, deleted }) => ({
      name: stream,
      value: rows,
      note: `${count(rows)}${deleted > 0 ? `, ${count(deleted)} deleted` : ''}`,
    })),
    `Rows of ${counted(shown.length, 'table')}; the largest, ${shown[0]!.stream}, has ${count(shown[0]!.rows)}`,
  )
}

function table(name: string, fresh: readonly FreshnessView[]): Markup {
  if (fresh.length === 0) return html`<p class="soft">No stream was read yet.</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Freshness of streams"><table><thead><tr><th>Stream</th><th>Last sync</th><th>Complete</th><th class="number">Rows</th><th class="number">Deleted</th><th class="number">Misfits</th><th>Rows</th></tr></thead><tbody>${fresh.map(
    (
      one,
    ) => html`<tr><th scope="row">${one.stream}</th><td>${state(one.status)}${one.error === null ? '' : html`<br><small>${one.error}</small>`}</td><td>${when(one.complete_at)}${one.is_late ? html` <small>late</small>` : ''}</td>
<td class="number">${count(one.rows)}</td><td class="number">${count(one.deletions)}</td><td class="number">${count(one.misfits)}</td><td><a href="${connectionPath(name, `/rows/${encodeURIComponent(one.stream)}`)}">Preview<span class="skip"> of ${one.stream}</span></a></td></tr>`,
  )}</tbody></table></div>`
}

/** The rows that were loaded last. */
export async function rowsPage(visit: Visit, name: string, stream: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const rows = await answerOf<readonly Readonly<Record<string, unknown>>[]>(visit, 'previewRows', {
    params: { name, stream },
    query: { limit: '50' },
  })
  const columns = Object.keys(rows[0] ?? {}).filter((column) => rows.some((row) => row[column] !== null))
  const body =
    rows.length === 0
      ? html`<p class="soft">The table has no rows.</p>`
      : html`<div class="wide" tabindex="0" role="region" aria-label="Rows of ${stream}"><table class="rows"><thead><tr>${columns.map((column) => html`<th>${column}</th>`)}</tr></thead><tbody>${rows.map(
          (row) =>
            html`<tr>${columns.map((column) => html`<td class="${typeof row[column] === 'number' ? 'number' : ''}">${cell(row[column])}</td>`)}</tr>`,
        )}</tbody></table></div>`
  return page(
    { title: `${stream} of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, one, '/data')}<section><h2>${stream} <small>the ${counted(rows.length, 'row')} that were loaded last; columns without a value are left out</small></h2>${body}</section>
<p><a href="${connectionPath(name, '/data')}">All streams</a></p>`,
  )
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
