import type { Row } from '../../account/model.ts'
import { createEngagements, type Engagement } from '../../account/tickets/engagements.ts'
import { invalidAttribute } from '../../http/errors.ts'
import type { Family } from '../../http/family.ts'
import { type Asked, wholeNumber } from '../../http/pages/links.ts'
import { engagementRow } from '../../rows/engagement.ts'
import { found } from '../parameters.ts'
import type { Served } from '../served.ts'

const ROUTE = 'api/v2/engagements'
/** Rows of a page that was not asked for in another size (fact 291). */
const USUAL_SIZE = 10
/** Assumed (fact 388). */
const LARGEST_SIZE = 100
const CHANNELS: readonly string[] = ['MESSAGING', 'SUPPORT']

/** The engagements of agents with tickets, in order of their beginning and id, by cursors of their own (facts 289 to 291). */
export function engagementRoutes({ store }: Served): readonly Family[] {
  const engagements = createEngagements(store)
  return [
    {
      who: 'admin',
      feature: 'routing',
      routes: {
        'GET /engagements': ({ asked }) => page(asked, engagements()),
        'GET /engagements/:id': ({ params }) =>
          engagementRow(found(engagements().find(({ id }) => id === params['id']))),
      },
    },
  ]
}

function page(asked: Asked, all: readonly Engagement[]): Row {
  const { query } = asked
  const number = (name: string, usual: number): number => {
    const value = wholeNumber(query, name, usual)
    if (value === undefined || value < 0) throw invalidAttribute(name, ROUTE)
    return value
  }
  const channel = query.get('channel') ?? CHANNELS[0] ?? ''
  if (!CHANNELS.includes(channel)) throw invalidAttribute('channel', ROUTE)
  const [from, until, ticket] = [number('start_time', 0), number('end_time', 0), number('ticket_id', 0)]
  const size = Math.max(1, Math.min(number('page_size', USUAL_SIZE), LARGEST_SIZE))
  const [time, id] = [number('start_time_cursor', 0), query.get('engagement_id_cursor') ?? '']
  const rest = all.filter(
    (one) =>
      one.channel === channel &&
      one.start >= from &&
      (until === 0 || one.start < until) &&
      (ticket === 0 || one.ticket.id === ticket) &&
      (one.start > time || (one.start === time && one.id > id)),
  )
  const items = rest.slice(0, size)
  const last = items.at(-1)
  const more = last !== undefined && rest.length > items.length
  return {
    agent_engagement_data: items.map(engagementRow),
    next_page_url: more ? linkAfter(asked, last, size, channel) : null,
    has_more: more,
    page_size: items.length,
  }
}

/** The link names what was asked for, the place, and what stands for what was not (fact 291). */
function linkAfter({ origin, path, query }: Asked, { start, id }: Engagement, size: number, channel: string): string {
  const next = new URLSearchParams(query)
  next.set('start_time_cursor', String(start))
  next.set('engagement_id_cursor', id)
  next.set('page_size', String(size))
  next.set('channel', channel)
  return `${origin}${path}?${next.toString()}`
}
