import type { RecordData } from '../../src/model/stream.ts'
import { epochOf, isoOf } from '../../src/model/time.ts'
import { listCursorFrom, orderOfCursor } from '../../src/zendesk/walks/list-cursor.ts'
import { type Account, type Assumption, answerOr, fails, holds, isRefusal, open } from './assumption.ts'
import { isInList } from './in-list.ts'

const DAY = 86_400
/** How many tickets of the archive are looked at. */
const SAMPLE = 8

const timeIn = (row: RecordData | undefined, field: string): number => epochOf(row?.[field]) ?? 0

export const packedCursor: Assumption = {
  fact: 301,
  name: 'packed-cursor',
  title: 'lists take a cursor that a client packed',
  async ask({ rows, get }) {
    const [newest] = await rows('tickets', 'tickets', { sort: '-updated_at', 'page[size]': 1 })
    const [oldest] = await rows('tickets', 'tickets', { sort: 'updated_at', 'page[size]': 1 })
    const time = timeIn(newest, 'updated_at')
    if (time === timeIn(oldest, 'updated_at')) return open('there are not two tickets of different times')
    const query = { sort: 'updated_at', 'page[size]': 2, 'page[after]': listCursorFrom('updated_at,id', time) }
    const page = await answerOr(get('tickets', query))
    if (isRefusal(page)) return fails(`it is refused: ${page.message}`)
    const [first] = page['tickets'] as readonly RecordData[]
    const { after_cursor = '' } = page['meta'] as { after_cursor?: string }
    if (first === undefined) return open('nothing came from the newest second on')
    if (timeIn(first, 'updated_at') < time) return fails('it is ignored: the list begins at its start')
    const order = orderOfCursor(after_cursor)
    return order === 'updated_at,id'
      ? holds('the list begins at the second that was asked for')
      : fails(`the order is ${order}`)
  },
}

export const packedCursorOfAudits: Assumption = {
  fact: 302,
  name: 'packed-cursor-of-audits',
  title: 'the list of audits takes one, too',
  async ask({ rows, get }) {
    const audits = await rows('ticket_audits', 'audits', { 'page[size]': 100 })
    const time = timeIn(audits.at(-1), 'created_at')
    if (time === timeIn(audits[0], 'created_at')) return open('there are not two audits of different times')
    const query = { 'page[size]': 2, 'page[after]': listCursorFrom('created_at,id', time) }
    const page = await answerOr(get('ticket_audits', query))
    if (isRefusal(page)) return fails(`it is refused: ${page.message}`)
    const [first] = page['audits'] as readonly RecordData[]
    return timeIn(first, 'created_at') < time
      ? fails('it is ignored: the list begins at its start')
      : holds('the list begins at the second that was asked for')
  },
}

/** Closed tickets that the list of tickets does not have. */
async function archivedTickets(account: Account): Promise<readonly number[]> {
  const before = isoOf((await account.now()) - 121 * DAY)
  const query = { 'filter[type]': 'ticket', query: `status:closed updated<${before}`, 'page[size]': 100 }
  const found = await account.rows('search/export', 'results', query)
  const archived: number[] = []
  for (const { id } of found.slice(-SAMPLE))
    if (!(await isInList(account, 'tickets', 'nice_id', id as number))) archived.push(id as number)
  return archived
}

export const archivedShown: Assumption = {
  fact: 303,
  name: 'archived-shown',
  title: 'archived tickets are shown with others (show_many)',
  async ask(account) {
    const ids = await archivedTickets(account)
    if (ids.length === 0) return open('no archived ticket was found')
    const shown = await account.rows('tickets/show_many', 'tickets', { ids: ids.join(','), include: 'metric_sets' })
    const lacking = ids.find((id) => !shown.some((row) => row['id'] === id))
    return lacking === undefined
      ? holds(`${ids.length} archived tickets were asked for and came`)
      : fails(`ticket ${lacking} is archived and did not come`)
  },
}

export const metricsShown: Assumption = {
  fact: 304,
  name: 'metrics-shown',
  title: 'metric sets stand beside them',
  async ask(account) {
    const listed = await account.rows('tickets', 'tickets', { sort: 'updated_at', 'page[size]': 1 })
    const ids = [...listed.map(({ id }) => id as number), ...(await archivedTickets(account))]
    if (ids.length === 0) return open('there is no ticket')
    const page = await account.get('tickets/show_many', { ids: ids.join(','), include: 'metric_sets' })
    const sets = page['metric_sets'] as readonly RecordData[] | undefined
    if (sets === undefined) return fails('the answer has no "metric_sets"')
    const shown = (page['tickets'] as readonly RecordData[]).map(({ id }) => id)
    const lacking = shown.find((id) => !sets.some(({ ticket_id }) => ticket_id === id))
    return lacking === undefined
      ? holds(`${sets.length} metric sets came with ${shown.length} tickets`)
      : fails(`ticket ${lacking} came without a metric set`)
  },
}

export const searchColumns: Assumption = {
  fact: 305,
  name: 'search-columns',
  title: 'a ticket from search has the columns of a listed one',
  async ask({ rows }) {
    const [listed] = await rows('tickets', 'tickets', { sort: 'updated_at', 'page[size]': 1 })
    if (listed === undefined) return open('there is no ticket')
    const created = timeIn(listed, 'created_at')
    const query = `created>=${isoOf(created)} created<${isoOf(created + 1)}`
    const found = await rows('search/export', 'results', { 'filter[type]': 'ticket', query, 'page[size]': 100 })
    const same = found.find(({ id }) => id === listed['id'])
    if (same === undefined) return open(`search does not find ticket ${listed['id']}`)
    const lacking = Object.keys(listed).filter((column) => !(column in same))
    return lacking.length === 0 ? holds(`ticket ${listed['id']} has them all`) : fails(`it lacks ${lacking.join(', ')}`)
  },
}

export const newestAuditsFirst: Assumption = {
  fact: 306,
  name: 'newest-audits-first',
  title: "a ticket's audits can be asked for newest first",
  async ask({ rows }) {
    const audits = await rows('ticket_audits', 'audits', { 'page[size]': 100 })
    const byTicket = [...Map.groupBy(audits, ({ ticket_id }) => ticket_id)]
    const [ticket] = byTicket.find(([, ofOne]) => new Set(ofOne.map(({ created_at }) => created_at)).size > 1) ?? []
    if (ticket === undefined) return open('no ticket with two audits of different times was found')
    const own = await rows(`tickets/${ticket}/audits`, 'audits', { sort: '-created_at', 'page[size]': 100 })
    return timeIn(own[0], 'created_at') > timeIn(own.at(-1), 'created_at')
      ? holds(`those of ticket ${ticket} came so`)
      : fails(`those of ticket ${ticket} came oldest first`)
  },
}

export const ratingWithin60Days: Assumption = {
  fact: 312,
  name: 'rating-within-60-days',
  title: 'a rating does not change more than 60 days after it was offered',
  async ask({ rows, now }) {
    const at = await now()
    const query = { sort: 'created_at', start_time: at - 200 * DAY, 'page[size]': 100 }
    const ratings = await rows('satisfaction_ratings', 'satisfaction_ratings', query)
    const ages = ratings.map((row) => timeIn(row, 'updated_at') - timeIn(row, 'created_at'))
    const late = ages.filter((age) => age > 60 * DAY).length
    if (late > 0) return fails(`${late} of ${ages.length} did`)
    const old = ratings.filter((row) => timeIn(row, 'created_at') < at - 60 * DAY).length
    return old === 0 ? open('there are no ratings older than 60 days') : holds(`none of ${old} that are older did`)
  },
}

export const sinceInclusive: Assumption = {
  fact: 317,
  name: 'since-inclusive',
  title: '"since" of activities includes its second',
  async ask({ rows }) {
    const all = await rows('activities', 'activities', { 'page[size]': 100 })
    const one = all[Math.floor(all.length / 2)]
    if (one === undefined) return open('the user has no activities of late')
    const since = await rows('activities', 'activities', { since: String(one['created_at']), 'page[size]': 100 })
    return since.some(({ id }) => id === one['id'])
      ? holds(`activity ${one['id']} came from its own second on`)
      : fails(`activity ${one['id']} did not come from its own second on`)
  },
}
