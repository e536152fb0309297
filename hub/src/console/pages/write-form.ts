// The form of a write: which rows go to which object, then which column goes to which field.

import type { Sample } from '../../write/records.ts'
import type { FormValues } from '../forms/parse.ts'
import { valuesIn } from '../forms/parse.ts'
import { fields } from '../forms/render.ts'
import { WRITE_OPTIONS } from '../forms/write-options.ts'
import type { ConnectionView } from '../operations/views.ts'
import type { WritableView, WriteView } from '../operations/write-views.ts'
import { connectionHead } from './connection.ts'
import { csrf, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { counted } from './words.ts'
import { writePath } from './write-back.ts'

/** A write as the form has it. */
interface Draft {
  readonly name?: string
  readonly table?: string
  readonly query?: string
  readonly object?: string
  readonly mode?: string
  readonly key?: readonly string[]
  readonly columns?: Readonly<Record<string, string>>
  readonly audiences?: readonly { readonly name: string; readonly field?: string; readonly tag?: string }[]
  readonly schedule?: string
  readonly options?: Readonly<Record<string, unknown>>
}

const MODES: Readonly<Record<string, string>> = {
  append_dedup: 'Create or change (append_dedup)',
  update: 'Change what is there (update)',
  append: 'Create (append)',
  soft_delete: 'Delete (soft_delete)',
}

/** The form. `write`: the one that is changed; `form`: what was sent and refused. */
export async function writeForm(visit: Visit, name: string, write?: string, form?: FormValues): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const before =
    write === undefined ? undefined : await answerOf<WriteView>(visit, 'showWrite', { params: { name, write } })
  const asked = visit.context.req.query()
  const kept: Draft = before ? { name: before.name, schedule: before.schedule, ...(before.settings as Draft) } : {}
  const draft: Draft = form
    ? { ...kept, ...(write === undefined && { name: String(form['name'] ?? '') }), ...draftOf(form) }
    : { ...kept, ...(asked['object'] && askedDraft(asked)) }
  const isFirst = asked['step'] === '1' || draft.object === undefined
  const objects = await answerOf<readonly WritableView[]>(visit, 'listObjects', { params: { name } })
  const body = isFirst ? rowsForm(name, draft, write, objects) : await mappingForm(visit, name, draft, write, objects)
  return page(
    {
      title: write === undefined ? `New write of ${name}` : `Edit ${write}`,
      path: connectionPath(name),
      ...visit,
      isLive: false,
    },
    html`${connectionHead(visit, one, '/write')}<section><h2>${write === undefined ? 'New write' : write} <small>${isFirst ? 'rows and object' : 'mapping'}</small></h2>${body}</section>`,
  )
}

const text = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)

function askedDraft(asked: Readonly<Record<string, string>>): Draft {
  const [name, table, query] = [text(asked['name']), text(asked['table']), text(asked['query'])]
  return {
    ...(name && { name }),
    ...(query ? { query, table: undefined } : table && { table, query: undefined }),
    object: asked['object']!,
    ...(asked['mode'] && { mode: asked['mode'] }),
  } as Draft
}

/** Which rows go to which object. A plain GET: the next step is an address. */
function rowsForm(name: string, draft: Draft, write: string | undefined, all: readonly WritableView[]): Markup {
  const objects = [...new Set(all.map(({ object }) => object))]
  const to = write === undefined ? connectionPath(name, '/write/new') : writePath(name, write, '/edit')
  return html`<form method="get" action="${to}">
${write === undefined ? html`<label class="field"><span>Name <span class="must" aria-hidden="true">*</span></span><input name="name" value="${draft.name ?? ''}" required maxlength="63" pattern="[A-Za-z0-9][A-Za-z0-9 ._\\-]*" autocomplete="off"><span class="hint">Letters, digits, blanks, dots and dashes.</span></label>` : ''}
<label class="field"><span>Table</span><input name="table" value="${draft.table ?? ''}" autocomplete="off" spellcheck="false"><span class="hint">A table or view of the connection's schema. Or a query:</span></label>
<label class="field"><span>Query</span><textarea name="query" spellcheck="false" placeholder="select domain, score from marts.health">${draft.query ?? ''}</textarea><span class="hint">SQL over the connection's database. Lists, such as tags, are JSON.</span></label>
<div class="two"><label class="field"><span>Object</span><select name="object">${objects.map((object) => html`<option ${object === (draft.object ?? 'users') ? 'selected' : ''}>${object}</option>`)}</select></label>
<label class="field"><span>What is done with rows</span><select name="mode">${Object.entries(MODES).map(([mode, label]) => html`<option value="${mode}" ${mode === (draft.mode ?? 'append_dedup') ? 'selected' : ''}>${label}</option>`)}</select></label></div>
<p class="buttons"><button class="main">Next: the mapping</button> <a class="button" href="${connectionPath(name, '/write')}">Back</a></p></form>`
}

async function mappingForm(
  visit: Visit,
  name: string,
  draft: Draft,
  write: string | undefined,
  objects: readonly WritableView[],
): Promise<Markup> {
  const { object = '', mode = 'append_dedup' } = draft
  const target = objects.find((one) => one.object === object && one.mode === mode)
  const rows = draft.query === undefined ? { table: draft.table ?? '' } : { query: draft.query }
  const again = `${write === undefined ? connectionPath(name, '/write/new') : writePath(name, write, '/edit')}?step=1&${new URLSearchParams(
    Object.entries({ ...rows, name: draft.name ?? '', object, mode }) as [string, string][],
  )}`
  const back = html`<a class="button" href="${again}">Change rows or object</a>`
  if (target === undefined)
    return html`<p class="fault"><span>${object} cannot be written in the mode ${mode}.</span></p><p class="buttons">${back}</p>`
  const { status, body } = await visit.invoke('tryQuery', { params: { name }, body: rows }, visit.asked)
  if (status >= 300)
    return html`<p class="fault" role="alert"><span>${(body as { error: string }).error}</span></p><p class="buttons">${back}</p>`
  const sample = body as Sample
  const to = write === undefined ? connectionPath(name, '/write/new') : writePath(name, write, '/edit')
  return html`<form method="post" action="${to}">${csrf(visit.caller)}
${Object.entries({ ...rows, name: draft.name ?? '', object, mode }).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}
<dl class="facts"><dt>Rows</dt><dd>${counted(sample.count, 'row')} of <code>${rows.table ?? rows.query}</code></dd><dt>Object</dt><dd>${object}, ${MODES[mode]}</dd></dl><p class="buttons">${back}</p>
<label class="field"><span>Matched by</span><select name="key">${mode === 'append' ? html`<option value="">nothing: each row is created</option>` : ''}${target.keys.map((key) => html`<option value="${key.join('+')}" ${key.join('+') === draft.key?.join('+') ? 'selected' : ''}>${key.join(' and ')}</option>`)}</select><span class="hint">How a row is found in Zendesk. Two that have the same key are rejected: nothing is guessed.</span></label>
${mappingTable(sample, target, draft)}
<label class="field"><span>Audiences</span><textarea name="audiences" spellcheck="false" placeholder="big_spender = Big spender">${audienceText(draft)}</textarea><span class="hint">For rows of people: a line for each column with a status (realized, existing or exited), and the custom field that it goes to, which must exist; or tag:NAME. Columns have to go to email and last_name.</span></label>
<label class="field"><span>Schedule</span><input name="schedule" value="${draft.schedule ?? 'manual'}" autocomplete="off"><span class="hint">manual, every 6h, every 15m, or cron 30 2 * * *.</span></label>
<details ${Object.keys(draft.options ?? {}).length > 0 ? 'open' : ''}><summary>Options of writing</summary>${fields('options', WRITE_OPTIONS, draft.options ?? {}, [])}</details>
<p class="buttons"><button class="main">Save</button> <span class="soft">Nothing is written by that.</span></p></form>`
}

/** What rows of people in audiences have besides: the name of a user is made of it. */
const OF_MEMBERS = ['first_name', 'last_name'].map((name) => ({
  ...{ name, description: '', type: 'string, for audiences', mandatory: false, choices: [] },
}))

function mappingTable(sample: Sample, { object, fields: own, keys }: WritableView, { columns }: Draft): Markup {
  const all = object === 'users' ? [...own, ...OF_MEMBERS] : own
  const byName = new Map(all.map((field) => [field.name.toLowerCase(), field.name]))
  const chosen = (column: string): string | undefined =>
    columns === undefined ? byName.get(column.toLowerCase()) : columns[column]
  const must = all.filter(({ mandatory }) => mandatory).map((field) => field.name)
  const other = (column: string): Markup | string => {
    const field = chosen(column)
    return field === undefined || all.some((one) => one.name === field) ? '' : html`<option selected>${field}</option>`
  }
  return html`<h3>Mapping</h3><p class="soft">Mandatory to create one: ${must.join(', ') || 'nothing'}. Keys: ${[...new Set(keys.flat())].join(', ')}.</p>
<div class="wide" tabindex="0" role="region" aria-label="Mapping"><table><thead><tr><th>Column</th><th>First value</th><th>Goes to</th></tr></thead><tbody>${sample.columns.map(
    (
      column,
      at,
    ) => html`<tr><th scope="row">${column}<input type="hidden" name="column.${at}" value="${column}"></th><td>${first(sample, column)}</td>
<td><select name="to.${at}" aria-label="Field for ${column}"><option value="">– not written –</option>${other(column)}${all.map((field) => html`<option value="${field.name}" ${field.name === chosen(column) ? 'selected' : ''}>${field.name} (${field.type})${field.mandatory ? ' – mandatory' : ''}${field.description.startsWith('The custom field') ? ` – ${field.description.slice(17, -1)}` : ''}</option>`)}</select></td></tr>`,
  )}</tbody></table></div>`
}

function first({ rows }: Sample, column: string): string {
  const value = rows.map((row) => row[column]).find((one) => one !== null && one !== undefined)
  const shown = value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
}

const audienceText = ({ audiences = [] }: Draft): string =>
  audiences.map(({ name, field, tag }) => `${name} = ${tag === undefined ? field : `tag:${tag}`}`).join('\n')

/** The write that a form means. */
export function draftOf(form: FormValues): Draft {
  const value = (name: string): string | undefined => text([form[name] ?? ''].flat().at(-1))
  const pairs = Object.keys(form).flatMap((name) => {
    const [, at] = /^column\.(\d+)$/.exec(name) ?? []
    const [column, field] = [value(name), value(`to.${at}`)]
    return at === undefined || column === undefined || field === undefined ? [] : [[column, field] as const]
  })
  const audiences = (value('audiences') ?? '').split('\n').flatMap((line) => {
    const [audience, to] = [line.slice(0, line.lastIndexOf('=')).trim(), line.slice(line.lastIndexOf('=') + 1).trim()]
    if (line.trim() === '') return []
    return to.startsWith('tag:') ? { name: audience, tag: to.slice(4).trim() } : { name: audience, field: to }
  })
  const [table, query, key, schedule] = [value('table'), value('query'), value('key'), value('schedule')]
  const options = valuesIn(form, 'options', WRITE_OPTIONS)
  return {
    ...(query ? { query } : table && { table }),
    object: value('object') ?? '',
    mode: value('mode') ?? '',
    ...(key && { key: key.split('+') }),
    columns: Object.fromEntries(pairs),
    ...(audiences.length > 0 && { audiences }),
    ...(schedule && schedule !== 'manual' && { schedule }),
    ...(Object.keys(options).length > 0 && { options }),
  }
}
