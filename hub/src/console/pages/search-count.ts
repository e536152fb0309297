// A search is tried: how many records it finds.
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, PageFault, type Visit } from './tools.ts'
import { counted } from './words.ts'

/** A form that asks how many records a search finds, and the answer to what was asked with it. */
export async function searchPart(visit: Visit, name: string): Promise<Markup> {
  const query = visit.context.req.query('search')?.trim() ?? ''
  return html`<section id="search"><h2>Try a search <small>before it becomes a stream of its own: “Searches”, under Edit</small></h2>
<form method="get" action="${connectionPath(name, '/streams#search')}"><div class="two"><label class="field"><span>Search</span><input name="search" value="${query}" maxlength="1000" placeholder="type:ticket status<solved tags:vip" autocomplete="off" spellcheck="false"><span class="hint">As in Zendesk's own search. It costs one request.</span></label></div>
<p class="buttons"><button>Count</button></p></form>
${query === '' ? '' : html`<p role="status">${await found(visit, name, query)}</p>`}</section>`
}

async function found(visit: Visit, name: string, query: string): Promise<Markup | string> {
  try {
    const { count } = await answerOf<{ count: number }>(visit, 'countSearch', { params: { name }, query: { query } })
    return `It finds ${counted(count, 'record')}.`
  } catch (error) {
    if (error instanceof PageFault) return html`<span class="fault"><span>${error.message}</span></span>`
    throw error
  }
}
