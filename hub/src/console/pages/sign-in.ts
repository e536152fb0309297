// Signing in: by a link that is good once, or by name and password; and coming back from Zendesk.
import type { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { Attempts } from '../access/attempts.ts'
import { cookieName, giveCookie, isFromOurForm, type Variables } from '../access/guard.ts'
import { personOfPassword } from '../access/people.ts'
import { beginSession, endSession, takeLink } from '../access/sessions.ts'
import type { ConsoleOptions } from '../console.ts'
import { note } from '../journal/audit.ts'
import { CALLBACK, type Consents, finishConsent } from '../operations/consent.ts'
import { Refusal } from '../operations/operation.ts'
import { bare } from './layout.ts'
import { html } from './markup.ts'

type Options = ConsoleOptions & { readonly consents: Consents; readonly attempts: Attempts }

export function signInRoutes(app: Hono<{ Variables: Variables }>, options: Options): void {
  const { hub, address, passwordFile, attempts, consents } = options
  const { journal } = hub
  app.get('/sign-in', (context) => {
    const token = context.req.query('token')
    if (token === undefined) return context.html(signInPage(passwordFile !== undefined))
    if (!takeLink(journal, token))
      return context.html(signInPage(passwordFile !== undefined, 'This link was used, or is too old.'), 401)
    giveCookie(context, address(), beginSession(journal, { who: 'local', role: 'admin' }))
    note(journal, 'local', 'signed in')
    return context.redirect('/', 303)
  })
  app.post('/sign-in', async (context) => {
    if (passwordFile === undefined) return context.html(signInPage(false), 401)
    const { name, password } = await context.req.parseBody()
    const [who, secret] = [String(name ?? ''), String(password ?? '')]
    const wait = attempts.wait(who)
    if (wait > 0) {
      context.header('retry-after', String(wait))
      return context.html(signInPage(true, `Too many tries. Wait ${wait} seconds.`), 429)
    }
    // It counts before it is known to be wrong, so that tries at the same time count too.
    attempts.failed(who)
    const person = await personOfPassword(passwordFile, who, secret)
    if (person === undefined) return context.html(signInPage(true, 'Name or password is wrong.'), 401)
    attempts.succeeded(who)
    giveCookie(context, address(), beginSession(journal, person))
    note(journal, person.who, 'signed in')
    return context.redirect('/', 303)
  })
  app.post('/sign-out', async (context) => {
    const caller = context.get('caller')
    const { _csrf } = await context.req.parseBody()
    if (caller === undefined || !isFromOurForm(caller, String(_csrf ?? ''))) return context.redirect('/sign-in', 303)
    endSession(journal, getCookie(context, cookieName(address())) ?? '')
    deleteCookie(context, cookieName(address()), { path: '/', secure: address().origin.startsWith('https:') })
    return context.redirect('/sign-in', 303)
  })
  // The browser comes from Zendesk, so that it sends no cookie: the state says whose consent it is.
  app.get(CALLBACK, async (context) => {
    try {
      const { connection, origin } = await finishConsent(hub, consents, new URL(context.req.url).searchParams)
      const to = `${origin}/connections/${encodeURIComponent(connection)}?done=connected`
      return context.html(
        bare(
          'Connected',
          html`<meta http-equiv="refresh" content="1;url=${to}"><h1>Connected</h1>
<p>Zendesk gave its consent for ${connection}. <a href="${to}">Go on</a></p>`,
        ),
      )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return context.html(
        bare(
          'Not connected',
          html`<h1>Not connected</h1><p role="alert">${error.message}</p><p><a href="/">Back to the console</a></p>`,
        ),
        error.status,
      )
    }
  })
}

const signInPage = (hasPasswords: boolean, fault = '') =>
  bare(
    'Sign in',
    html`<h1>Sign in</h1>
${fault === '' ? '' : html`<p class="fault" role="alert">${fault}</p>`}
${
  hasPasswords
    ? html`<form method="post" action="/sign-in">
<label>Name <input name="name" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button class="main">Sign in</button></form>`
    : html`<p>Open the link that <code>zendesk-hub serve</code> printed when it started. It is good once.
<code>zendesk-hub sign-in --config hub.yaml</code> prints another.</p>`
}`,
  )
