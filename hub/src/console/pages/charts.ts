// The support report of a connection, as its tables are now.
import type { Report } from '../../report/numbers.ts'
import { reportSections } from '../../report/sections.ts'
import type { ConnectionView } from '../operations/views.ts'
import { connectionHead } from './connection.ts'
import { page } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { answerOf, connectionPath, PageFault, type Visit } from './tools.ts'

const SPANS = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
  ['1095', 'Three years'],
] as const

export async function chartsPage(visit: Visit, name: string): Promise<Markup> {
  const one = await answerOf<ConnectionView>(visit, 'showConnection', { params: { name } })
  const days = visit.context.req.query('days') ?? '365'
  const shown = await answerOf<Report>(visit, 'readReport', { params: { name }, query: { days } })
    .then(reportSections)
    .catch((error: unknown) => {
      if (error instanceof PageFault) return html`<section><p class="soft">${error.message}</p></section>`
      throw error
    })
  return page(
    { title: `Charts of ${name}`, path: connectionPath(name), ...visit },
    html`${connectionHead(visit, one, '/charts')}
<form class="buttons spans" method="get" action="${connectionPath(name, '/charts')}"><label>Weeks and days of
<select name="days">${SPANS.map(([value, label]) => html`<option value="${value}" ${value === days ? html`selected` : ''}>${label}</option>`)}</select></label><button>Show</button></form>
${shown}`,
  )
}
