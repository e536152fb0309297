import { html, type Markup, raw } from '../html/markup.ts'
import { accountCard, statusCard } from './account.ts'
import { CONTROL_SCRIPT, controlsCard } from './controls.ts'
import { faultsCard, limitsCard } from './limits.ts'
import { counted } from './parts.ts'
import { requestsCard } from './requests.ts'
import type { Status } from './status.ts'
import { STYLE } from './style.ts'

/** The page may do nothing but show itself and request its own address again. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:",
}

// The page is the same at each time that it is asked for: only the parts that differ are put in place, and none in which
// somebody has marked text.
const SCRIPT = `
const marked = (part) => { const made = getSelection(); return !made.isCollapsed && made.containsNode(part, true) }
async function look() {
  try {
    const answer = await fetch(location.href, { cache: 'no-store' })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id)
      if (next && next.innerHTML !== part.innerHTML && !marked(part)) part.replaceChildren(...next.childNodes)
    }
    document.body.classList.remove('lost')
  } catch {
    document.body.classList.add('lost')
  }
  setTimeout(look, document.hidden ? 5000 : 1000)
}
setTimeout(look, 1000)
document.querySelector('.example button').onclick = async ({ target }) => {
  const line = document.querySelector('.example code')
  try { await navigator.clipboard.writeText(line.textContent); target.textContent = 'Copied' }
  catch { getSelection().selectAllChildren(line) }
}`

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0f7173"/>' +
    '<path d="M4 4.5h8L4 11.5h8" fill="none" stroke="#fff" stroke-width="2"/></svg>',
)}`

/** The page at `/`: the account's records and the requests to it, and what changes it where the control API is served. */
export function page(status: Status): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${status.subdomain} – Zendesk sandbox</title><link rel="icon" href="${ICON}"><style>${raw(STYLE)}</style></head>
<body>
<header>
<h1><small>Zendesk sandbox</small>${status.subdomain}.zendesk.com</h1>
<div class="facts"><span id="lost">not reachable</span><span id="clock" data-live>${clock(status)}</span>
<span>${status.plan.replaceAll('_', ' ')} plan</span><span>${activity(status)}</span><span id="exports" data-live>${exports(status)}</span></div>
</header>
<main>
<div class="example"><code tabindex="0">${status.example}</code><button>Copy</button></div>
<div>${requestsCard(status.requests, status.realTime)}${limitsCard(status.limits)}</div>
<div>${statusCard(status.statuses)}${faultsCard(status.faults)}</div>
${status.isControlled ? controlsCard() : ''}
${accountCard(status.kinds)}
</main>
<script>${raw(status.isControlled ? SCRIPT + CONTROL_SCRIPT : SCRIPT)}</script>
</body></html>`
}

function clock({ clock: { now, scale } }: Status): Markup {
  const time = new Date(now * 1000).toISOString().replace('T', ' ').slice(0, 19)
  const pace = scale === 1 ? '' : scale === 0 ? ' – stands still' : ` – ${scale} times as fast`
  return html`${time} UTC${pace}`
}

function activity({ clock: { activity: changes } }: Status): string {
  return changes === 0 ? 'no activity' : `${counted(changes, 'change')} a minute`
}

function exports({ exportsClosed }: Status): Markup {
  return exportsClosed === undefined
    ? html`<span class="good">exports open</span>`
    : html`<span class="bad">exports closed with ${exportsClosed}</span>`
}
