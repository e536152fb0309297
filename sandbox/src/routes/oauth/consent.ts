import type { OauthClient } from '../../account/oauth/model.ts'
import { html } from '../../html/markup.ts'

/** A request for authorization, as the page passes it on. */
export type Wish = Readonly<Record<(typeof WISH)[number], string>>

/** The parameters of a request for authorization. */
export const WISH = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const

const STYLE = 'font:16px system-ui;max-width:34em;margin:4em auto;padding:0 1em;line-height:1.5'

/** The page on which a user allows a client to act for him; `people` are the addresses to choose from. */
export async function consentPage(client: OauthClient, wish: Wish, people: readonly string[]): Promise<string> {
  const hidden = WISH.map((name) => html`<input type="hidden" name="${name}" value="${wish[name]}">`)
  const options = people.map((email) => html`<option>${email}</option>`)
  return String(
    await html`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Authorize ${client.name}</title>
<body style="${STYLE}"><h1>${client.name}</h1>
<p>This application asks for access to your account: <code>${wish.scope}</code>. You will return to
<code>${wish.redirect_uri}</code>.</p>
<form method="post" action="/oauth/authorizations">${hidden}
<p><label>As <select name="email">${options}</select></label></p>
<p><button name="approve" value="1">Allow</button> <button name="deny" value="1">Deny</button></p></form></body></html>`,
  )
}

/** The page for a request that must not lead back to the client, since it may not be its own. */
export async function refusedPage(why: string): Promise<string> {
  return String(
    await html`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Invalid Authorization Request</title>
<body style="${STYLE}"><h1>Invalid Authorization Request</h1><p>${why}</p></body></html>`,
  )
}
