// Adding a connection, and changing it: where, how to sign in, what, when and where to.
import schema from '../../../config.schema.json' with { type: 'json' }
import { type Named, type Property, SOURCE_SPEC, sourceFields } from '../forms/fields.ts'
import { type FormValues, valuesIn } from '../forms/parse.ts'
import { fields } from '../forms/render.ts'
import type { ConnectionView } from '../operations/views.ts'
import { csrf, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { connectionPath, type Visit } from './tools.ts'

type Json = Readonly<Record<string, unknown>>

const SETTINGS = schema.properties.connections.items.properties as unknown as Readonly<Record<string, Property>>
const CAPABILITIES: readonly (readonly [string, string])[] = [
  ['helpdesk', 'Helpdesk: tickets and what belongs to them'],
  ['crm', 'CRM: people and organizations'],
  ['content', 'Content: the help center'],
  ['everything', 'Everything that the account has'],
]
/** Settings that are rarely changed, in their order. */
const MORE = ['schema', 'mode', 'deleted', 'contracts', 'publish', 'notify']
const more: readonly Named[] = MORE.map((name) => [name, SETTINGS[name]!])

/** The form of a new connection, or of one that is there, with what was entered. */
export function connectionForm(visit: Visit, before: ConnectionView | undefined, entered?: FormValues): Markup {
  const { hub, caller } = visit
  const { first, more: rest } = sourceFields(hub.allowsPrivate)
  const given = entered === undefined ? undefined : bodyOf(entered, hub.allowsPrivate, {})
  const source = (given?.source ?? before?.source ?? {}) as Json
  const settings = (given ?? before?.settings ?? {}) as Json
  const to = String(given?.to ?? before?.to ?? `duckdb:zendesk.duckdb`)
  const isFile = typeof before?.source === 'string'
  const title = before === undefined ? 'Add a connection' : `Change ${before.name}`
  const capability = String(settings['capability'] ?? (before === undefined ? 'helpdesk' : 'everything'))
  const cancel = before === undefined ? '/' : connectionPath(before.name)
  return page(
    { title, path: '/connections/new', ...visit, isLive: false },
    html`<div class="head"><h1>${title}</h1></div>
<form method="post" action="${before === undefined ? '/connections/new' : connectionPath(before.name, '/edit')}">${csrf(caller)}
<section><h2>1 Where</h2>
${before === undefined ? html`<label class="field"><span>Name <span class="must" aria-hidden="true">*</span></span><input name="name" required maxlength="63" pattern="[A-Za-z0-9][A-Za-z0-9 ._\\-]*" value="${String(entered?.['name'] ?? '')}" autocomplete="off"><span class="hint">What it is called here: letters, digits, blanks, dots and dashes.</span></label>` : ''}
${isFile ? html`<p>Its source stands in <code>${String(before?.source)}</code>, and is changed there.</p>` : fields('source', first.slice(0, 1), source, ['subdomain'])}</section>
${
  isFile
    ? ''
    : html`<section><h2>2 Sign in</h2><p class="hint">For <b>OAuth with a refresh token</b>, give the client and save: the next page asks Zendesk for your consent.</p>
${fields('source', first.slice(1, 2), source, [])}</section>`
}
<section><h2>${isFile ? '2' : '3'} What</h2>
<fieldset class="field"><legend>Capability</legend>${CAPABILITIES.map(([value, words]) => html`<label><input type="radio" name="capability" value="${value}" ${value === capability ? 'checked' : ''}><span>${words}</span></label>`)}
<span class="hint">Streams and columns can be chosen one by one afterwards, with what each costs.</span></fieldset>
${isFile ? '' : html`${fields('source', first.slice(2), source, [])}<details><summary>More options of what is read</summary>${fields('source', rest, source, [])}</details>`}</section>
<section><h2>${isFile ? '3' : '4'} When and where to</h2>
<label class="field"><span>Into <span class="must" aria-hidden="true">*</span></span><input name="to" required value="${to}" autocomplete="off" spellcheck="false"><span class="hint">${SETTINGS['to']?.description} A password is kept encrypted.</span></label>
${schedule(String(settings['schedule'] ?? (before === undefined ? 'manual' : 'every 6h')))}
<details><summary>More options of loading</summary>${fields('settings', more, settings, [])}</details></section>
<p class="buttons"><button class="main">${before === undefined ? 'Save' : 'Save changes'}</button> <a class="button" href="${cancel}">Cancel</a></p></form>`,
  )
}

function schedule(now: string): Markup {
  const known = ['manual', 'every 1h', 'every 3h', 'every 6h', 'every 12h', 'every 24h']
  const words = (one: string): string =>
    one === 'manual' ? 'only when somebody asks for it' : one.replace('1h', 'hour').replace(/(\d+)h/, '$1 hours')
  const own = known.includes(now) ? '' : now
  return html`<div class="two"><label class="field"><span>Schedule</span><select name="schedule">${known.map((one) => html`<option value="${one}" ${one === now ? 'selected' : ''}>${words(one)}</option>`)}<option value="own" ${own === '' ? '' : 'selected'}>as written beside</option></select></label>
<label class="field"><span>Own schedule</span><input name="own_schedule" value="${own}" placeholder="cron 30 2 * * *" autocomplete="off"><span class="hint">every 1h to every 24h, or cron and an expression in UTC.</span></label></div>`
}

/** The subdomain alone, however it was typed: `https://Acme.zendesk.com/agent` is acme. */
function withName(source: Json): Json {
  const typed = String(source['subdomain'] ?? '')
  const [, name] = /^(?:https?:\/\/)?([a-z0-9-]+)\.zendesk\.com(?:[/:?#].*)?$/i.exec(typed.trim()) ?? []
  return { ...source, ...(typed !== '' && { subdomain: (name ?? typed).toLowerCase() }) }
}

/** What was entered, as the operations take it. `before` is the source as it was: what no field shows of it stays. */
export function bodyOf(form: FormValues, allowsPrivate: boolean, before: Json | undefined): Json {
  const { first, more: rest } = sourceFields(allowsPrivate)
  const all = [...first, ...rest]
  const shown = new Set(all.map(([name]) => name))
  const hidden = Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => !shown.has(name)))
  const settings = valuesIn(form, 'settings', more)
  const picked = String(form['schedule'] ?? 'manual')
  return {
    ...Object.fromEntries(MORE.map((name) => [name, settings[name] ?? null])),
    to: String(form['to'] ?? '').trim(),
    capability: String(form['capability'] ?? 'everything'),
    schedule: picked === 'own' ? String(form['own_schedule'] ?? '').trim() : picked,
    ...(before !== undefined && { source: { ...hidden, ...withName(valuesIn(form, 'source', all)) } }),
  }
}

export const REQUIRED_SOURCE = SOURCE_SPEC.required ?? []
