// What webhooks brought: numbers, and the last events.
import { live } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'
import { count, counted, when } from './words.ts'

interface LiveActivityView {
  readonly events: number
  readonly records: number
  readonly median_ms: number | null
  readonly p99_ms: number | null
  readonly deliveries: Readonly<Record<string, number>> | null
  readonly last: readonly {
    readonly kind: string
    readonly id: number
    readonly changed_at: string | null
    readonly is_deletion: boolean
    readonly latency_ms: number
  }[]
}

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`)

/** A section that is fetched anew, by itself, whenever events were followed. */
export async function liveEventsPart(visit: Visit, name: string): Promise<Markup> {
  const activity = await answerOf<LiveActivityView>(visit, 'showLiveActivity', { params: { name } })
  const { accepted = 0, duplicate = 0, ...refused } = activity.deliveries ?? {}
  const reasons = Object.entries(refused).filter(([, times]) => times > 0)
  return html`<section ${live(connectionPath(name, '/live/events'), 'live-events')}><h2>Events</h2>
${activity.deliveries === null ? html`<p class="soft">Nothing listens for webhooks yet.</p>` : ''}
<dl class="facts"><dt>Deliveries since the start</dt><dd>${count(accepted)}${duplicate > 0 ? `, and ${count(duplicate)} that came again` : ''}</dd>
<dt>Refused</dt><dd>${reasons.length === 0 ? 'none' : reasons.map(([reason, times]) => `${count(times)} ${reason}`).join(', ')}</dd>
<dt>Brought</dt><dd>${counted(activity.records, 'record')} for ${counted(activity.events, 'event')}</dd>
<dt>From the change until it was followed</dt><dd>${activity.median_ms === null ? '–' : `half of them within ${seconds(activity.median_ms)}, 99 % within ${seconds(activity.p99_ms)}`}</dd></dl>
${activity.last.length === 0 ? html`<p class="soft">No event was followed yet.</p>` : table(activity.last)}</section>`
}

const table = (
  last: LiveActivityView['last'],
): Markup => html`<div class="wide" tabindex="0" role="region" aria-label="The last events"><table>
<thead><tr><th>Record</th><th>Changed</th><th class="number">Followed after</th></tr></thead>
<tbody>${last.map(
  ({ kind, id, changed_at, is_deletion, latency_ms }) =>
    html`<tr><td>${kind} ${String(id)}${is_deletion ? ' (deleted)' : ''}</td><td>${when(changed_at)}</td><td class="number">${seconds(latency_ms)}</td></tr>`,
)}</tbody></table></div>`
