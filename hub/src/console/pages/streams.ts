// Which streams are read, with which columns and how, and what each costs.
import { MODES } from '../../load/target.ts'
import { bars } from '../../pictures/bars.ts'
import type { FormValues } from '../forms/parse.ts'
import type { ConnectionView } from '../operations/views.ts'
import { connectionHead } from './connection.ts'
import { csrf, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { searchPart } from './search-count.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, counted } from './words.ts'

interface StreamView {
  readonly name: string
  readonly selected: boolean
  readonly mode: string | null
  readonly primary_key: readonly string[]
  readonly cursor_field: string | null
  readonly read_with: string
  readonly cost: string
  readonly requests: number | null
  readonly rows: number | null
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly description: string
    readonly selected: boolean
    readonly needed: boolean
  }[]
}

export async function streamsPage(visit: Visit, name: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const streams = await answerOf<readonly StreamView[]>(visit, 'listStreams', { params: { name } })
  const groups = [...Map.groupBy(streams, (stream) => stream.read_with)].toSorted(
    ([a, some], [b, others]) => rank(a) - rank(b) || others.length - some.length,
  )
  const isAdmin = visit.caller.role === 'admin'
  const measured = streams
    .filter((stream) => stream.selected && (stream.requests ?? 0) > 0)
    .toSorted((a, b) => b.requests! - a.requests!)
    .slice(0, 15)
  return page(
    { title: `Streams of ${name}`, path: connectionPath(name), ...visit, isLive: true },
    html`${connectionHead(visit, one, '/streams')}
${
  measured.length === 0
    ? ''
    : html`<section><h2>Requests in the last sync <small>streams that are read together count each</small></h2>${bars(
        measured.map((stream) => ({
          name: stream.name,
          value: stream.requests!,
          note: counted(stream.requests!, 'request'),
        })),
        'Requests of each stream in the last sync',
      )}</section>`
}
<section class="streams"><h2>Streams <small>${counted(streams.filter(({ selected }) => selected).length, 'stream')} of ${streams.length} chosen</small></h2>
<form method="post" action="${connectionPath(name, '/streams')}">${csrf(visit.caller)}
<fieldset ${isAdmin ? '' : 'disabled'}>
<label><input type="radio" name="which" value="capability" ${Array.isArray(one.settings['streams']) ? '' : 'checked'}><span>All of the capability “${one.capability}”, also those that come later</span></label>
<label><input type="radio" name="which" value="chosen" ${Array.isArray(one.settings['streams']) ? 'checked' : ''}><span>Those that are ticked below</span></label>
${groups.map(([walk, some]) => group(walk, some))}
${isAdmin ? html`<p class="buttons"><button class="main">Save</button></p>` : ''}</fieldset></form></section>
${await searchPart(visit, name)}
${isAdmin ? againPart(visit, one, streams) : ''}`,
  )
}

const rank = (walk: string): number => (walk.endsWith('export') ? 0 : walk === 'a list of its own' ? 2 : 1)

function group(walk: string, some: readonly StreamView[]): Markup {
  const isShared = walk !== 'a list of its own' && !walk.startsWith('a list for each') && some.length > 1
  return html`<div class="group"><h3>Read with ${walk} ${isShared ? html`<small>one of these or all of them: it costs the same</small>` : ''}</h3>${some.map(stream)}</div>`
}

function stream({
  name,
  selected,
  mode,
  primary_key: key,
  cursor_field: cursor,
  cost,
  rows,
  columns,
}: StreamView): Markup {
  const facts = [
    cost,
    rows === null ? '' : `${count(rows)} rows in the last sync`,
    `key: ${key.join(', ') || 'none'}`,
    cursor === null ? 'read whole' : `changes by ${cursor}`,
  ]
  const part = columns.filter((column) => column.selected).length
  return html`<div class="stream"><label><input type="checkbox" name="stream" value="${name}" ${selected ? 'checked' : ''}><span>${name}</span> <small>${facts.filter(Boolean).join('; ')}</small></label>
<details><summary><small>${part === columns.length ? counted(columns.length, 'column') : `${part} of ${columns.length} columns`}</small><span class="skip"> of ${name}</span></summary>
<div class="columns"><label>Mode <select name="mode:${name}"><option value="">as usual</option>${MODES.map((one) => html`<option ${selected && one === mode ? 'selected' : ''}>${one}</option>`)}</select></label>
<label><input type="checkbox" data-all="[name='column:${name}']" checked><span>all columns</span></label>
${columns.map(
  (column) =>
    html`<label title="${column.description}"><input type="checkbox" name="column:${name}" value="${column.name}" ${column.selected ? 'checked' : ''} ${column.needed ? 'disabled' : ''}><span>${column.name}</span> <small>${column.type}${column.needed ? ', needed' : ''}</small></label>`,
)}</div></details></div>`
}

/** The form, as a change of the connection. `before` is what was chosen until now. */
export function choicesIn(form: FormValues, streams: readonly StreamView[]): Readonly<Record<string, unknown>> {
  const all = (field: string): readonly string[] => {
    const value = form[field]
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }
  const ticked = all('stream')
  const modes = streams.flatMap(({ name }) => (form[`mode:${name}`] ? [[name, String(form[`mode:${name}`])]] : []))
  const columns = streams.flatMap(({ name, columns: known }) => {
    const chosen = all(`column:${name}`)
    const optional = known.filter(({ needed }) => !needed)
    if (chosen.length >= optional.length) return []
    return [[name, [...known.filter(({ needed }) => needed).map((column) => column.name), ...chosen]]]
  })
  const isChosen = form['which'] === 'chosen' && ticked.length > 0
  return {
    streams: isChosen ? ticked : null,
    modes: modes.length === 0 ? null : Object.fromEntries(modes),
    columns: columns.length === 0 ? null : Object.fromEntries(columns.filter(([, some]) => some!.length > 0)),
  }
}

function againPart({ caller }: Visit, { name, source }: ConnectionView, streams: readonly StreamView[]): Markup {
  const start =
    typeof source === 'object' && source !== null ? (source as { start_date?: string }).start_date : undefined
  return html`<section><h2>Earlier data</h2><div class="two">
<form method="post" action="${connectionPath(name, '/back-fill')}">${csrf(caller)}<h3>Back-fill</h3><p class="soft">${start === undefined ? 'Everything is read already: there is no start date.' : `Reads from ${start} on. An earlier date is read in the next sync; what was loaded stays.`}</p>
<label>From <input type="date" name="from" ${start === undefined ? 'disabled' : 'required'}></label><button ${start === undefined ? 'disabled' : ''}>Back-fill</button></form>
<form method="post" action="${connectionPath(name, '/reset')}" data-ask="Read these streams from their beginning?">${csrf(caller)}<h3>Read again</h3><p class="soft">The next sync reads these streams from their beginning. Rows that it does not find are marked as deleted, or removed.</p>
<label>Streams <select name="streams" multiple size="5" required>${streams.filter(({ selected }) => selected).map((one) => html`<option>${one.name}</option>`)}</select></label><button>Read again</button></form></div></section>`
}
