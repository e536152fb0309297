// Tokens of programs, and who changed what.
import { action, csrf, page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, type Visit } from './tools.ts'
import { exact, when } from './words.ts'

interface Change {
  readonly id: number
  readonly at: string
  readonly who: string
  readonly action: string
  readonly subject: string | null
  readonly detail: unknown
}

interface Token {
  readonly id: number
  readonly name: string
  readonly role: string
  readonly made_at: string
  readonly used_at: string | null
}

/** `token`: one that was just made. */
export async function settingsPage(visit: Visit, token?: string): Promise<Markup> {
  const { caller, hub, context } = visit
  const before = context.req.query('before')
  const changes = await answerOf<readonly Change[]>(visit, 'listChanges', {
    query: { limit: '50', ...(before && { before }) },
  })
  const tokens = caller.role === 'admin' ? await answerOf<readonly Token[]>(visit, 'listTokens') : undefined
  return page(
    { title: 'Settings', path: '/settings', ...visit, isLive: false },
    html`<div class="head"><h1>Settings</h1></div>
${tokens === undefined ? '' : tokensPart(visit, tokens, token)}
<section><h2>Who changed what</h2>${changesTable(changes)}${changes.length === 50 ? html`<p><a href="/settings?before=${changes.at(-1)!.id}">Older ones</a></p>` : ''}</section>
<section><h2>About</h2><dl class="facts"><dt>Configuration</dt><dd><code>${hub.file.path}</code></dd><dt>API</dt><dd><a href="/api/v1/openapi.json">/api/v1, its description</a></dd><dt>Without the console</dt><dd><code>zendesk-hub sync --config ${hub.file.path}</code></dd><dt>Version</dt><dd>${hub.version}</dd></dl></section>`,
  )
}

function tokensPart({ caller }: Visit, tokens: readonly Token[], made: string | undefined): Markup {
  return html`<section><h2>Programs <small>that use the API</small></h2>
${made === undefined ? '' : html`<div class="notice" role="status"><p>The token is shown this once:</p><p class="buttons"><code id="token">${made}</code> <button type="button" data-copy="#token">Copy</button></p></div>`}
${
  tokens.length === 0
    ? html`<p class="soft">No program has a token.</p>`
    : html`<div class="wide" tabindex="0" role="region" aria-label="Tokens"><table><thead><tr><th>Program</th><th>Role</th><th>Made</th><th>Used</th><th>End it</th></tr></thead><tbody>${tokens.map(
        (one) =>
          html`<tr><th scope="row">${one.name}</th><td>${one.role}</td><td>${when(one.made_at)}</td><td>${when(one.used_at)}</td><td>${action(caller, `/settings/tokens/${one.id}/end`, 'End', { ask: `End the token of ${one.name}?` })}</td></tr>`,
      )}</tbody></table></div>`
}
<form method="post" action="/settings/tokens" class="buttons">${csrf(caller)}<label><span>Program</span> <input name="name" required maxlength="100" autocomplete="off"></label><label><span>Role</span> <select name="role"><option>viewer</option><option>admin</option></select></label><button>Make a token</button></form></section>`
}

function changesTable(changes: readonly Change[]): Markup {
  if (changes.length === 0) return html`<p class="soft">Nothing yet.</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Changes"><table><thead><tr><th>When</th><th>Who</th><th>What</th><th>Details</th></tr></thead><tbody>${changes.map(
    (one) =>
      html`<tr><td class="nowrap">${exact(one.at)}</td><td>${one.who}</td><td>${one.action}${one.subject === null ? '' : html` <b>${one.subject}</b>`}</td><td>${one.detail === null ? '' : html`<details><summary>Details</summary><pre>${JSON.stringify(one.detail, null, 1)}</pre></details>`}</td></tr>`,
  )}</tbody></table></div>`
}
