// What stands around every page.
import type { Caller } from '../access/guard.ts'
import { html, type Markup } from './markup.ts'

export interface Frame {
  readonly title: string
  readonly path: string
  readonly caller: Caller
  /** What was done, in words. */
  readonly done?: string | undefined
  /** What went wrong, in words. */
  readonly fault?: string | undefined
  /** Whether there is a fleet to see. */
  readonly hasFleet?: boolean
  /** Whether parts of it follow what happens. */
  readonly isLive?: boolean
}

const AREAS = [
  ['/', 'Connections'],
  ['/syncs', 'Activity'],
  ['/fleet', 'Fleet'],
  ['/settings', 'Settings'],
] as const

const HTMX = '{"includeIndicatorCSS":false}'

function head(title: string, isLive: boolean): Markup {
  return html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Zendesk hub</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/style.css">
${isLive ? html`<meta name="htmx-config" content="${HTMX}"><script src="/assets/htmx.js" defer></script><script src="/assets/hx-sse.js" defer></script>` : ''}
<script src="/assets/console.js" defer></script>`
}

/** A page that somebody sees who is not signed in. */
export const bare = (title: string, body: Markup): Markup =>
  html`<!doctype html><html lang="en"><head>${head(title, false)}</head><body class="plain"><main>${body}</main></body></html>`

export function page(
  { title, path, caller, done, fault, hasFleet = false, isLive = true }: Frame,
  body: Markup | readonly Markup[],
): Markup {
  const isHere = (area: string): boolean =>
    area === '/' ? path === '/' || path.startsWith('/connections') : path.startsWith(area)
  return html`<!doctype html><html lang="en"><head>${head(title, isLive)}</head>
<body><a class="skip" href="#main">Skip to the content</a>
<header><nav class="top" aria-label="Areas"><b>Zendesk <i>hub</i></b>
${AREAS.filter(([area]) => hasFleet || area !== '/fleet').map(([area, name]) => html`<a href="${area}" ${isHere(area) ? html`aria-current="page"` : ''}>${name}</a>`)}
<form method="post" action="/sign-out">${csrf(caller)}<small>${caller.who} (${caller.role})</small> <button>Sign out</button></form></nav></header>
${isLive ? html`<div hx-sse:connect="/events" hx-trigger="load"></div>` : ''}
<main id="main">
${done === undefined ? '' : html`<p class="notice" role="status"><span>${done}</span></p>`}
${fault === undefined ? '' : html`<p class="fault" role="alert"><span>${fault}</span></p>`}
${body}</main></body></html>`
}

/** What every form carries. */
export const csrf = (caller: Caller): Markup =>
  html`<input type="hidden" name="_csrf" value="${caller.session?.csrf ?? ''}">`

/** Attributes of a part that is fetched anew when something changed. */
export const live = (path: string, id: string): Markup =>
  html`id="${id}" hx-get="${path}" hx-select="#${id}" hx-swap="outerMorph" hx-trigger="changed from:body throttle:1s"`

/** A button that sends one thing. */
export function action(
  caller: Caller,
  to: string,
  label: string,
  { ask = '', kind = '' }: { ask?: string; kind?: string } = {},
): Markup {
  if (caller.role !== 'admin') return html``
  return html`<form class="inline" method="post" action="${to}" ${ask === '' ? '' : html`data-ask="${ask}"`}>${csrf(caller)}<button class="${kind}">${label}</button></form>`
}
