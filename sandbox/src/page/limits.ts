import { html, type Markup } from '../html/markup.ts'
import { card, count, counted } from './parts.ts'
import type { FaultStatus, LimitStatus } from './status.ts'

// Half a circle of radius 40.
const ARC = Math.PI * 40
const MOST_DOTS = 12

/** A gauge for each limit: how much of this minute's requests are used. */
export function limitsCard(limits: readonly LimitStatus[]): Markup {
  const gauges = limits.filter(({ total }) => total !== undefined).map(gauge)
  const free = limits.filter(({ total, used }) => total === undefined && used > 0)
  const rest =
    free.length === 0
      ? ''
      : html`<p class="none">Not limited: ${free.map(({ name, used }) => `${name} (${count(used)})`).join(', ')}</p>`
  const none = gauges.length === 0 ? html`<p class="none">Nothing is limited.</p>` : ''
  return card('limits', 'Limits', 'requests in this minute', html`<div class="gauges">${gauges}</div>${none}${rest}`)
}

function gauge({ name, total = 0, used, resets }: LimitStatus): Markup {
  const share = total === 0 ? 1 : Math.min(1, used / total)
  const level = share >= 1 ? 'full' : share >= 0.7 ? 'high' : 'low'
  const note = used === 0 ? 'unused' : `fresh in ${resets} s`
  return html`<figure data-limit="${name}" class="${level}">
<svg viewBox="0 0 100 62" role="img" aria-label="${name}: ${count(used)} of ${count(total)}">
<path class="rail" d="M10 54 A40 40 0 0 1 90 54"/>
<path class="used" d="M10 54 A40 40 0 0 1 90 54" stroke-dasharray="${share * ARC} 200"/>
<text x="50" y="46">${count(used)}</text><text x="50" y="58" class="small">of ${count(total)}</text></svg>
<figcaption>${name}<small>${note}</small></figcaption></figure>`
}

// One for each request that is still to be met.
function dots(left: number): Markup {
  return html`<span class="dots" title="${counted(left, 'time')}">${'●'.repeat(Math.min(left, MOST_DOTS))}
${left > MOST_DOTS ? ` ${count(left)}` : ''}</span>`
}

function share(rate: number): Markup {
  const percent = Math.round(rate * 1000) / 10
  return html`<span class="chance" title="each with a probability of ${rate}"><b style="width:${rate * 100}%"></b></span>
<span class="number">${percent}%</span>`
}

/** The faults that are set, and how many were met. */
export function faultsCard({ met, next, random }: FaultStatus): Markup {
  const listed = next.map(({ kind, requests, spare, left, rate }) => {
    const after = spare > 0 ? html`<small title="so many that fit are spared first">after ${count(spare)}</small>` : ''
    const often = rate === undefined ? dots(left) : [share(rate), Number.isFinite(left) ? dots(left) : '']
    return html`<li><em>${kind}</em><code>${requests || 'any request'}</code>${after}${often}</li>`
  })
  const chance =
    random &&
    html`<li><em>${random.kinds.join(', ')}</em><code>${random.path || 'any request'}</code>
${share(random.rate)}</li>`
  const none = next.length === 0 && random === undefined ? html`<p class="none">None is set.</p>` : ''
  return card('faults', 'Faults', `${count(met)} met`, html`<ul class="faults">${listed}${chance ?? ''}</ul>${none}`)
}
