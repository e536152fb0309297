import { html, type Markup } from '../html/markup.ts'
import { card, count, counted, percent } from './parts.ts'
import type { KindStatus } from './status.ts'

/**
 * A bar for each kind of record, the deleted ones hatched at its end. The scale is logarithmic: there may be a few
 * groups and a million audits.
 */
export function accountCard(kinds: readonly KindStatus[]): Markup {
  const largest = Math.max(10, ...kinds.map(({ live, deleted }) => live + deleted))
  const width = (records: number) => Math.log10(records + 1)
  const rows = kinds.map(({ name, live, deleted }) => {
    const tail = percent(width(live + deleted) - width(live), width(largest))
    return html`<li data-kind="${name}" title="${name}: ${counted(live, 'record')}, ${count(deleted)} deleted">
<span>${name.replaceAll('_', ' ')}</span>
<span class="track"><b style="width:${percent(width(live), width(largest))}"></b><b class="deleted" style="width:${tail}"></b>
</span><span class="number">${count(live)}</span><span class="number">${deleted === 0 ? '' : `+ ${count(deleted)}`}</span></li>`
  })
  const step = percent(1, width(largest))
  return card(
    'account',
    'In the account',
    'each line is ten times the one before; hatched and after +: deleted',
    html`<ul class="bars" style="--step:${step}">${rows}</ul>`,
  )
}

const RADIUS = 42
const ROUND = 2 * Math.PI * RADIUS

/** A ring that shows how the tickets divide over their statuses. */
export function statusCard(statuses: ReadonlyMap<string, number>): Markup {
  const all = [...statuses.values()].reduce((sum, some) => sum + some, 0)
  let begin = 0
  const arcs = [...statuses].map(([status, some]) => {
    const length = all === 0 ? 0 : (some / all) * ROUND
    // A hair's breadth between neighbours, if there is room for it.
    const drawn = Math.max(0, length - (length > 3 ? 1 : 0))
    const arc = html`<circle class="s-${status}" r="${RADIUS}" cx="60" cy="60" stroke-dasharray="${drawn} ${ROUND}"
stroke-dashoffset="${-begin}"><title>${status}: ${count(some)}</title></circle>`
    begin += length
    return arc
  })
  const legend = [...statuses].map(
    ([status, some]) => html`<li data-status="${status}"><b class="s-${status}"></b><span>${status}</span>
<span class="number">${count(some)}</span></li>`,
  )
  return card(
    'statuses',
    'Tickets by status',
    '',
    html`<div class="ring"><svg viewBox="0 0 120 120" role="img" aria-label="Tickets by status">
<g transform="rotate(-90 60 60)">${arcs}</g>
<text x="60" y="60">${count(all)}</text><text x="60" y="74" class="small">tickets</text></svg>
<ul class="legend">${legend}</ul></div>`,
  )
}
