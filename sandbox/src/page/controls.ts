import { html, type Markup } from '../html/markup.ts'
import { FAULT_KINDS } from '../http/faults/schedule.ts'

const CLOSED = [403, 404, 410]

/**
 * What changes the account from the page: each form is one request to the control API, made by `CONTROL_SCRIPT`. Shown only
 * where the control API is served.
 */
export function controlsCard(): Markup {
  return html`<section id="controls"><h2>Change it <small>what the control API does, by hand</small></h2>
<div class="forms">
<form data-order="changes"><fieldset><legend>Account</legend>
<label>Random changes <input type="number" name="count" value="10" min="1" max="1000" required></label><button>Change</button>
</fieldset></form>
<form data-order="advance"><fieldset><legend>Clock</legend>
<label>Forward by <input type="number" name="amount" value="1" min="1" max="3660" required></label>
<label><span class="unseen">Unit</span><select name="unit"><option value="60">minutes</option><option value="3600" selected>hours</option>
<option value="86400">days</option></select></label><button>Move</button>
</fieldset></form>
<form data-order="exports"><fieldset><legend>Export API</legend>
<label>Answers with <select name="status"><option value="">rows (open)</option>
${CLOSED.map((status) => html`<option value="${status}">${status} (closed)</option>`)}</select></label><button>Set</button>
</fieldset></form>
<form data-order="fault" class="wide"><fieldset><legend>Fault</legend>
<label>Kind <select name="kind">${FAULT_KINDS.map((kind) => html`<option>${kind}</option>`)}</select></label>
<label data-for="status">Status <input type="number" name="status" value="503" min="200" max="599"></label>
<label data-for="status">Retry-After (s) <input type="number" name="retryAfter" min="0" max="86400"></label>
<label>Path has <input name="path" placeholder="incremental/tickets" autocomplete="off" spellcheck="false"></label>
<label>Times <input type="number" name="times" value="1" min="1" max="100000" required></label><button>Set</button>
</fieldset></form>
<form data-order="clear"><fieldset><legend>All faults</legend><button>Clear</button></fieldset></form>
<form data-order="requests"><fieldset><legend>Requests</legend><button>Forget those so far</button></fieldset></form>
</div><output aria-live="polite"></output></section>`
}

/** Sends a form of `controlsCard` to the control API, and says what came of it. */
export const CONTROL_SCRIPT = `
const orders = {
  changes: ({ count }) => ['changes', { count, seed: crypto.getRandomValues(new Uint32Array(1))[0] }],
  advance: ({ amount, unit }) => ['advance', { seconds: amount * unit }],
  exports: ({ status }) => ['one', { action: 'setExports', args: status ? [status] : [] }],
  requests: () => ['requests/reset', {}],
  fault: (fault) => ['faults', { next: [fault] }],
  clear: () => ['faults', { clear: true }],
}
const said = {
  changes: ({ changed }) => Object.entries(changed).map(([name, times]) => name + ' ' + times).join(', '),
  advance: ({ now }) => 'It is ' + new Date(now * 1000).toISOString().slice(0, 19).replace('T', ' ') + ' UTC.',
  exports: () => 'Set.',
  requests: () => 'Forgotten.',
  fault: () => 'Set: the next request that fits meets it.',
  clear: () => 'Cleared.',
}
const valuesOf = (form) => Object.fromEntries([...new FormData(form)]
  .filter(([, value]) => value !== '')
  .map(([name, value]) => [name, /^\\d+$/.test(value) && name !== 'path' ? Number(value) : value]))
for (const form of document.querySelectorAll('form[data-order]')) {
  form.onsubmit = async (event) => {
    event.preventDefault()
    const order = form.dataset.order
    const output = document.querySelector('#controls output')
    const [path, body] = orders[order](valuesOf(form))
    try {
      const answer = await fetch('/__sandbox/' + path, { method: 'POST', body: JSON.stringify(body) })
      const result = await answer.json()
      output.textContent = answer.ok ? said[order](result) : result.description || result.error
    } catch {
      output.textContent = 'The sandbox does not answer.'
    }
  }
}
const kind = document.querySelector('form[data-order=fault] select')
if (kind) {
  kind.onchange = () => {
    for (const label of document.querySelectorAll('[data-for]')) {
      label.hidden = label.dataset.for !== kind.value
      label.querySelector('input').disabled = label.hidden
    }
  }
  kind.onchange()
}
`
