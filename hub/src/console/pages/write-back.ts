// Writing back: the writes of a connection, and one of them with its runs and its rejected rows.
import type { ConnectionView } from '../operations/views.ts'
import type { RejectedView, RunView, WriteView } from '../operations/write-views.ts'
import { connectionHead } from './connection.ts'
import { action, csrf, live, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, counted, state, when } from './words.ts'

export const writePath = (name: string, write: string, more = ''): string =>
  connectionPath(name, `/writes/${encodeURIComponent(write)}${more}`)

const KINDS: Readonly<Record<string, string>> = { run: 'Run', 'dry-run': 'Dry run', replay: 'Replay' }

/** The writes of a connection. */
export async function writesPage(visit: Visit, name: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const all = await answerOf<readonly WriteView[]>(visit, 'listWrites', { params: { name } })
  const add =
    visit.caller.role === 'admin'
      ? html`<p class="buttons"><a class="button main" href="${connectionPath(name, '/write/new')}">Add a write</a></p>`
      : ''
  return page(
    { title: `Write back of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, one, '/write')}
<section ${live(connectionPath(name, '/write'), 'writes')}><h2>Writes <small>rows of the database, back into Zendesk</small></h2>
${all.length === 0 ? html`<p class="soft">None yet. A write takes the rows of a table or a query, compares them with what Zendesk holds, and writes what differs.</p>` : table(name, all)}</section>${add}`,
  )
}

const table = (name: string, all: readonly WriteView[]): Markup =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Writes"><table class="list"><thead><tr><th>Write</th><th>To</th><th>State</th><th>Last</th><th>Schedule</th><th class="number">Rejected rows</th></tr></thead><tbody>${all.map(
    (one) => html`<tr><th scope="row"><a href="${writePath(name, one.name)}">${one.name}</a></th>
<td data-label="To">${String(one.settings['object'])} <small>${String(one.settings['mode'])}</small></td><td data-label="State">${stateOf(one)}</td>
<td data-label="Last">${one.last_run === null ? '–' : html`${KINDS[one.last_run.kind]} ${when(one.last_run.started_at)}`}</td><td data-label="Schedule">${one.schedule}</td><td data-label="Rejected rows" class="number">${count(one.rejected)}</td></tr>`,
  )}</tbody></table></div>`

/** How it fares: what it does now, else how its last run went. */
function stateOf({ state: now, last_run: last }: WriteView): Markup {
  if (now === 'running') return html`<span class="state is-running">Writing</span>`
  if (now === 'waiting') return state('waiting')
  return last === null ? html`<span class="state">Nothing written yet</span>` : state(last.status)
}

/** One write. */
export async function writePage(visit: Visit, name: string, write: string): Promise<Markup> {
  const params = { name, write }
  const one = await answerOf<WriteView>(visit, 'showWrite', { params })
  const connection = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const runs = await answerOf<readonly RunView[]>(visit, 'listWriteRuns', { params, query: { limit: '30' } })
  const rejected = await answerOf<readonly RejectedView[]>(visit, 'listRejected', { params, query: { limit: '200' } })
  const path = writePath(name, write)
  return page(
    { title: `${write} of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, connection, '/write')}
<section ${live(path, 'write-now')}><h2>${write}</h2><p>${stateOf(one)} ${one.schedule === 'manual' ? 'Writes when somebody asks for it.' : html`Next: ${when(one.due_at)} (${one.schedule}).`}</p>
${buttons(visit, path, one)}${runs[0] ? html`<h3>${KINDS[runs[0].kind]} ${runs[0].id} <small>began ${when(runs[0].started_at)}</small></h3>${numbers(runs[0])}<p><a href="/write-runs/${runs[0].id}">Its differences and rejected rows</a></p>` : ''}</section>
<section ${live(path, 'write-rejected')}><h2>Rejected rows <small>refused, and not written since</small></h2>${rejectedForm(visit, path, rejected, one.rejected)}</section>
<section ${live(path, 'write-runs')}><h2>Runs</h2>${runs.length === 0 ? html`<p class="soft">None yet.</p>` : runsTable(runs)}</section>
<section><h2>What it writes</h2>${settings(one)}</section>`,
  )
}

function buttons({ caller }: Visit, path: string, { state: now }: WriteView): Markup {
  if (caller.role !== 'admin') return html``
  const run =
    now === 'idle'
      ? html`${action(caller, `${path}/dry-run`, 'Dry run')} ${action(caller, `${path}/run`, 'Write now', { kind: 'main', ask: 'Write to Zendesk now?' })}`
      : action(caller, `${path}/stop`, 'Stop')
  return html`<p class="buttons">${run} <a class="button" href="${path}/edit">Edit</a> ${action(caller, `${path}/remove`, 'Remove', { kind: 'danger', ask: 'Remove this write, its history and its rejected rows? What was written stays in Zendesk.' })}</p>`
}

/** The counts of a run: what there was, and what became of it. */
export function numbers(run: RunView): Markup {
  const would = run.kind === 'dry-run' ? 'to be ' : ''
  const all: readonly (readonly [string, number])[] = [
    ['rows', run.rows],
    ['matched in Zendesk', run.matched],
    [`${would}created`, run.created],
    [`${would}updated`, run.updated],
    ...(run.created_or_updated > 0 ? [[`${would}created or updated`, run.created_or_updated] as const] : []),
    ...(run.deleted > 0 ? [[`${would}deleted`, run.deleted] as const] : []),
    ['unchanged', run.unchanged],
    ['rejected', run.rejected],
  ]
  return html`<div class="numbers">${all.map(([label, value]) => html`<div><b>${count(value)}</b>${label}</div>`)}</div>
${run.error === null ? '' : html`<p class="fault"><span>${run.error}</span></p>`}`
}

const runsTable = (runs: readonly RunView[]): Markup =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Runs"><table><thead><tr><th>Run</th><th>Began</th><th>State</th><th>By</th><th class="number">Rows</th><th class="number">Created</th><th class="number">Updated</th><th class="number">Unchanged</th><th class="number">Rejected</th></tr></thead><tbody>${runs.map(
    (
      run,
    ) => html`<tr><th scope="row"><a href="/write-runs/${run.id}">${KINDS[run.kind]} ${run.id}</a></th><td>${when(run.started_at)}</td><td>${run.status === 'running' ? html`<span class="state is-running">Writing</span>` : state(run.status)}</td><td>${run.asked_by ?? 'schedule or command'}</td>
<td class="number">${count(run.rows)}</td><td class="number">${count(run.created + run.created_or_updated)}</td><td class="number">${count(run.updated + run.deleted)}</td><td class="number">${count(run.unchanged)}</td><td class="number">${count(run.rejected)}</td></tr>`,
  )}</tbody></table></div>`

function rejectedForm({ caller }: Visit, path: string, rows: readonly RejectedView[], all: number): Markup {
  if (rows.length === 0) return html`<p class="soft">None.</p>`
  const isAdmin = caller.role === 'admin'
  const list = rejectedTable(rows, isAdmin)
  const more = all > rows.length ? html`<p class="soft">The newest ${count(rows.length)} of ${count(all)}.</p>` : ''
  if (!isAdmin) return html`${list}${more}`
  return html`<form method="post" action="${path}/replay">${csrf(caller)}<p><label><input type="checkbox" data-all="[name=rows]"><span>All of them</span></label></p>${list}${more}
<p class="buttons"><button class="main">Replay the chosen rows</button> <span class="soft">They are sent as they were. Rows that were put right in the database come with the next run.</span></p></form>`
}

/** Rejected rows, each with its reason and whole. */
export function rejectedTable(rows: readonly RejectedView[], isChoosing: boolean): Markup {
  const head = html`<thead><tr>${isChoosing ? html`<th>Replay</th>` : ''}<th>Key</th><th>Code</th><th>Reason</th><th>Request</th><th>Row</th></tr></thead>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Rejected rows"><table>${head}<tbody>${rows.map(
    ({ id, key, code, message, status, request_id, record }) => {
      const name = key.join(', ') || `row ${id}`
      return html`<tr>${isChoosing ? html`<td><input type="checkbox" name="rows" value="${id}" aria-label="Replay ${name}"></td>` : ''}<th scope="row">${name}</th><td><code>${code}</code>${status === null ? '' : html`<br><small>HTTP ${status}</small>`}</td><td>${message}</td><td>${request_id ?? '–'}</td>
<td><details><summary>${counted(Object.keys(record).length, 'field')}</summary><pre>${JSON.stringify(record, null, 2)}</pre></details></td></tr>`
    },
  )}</tbody></table></div>`
}

function settings({ settings: given }: WriteView): Markup {
  const {
    table: from,
    query,
    object,
    mode,
    key,
    columns,
    audiences,
    options,
  } = given as {
    readonly table?: string
    readonly query?: string
    readonly object: string
    readonly mode: string
    readonly key?: readonly string[]
    readonly columns?: Readonly<Record<string, string>>
    readonly audiences?: readonly { readonly name: string; readonly field?: string; readonly tag?: string }[]
    readonly options: Readonly<Record<string, unknown>>
  }
  const set = Object.entries(options).map(([name, value]) => `${name}: ${String(value)}`)
  return html`<dl class="facts"><dt>Rows</dt><dd><code>${from ?? query}</code></dd><dt>Object</dt><dd>${object} (${mode})</dd><dt>Matched by</dt><dd>${key?.join(' and ') ?? 'nothing: each row is created'}</dd><dt>Options</dt><dd>${set.join(', ') || 'as they are preset: quiet, nothing is deleted'}</dd></dl>
${columns === undefined ? html`<p>All columns go to the fields of their names.</p>` : html`<h3>Mapping</h3><table><thead><tr><th>Column</th><th>Field</th></tr></thead><tbody>${Object.entries(columns).map(([column, field]) => html`<tr><th scope="row">${column}</th><td>${field}</td></tr>`)}</tbody></table>`}
${audiences === undefined || audiences.length === 0 ? '' : html`<h3>Audiences</h3><table><thead><tr><th>Audience</th><th>Goes to</th></tr></thead><tbody>${audiences.map((one) => html`<tr><th scope="row">${one.name}</th><td>${one.tag === undefined ? `the field ${one.field}` : `the tag ${one.tag}`}</td></tr>`)}</tbody></table>`}`
}

interface RunDetail {
  readonly run: RunView
  readonly differences: readonly {
    readonly action: string
    readonly key: readonly string[]
    readonly values: Readonly<Record<string, unknown>>
    readonly held?: Readonly<Record<string, unknown>>
  }[]
  readonly rejected: readonly RejectedView[]
}

/** One run. */
export async function writeRunPage(visit: Visit, id: string): Promise<Markup> {
  const { run, differences, rejected } = await answerOf<RunDetail>(visit, 'showWriteRun', { params: { id } })
  const { connection, write } = run
  const path = `/write-runs/${run.id}`
  return page(
    { title: `${KINDS[run.kind]} ${run.id} of ${write}`, path: connectionPath(connection), ...visit },
    html`<div class="head"><h1><small>${connection} → ${write}</small>${KINDS[run.kind]} ${run.id}</h1><a class="button" href="${writePath(connection, write)}">Back to ${write}</a></div>
<section ${live(path, 'write-run')}><h2>${run.status === 'running' ? html`<span class="state is-running">Writing</span>` : state(run.status)} <small>began ${when(run.started_at)}, ended ${when(run.ended_at)}</small></h2>${numbers(run)}</section>
${run.kind === 'dry-run' ? html`<section><h2>First differences <small>what would be sent, beside what Zendesk holds</small></h2>${differencesTable(differences)}</section>` : ''}
<section><h2>Rejected rows</h2>${rejected.length === 0 ? html`<p class="soft">None.</p>` : rejectedTable(rejected, false)}</section>`,
  )
}

function differencesTable(all: RunDetail['differences']): Markup {
  if (all.length === 0) return html`<p class="soft">Nothing would be written.</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Differences"><table><thead><tr><th>Key</th><th>Action</th><th>Field</th><th>Zendesk holds</th><th>Would be sent</th></tr></thead><tbody>${all.flatMap(
    ({ key, action: what, values, held = {} }) =>
      Object.entries(values).map(
        ([field, value], at) =>
          html`<tr>${at === 0 ? html`<th scope="row">${key.join(', ') || '–'}</th><td>${what}</td>` : html`<td></td><td></td>`}<td>${field}</td><td>${what === 'create' ? '–' : shown(held[field === 'add' || field === 'remove' ? 'tags' : field])}</td><td>${shown(value)}</td></tr>`,
      ),
  )}</tbody></table></div>`
}

const shown = (value: unknown): string => {
  const text =
    value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 300 ? `${text.slice(0, 299)}…` : text
}
