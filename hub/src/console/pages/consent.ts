// Connect: what to register, and the way to Zendesk's consent.

import { credentialsOf } from '../operations/connected.ts'
import { redirectUri } from '../operations/consent.ts'
import type { ConnectionView } from '../operations/views.ts'
import { csrf, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, type Visit } from './tools.ts'

/** `url`: where Zendesk asks, once it is known. */
export async function consentPage(visit: Visit, name: string, url?: string): Promise<Markup> {
  const { address, caller } = visit
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const known = credentialsOf(one.source) as { client_id?: string; client_secret?: unknown }
  const redirect = redirectUri(address().origin)
  const host = URL.canParse(url ?? '') ? new URL(url!).host : ''
  return page(
    { title: `Connect ${name}`, path: connectionPath(name), ...visit, isLive: false },
    html`<div class="head"><h1><small>Connect</small>${name}</h1></div>
${
  url === undefined
    ? html`<section><h2>1 An OAuth client in Zendesk</h2><p>In Admin Center, open Apps and integrations, APIs, OAuth clients. Add a client, or open yours, and register this redirect URL:</p>
<p class="buttons"><code id="redirect">${redirect}</code> <button type="button" data-copy="#redirect">Copy</button></p></section>
<section><h2>2 Consent</h2><form method="post" action="${connectionPath(name, '/consent')}">${csrf(caller)}
<label class="field"><span>Identifier of the client <span class="must" aria-hidden="true">*</span></span><input name="client_id" required value="${known.client_id ?? ''}" autocomplete="off"></label>
<label class="field"><span>Secret of the client</span><input type="password" name="client_secret" autocomplete="new-password" placeholder="${known.client_secret === undefined ? '' : 'kept; enter a new one to replace it'}"><span class="hint">Public clients have none. It is kept encrypted, and never shown.</span></label>
<label class="field"><span>Scope</span><input name="scope" value="read" autocomplete="off"><span class="hint">Reading everything takes “read”; webhooks also take “webhooks:write”, writing back “write”.</span></label>
<p class="buttons"><button class="main">Go on</button> <a class="button" href="${connectionPath(name)}">Cancel</a></p></form>
<p class="soft">What was synced so far is not touched: the next sync goes on from there.</p></section>`
    : html`<section><h2>Zendesk asks for your consent</h2><p>Sign in at <b>${host}</b> as an administrator, and allow the access. Your browser comes back here. The way is good for ten minutes, and once.</p>
<p class="buttons"><a class="button main" href="${url}" rel="noreferrer" id="to-zendesk">Open Zendesk</a> <a class="button" href="${connectionPath(name)}">Cancel</a></p></section>`
}`,
  )
}

/** Removing a connection: what happens to what. */
export async function removePage(visit: Visit, name: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  return page(
    { title: `Remove ${name}`, path: connectionPath(name), ...visit, isLive: false },
    html`<div class="head"><h1><small>Remove</small>${name}</h1></div><section><h2>What happens</h2>
<dl class="facts"><dt>Rows</dt><dd>What was loaded stays in ${one.to}.</dd><dt>Syncs</dt><dd>One that runs is ended after the page at hand; their history here is forgotten.</dd><dt>Secrets</dt><dd>Those that are kept here are deleted.</dd><dt>Webhook</dt><dd>It stays in Zendesk. Remove it under Real time first.</dd></dl>
<form method="post" action="${connectionPath(name, '/remove')}">${csrf(visit.caller)}
<label class="field"><input type="checkbox" name="revoke" value="true"><span>Revoke the OAuth token in Zendesk as well</span></label>
<p class="buttons"><button class="danger">Remove ${name}</button> <a class="button" href="${connectionPath(name)}">Cancel</a></p></form></section>`,
  )
}
