// Real time: whether the webhook is there, what an administrator changed of it, and repair.
import type { ConnectionView } from '../operations/views.ts'
import { connectionHead } from './connection.ts'
import { action, csrf, page } from './layout.ts'
import { liveEventsPart } from './live-events.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, PageFault, type Visit } from './tools.ts'

interface WebhookView {
  readonly endpoint: string
  readonly ids: readonly string[]
  readonly faults: readonly string[]
}

export async function realTimePage(visit: Visit, name: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const live = one.settings['live'] as { url?: string; port?: number } | undefined
  const webhook =
    live?.url === undefined
      ? undefined
      : await answerOf<WebhookView>(visit, 'showWebhook', { params: { name } }).catch(faultIn)
  return page(
    { title: `Real time of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, one, '/live')}
${webhook === undefined ? '' : html`<section><h2>Webhook</h2>${typeof webhook === 'string' ? html`<p class="fault"><span>${webhook}</span></p>` : webhookPart(visit, name, webhook)}</section>`}
${live === undefined ? '' : await liveEventsPart(visit, name)}
${visit.caller.role === 'admin' ? settings(visit, name, live) : webhook === undefined ? html`<section><p>It takes no webhooks.</p></section>` : ''}`,
  )
}

function faultIn(error: unknown): string {
  if (error instanceof PageFault) return error.message
  throw error
}

function webhookPart({ caller }: Visit, name: string, { endpoint, ids, faults }: WebhookView): Markup {
  const to = (what: string): string => connectionPath(name, `/webhook/${what}`)
  const isThere = ids.length > 0
  return html`<p><span class="state is-${faults.length === 0 ? 'ok' : isThere ? 'late' : 'bad'}">${faults.length === 0 ? 'As it should be' : isThere ? 'Something differs' : 'Not installed'}</span></p>
<dl class="facts"><dt>Endpoint</dt><dd><code>${endpoint}</code></dd><dt>In Zendesk</dt><dd>${isThere ? ids.join(', ') : 'no webhook leads there'}</dd></dl>
${faults.length === 0 ? '' : html`<ul class="steps">${faults.map((fault) => html`<li><span>Differs</span><span>${fault}</span></li>`)}</ul>`}
<p class="buttons">${isThere ? action(caller, to('repair'), 'Repair', faults.length > 0 ? { kind: 'main' } : {}) : action(caller, to('install'), 'Install', { kind: 'main' })}
${isThere ? html`${action(caller, to('test'), 'Send a test')} ${action(caller, to('rotate-secret'), 'New secret', { ask: 'Give the webhook a new secret?' })} ${action(caller, to('uninstall'), 'Remove', { ask: 'Remove the webhook in Zendesk?', kind: 'danger' })}` : ''}</p>`
}

function settings({ caller }: Visit, name: string, live: { url?: string; port?: number } | undefined): Markup {
  return html`<section><h2>Where Zendesk calls</h2><p class="soft">Events bring changes within seconds; a sync from time to time finds what no event told. The hub listens on a port of this machine, and Zendesk reaches it at a public address.</p>
<form method="post" action="${connectionPath(name, '/live')}">${csrf(caller)}
<div class="two"><label class="field"><span>Public address</span><input name="url" value="${live?.url ?? ''}" placeholder="https://hub.example.org/acme" autocomplete="off"><span class="hint">Its path is what is listened at. Empty: no webhooks are taken.</span></label>
<label class="field"><span>Port of this machine</span><input name="port" type="number" min="1" max="65535" value="${live?.port ?? 8321}"><span class="hint">Connections may share it, each with a path of its own.</span></label></div>
<button class="main">Save</button></form></section>`
}
