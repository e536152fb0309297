import { HttpError } from '../../src/model/errors.ts'
import type { RecordData } from '../../src/model/stream.ts'
import { epochOf } from '../../src/model/time.ts'
import { type AuditRow, eventOf } from '../../src/streams/tickets/events-from-audits.ts'
import { ticketFieldHistory } from '../../src/streams/tickets/field-history.ts'
import { type Account, type Assumption, fails, holds, open } from './assumption.ts'

const DAY = 86_400
/** How many channels are compared; each takes a request. */
const CHANNELS = 12
/** From how many tickets their conversations are asked, where they do not stand beside their events. */
const SOME_TICKETS = 5

const childrenOf = (event: RecordData): readonly RecordData[] => event['child_events'] as readonly RecordData[]

/** The first page of the last month's ticket events: up to a thousand. */
const monthOfEvents = async ({ rows, now }: Account): Promise<readonly RecordData[]> =>
  rows('incremental/ticket_events', 'ticket_events', { start_time: (await now()) - 30 * DAY, per_page: 1000 })

export const channelNames: Assumption = {
  fact: 308,
  name: 'channel-names',
  title: 'events spell a channel as audits do, but for six that were seen otherwise',
  async ask(account) {
    const events = await monthOfEvents(account)
    const alike: string[] = []
    for (const [via, ofChannel] of [...Map.groupBy(events, (event) => event['via'])].slice(0, CHANNELS)) {
      const found = await auditOf(account, ofChannel)
      if (found === undefined) continue
      const { audit, event } = found
      const channel = (audit['via'] as { channel?: string } | undefined)?.channel
      const made = eventOf(audit as unknown as AuditRow).via
      if (made !== event['via']) return fails(`audit ${audit['id']} says "${channel}", and its event "${via}"`)
      if (made === channel) alike.push(channel as string)
    }
    return alike.length === 0
      ? open('the last month has only channels that were seen, or no event whose ticket is still there')
      : holds(`${alike.join(', ')} ${alike.length === 1 ? 'is' : 'are'} spelt alike`)
  },
}

/** No audits of a ticket that was deleted meanwhile. */
function noneIfGone(error: unknown): readonly RecordData[] {
  if (error instanceof HttpError && error.status === 404) return []
  throw error
}

/** One of these events with its audit, from a ticket that is there. */
async function auditOf(
  { rows }: Account,
  events: readonly RecordData[],
): Promise<{ readonly audit: RecordData; readonly event: RecordData } | undefined> {
  for (const event of events.slice(-3)) {
    const query = { sort: '-created_at', 'page[size]': 100 }
    const audits = await rows(`tickets/${event['ticket_id']}/audits`, 'audits', query).catch(noneIfGone)
    const audit = audits.find(({ id }) => id === event['id'])
    if (audit !== undefined) return { audit, event }
  }
  return undefined
}

export const oneFieldAnEntry: Assumption = {
  fact: 309,
  name: 'one-field-an-entry',
  title: 'an entry of a ticket event holds one field, and no keys that are not known',
  async ask(account) {
    const changes = ticketFieldHistory.feeds[0].records(await monthOfEvents(account))
    const byEntry = [...Map.groupBy(changes, ({ id }) => id)]
    if (byEntry.length === 0) return open('the last month has no change of a field')
    const [id, fields] = byEntry.find(([, some]) => some.length > 1) ?? []
    return fields === undefined
      ? holds(`${byEntry.length} entries were looked at`)
      : fails(`entry ${id} holds ${fields.map(({ field_name }) => field_name).join(', ')}`)
  },
}

export const restoredFromDeleted: Assumption = {
  fact: 310,
  name: 'restored-from-deleted',
  title: 'the status before that of a restored ticket is "deleted"',
  async ask(account) {
    const deleted = new Set<unknown>()
    let restored = 0
    for (const event of (await monthOfEvents(account)).toSorted((one, other) => placeOf(one) - placeOf(other)))
      for (const child of childrenOf(event).filter((one) => 'status' in one)) {
        const ticket = event['ticket_id']
        if (child['status'] === 'deleted') deleted.add(ticket)
        else if (deleted.delete(ticket)) {
          if (child['previous_value'] !== 'deleted')
            return fails(`ticket ${ticket} was restored, and the status before is ${child['previous_value']}`)
          restored++
        }
      }
    return restored === 0 ? open('the last month has no restored ticket') : holds(`${restored} restored tickets say so`)
  },
}

/** Events of one second come in any order: their ids tell which was first. */
const placeOf = (event: RecordData): number => Number(event['timestamp']) * 1e6 + (Number(event['id']) % 1e6)

export const breachWithinAMonth: Assumption = {
  fact: 311,
  name: 'breach-within-a-month',
  title: 'no breach is announced more than a month ahead',
  async ask({ rows, now }) {
    const query = { start_time: (await now()) - 30 * DAY, per_page: 1000 }
    const events = await rows('incremental/ticket_metric_events', 'ticket_metric_events', query)
    const keyOf = (row: RecordData): string => JSON.stringify([row['ticket_id'], row['metric'], row['instance_id']])
    const applied = new Map(events.filter(({ type }) => type === 'apply_sla').map((row) => [keyOf(row), row]))
    const ahead = events.flatMap((row) => {
      const policy = row['type'] === 'breach' ? applied.get(keyOf(row)) : undefined
      return policy ? [(epochOf(row['time']) ?? 0) - (epochOf(policy['time']) ?? 0)] : []
    })
    if (ahead.length === 0) return open('the last month has no breach with its policy')
    const days = Math.ceil(Math.max(...ahead) / DAY)
    return days > 31
      ? fails(`one was announced ${days} days ahead`)
      : holds(`of ${ahead.length}, none more than ${days} days`)
  },
}

/** The events of side conversations of a stretch that fits on one page, with what stands beside. */
async function sidePage({
  get,
  now,
}: Account): Promise<{ readonly events: readonly RecordData[]; readonly beside: unknown }> {
  const at = await now()
  for (const days of [30, 3, 0.25]) {
    const query = { start_time: at - days * DAY, include: 'side_conversations' }
    const page = await get('tickets/side_conversations/events', query)
    const events = page['events'] as readonly RecordData[]
    if (events.length < 1000) return { events, beside: page['side_conversations'] }
  }
  return { events: [], beside: undefined }
}

/** The conversations of some of these events, from their tickets. */
async function conversationsOf({ rows }: Account, events: readonly RecordData[]): Promise<readonly RecordData[]> {
  const named = new Set(events.map(({ side_conversation_id }) => side_conversation_id))
  const tickets = [...new Set(events.map(({ ticket_id }) => ticket_id))].slice(-SOME_TICKETS)
  const all = tickets.map((id) => rows(`tickets/${id}/side_conversations`, 'side_conversations'))
  return (await Promise.all(all)).flat().filter(({ id }) => named.has(id))
}

export const conversationsBeside: Assumption = {
  fact: 315,
  name: 'conversations-beside',
  title: 'conversations stand beside their events where that is asked for',
  async ask(account) {
    const { events, beside } = await sidePage(account)
    if (events.length === 0) return open('there are no events of side conversations of the last month')
    if (!Array.isArray(beside)) return fails('the answer has no "side_conversations"')
    const ids = new Set(beside.map(({ id }: RecordData) => id))
    const lacking = events.find(({ side_conversation_id }) => !ids.has(side_conversation_id))
    return lacking === undefined
      ? holds(`${ids.size} conversations came with ${events.length} events`)
      : fails(`conversation ${lacking['side_conversation_id']} is missing beside its event`)
  },
}

export const conversationWithEvent: Assumption = {
  fact: 314,
  name: 'conversation-with-event',
  title: 'whatever changes a side conversation makes an event',
  async ask(account) {
    const { events, beside } = await sidePage(account)
    const conversations: readonly RecordData[] = Array.isArray(beside) ? beside : await conversationsOf(account, events)
    if (conversations.length === 0) return open('the last month has no event of a side conversation')
    const byConversation = Map.groupBy(events, ({ side_conversation_id }) => side_conversation_id)
    for (const { id, updated_at } of conversations) {
      const newest = Math.max(...(byConversation.get(id) ?? []).map((one) => epochOf(one['created_at']) ?? 0))
      if ((epochOf(updated_at) ?? 0) > newest + 2) return fails(`conversation ${id} changed after its newest event`)
    }
    return holds(`${conversations.length} conversations are as old as their newest event`)
  },
}
