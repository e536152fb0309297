// A gauge for a limit of Zendesk: what we used, what others used.
import { html, type Markup } from './markup.ts'

// Half a circle of radius 40.
const ARC = Math.PI * 40

export interface Gauge {
  readonly name: string
  readonly total: number
  readonly ours: number
  readonly others: number
  /** In words: when it is fresh again. */
  readonly note: string
}

export function gauge({ name, total, ours, others, note }: Gauge): Markup {
  const part = (used: number): number => (total === 0 ? 0 : Math.min(1, used / total))
  const used = ours + others
  const level = part(used) >= 1 ? 'full' : part(used) >= 0.7 ? 'high' : 'low'
  const label = `${name}: ${used} of ${total} used, ${others} by others`
  return html`<figure class="gauge ${level}"><svg viewBox="0 0 100 62" role="img" aria-label="${label}">
<path class="rail" d="M10 54 A40 40 0 0 1 90 54"/>
<path class="others" d="M10 54 A40 40 0 0 1 90 54" stroke-dasharray="${(part(used) * ARC).toFixed(2)} 200"/>
<path class="used" d="M10 54 A40 40 0 0 1 90 54" stroke-dasharray="${(part(ours) * ARC).toFixed(2)} 200"/>
<text x="50" y="46">${String(Math.round(used))}</text><text x="50" y="58" class="small">of ${String(total)}</text></svg>
<figcaption>${name}<small>${others > 0 ? `${Math.round(others)} by others; ` : ''}${note}</small></figcaption></figure>`
}
