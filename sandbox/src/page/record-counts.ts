import type { Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { KindStatus, Status } from './status.ts'

/** How many records the account has, by kind, and how many tickets, by status. */
export type RecordCounts = Pick<Status, 'kinds' | 'statuses'>

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']

// A part of the time that counting may take: of a large account's requests none shall wait for the page.
const SHARE = 0.05

/** Counts a store's records when asked: again only after something has changed, and in a large account not each time. */
export function createRecordCounts(store: Store): () => RecordCounts {
  let version = -1
  let notBefore = 0
  let recordCounts: RecordCounts | undefined
  return () => {
    const began = performance.now()
    if (recordCounts !== undefined && (version === store.version || began < notBefore)) return recordCounts
    version = store.version
    recordCounts = { kinds: kindsOf(store), statuses: statusesOf(store.tickets) }
    const ended = performance.now()
    notBefore = ended + (ended - began) / SHARE
    return recordCounts
  }
}

function kindsOf(store: Store): KindStatus[] {
  const { tickets, users, organizations, groups, fields, forms, deleted, tables } = store
  const kinds = [
    split('tickets', tickets, (one) => one.deleted > 0),
    perTicket('ticket_audits', tickets, ({ audits }) => audits.length),
    perTicket('ticket_comments', tickets, commentsOf),
    split('users', users.values(), (one) => one.deleted),
    split('organizations', organizations.values(), (one) => one.deleted > 0),
    split('groups', groups.values(), (one) => one.deleted),
    { name: 'ticket_fields', live: fields.size, deleted: deleted.fields.size },
    { name: 'ticket_forms', live: forms.size, deleted: deleted.forms.size },
    ...Array.from(tables.values(), (table) => ({
      name: table.name,
      live: table.size(),
      deleted: table.deletedIds.size,
    })),
  ]
  return kinds
    .filter(({ live, deleted }) => live + deleted > 0)
    .sort((one, other) => other.live + other.deleted - one.live - one.deleted)
}

function split<T>(name: string, records: Iterable<T>, isDeleted: (record: T) => boolean): KindStatus {
  let [live, deleted] = [0, 0]
  for (const one of records) isDeleted(one) ? deleted++ : live++
  return { name, live, deleted }
}

function perTicket(name: string, tickets: readonly Ticket[], countOf: (ticket: Ticket) => number): KindStatus {
  let [live, deleted] = [0, 0]
  for (const ticket of tickets) {
    if (ticket.deleted > 0) deleted += countOf(ticket)
    else live += countOf(ticket)
  }
  return { name, live, deleted }
}

function commentsOf({ audits }: Ticket): number {
  let count = 0
  for (const { events } of audits) for (const event of events) if ('body' in event) count++
  return count
}

function statusesOf(tickets: readonly Ticket[]): Map<string, number> {
  const counts = new Map(STATUSES.map((status) => [status, 0]))
  for (const { deleted, values } of tickets) {
    const status = deleted > 0 ? 'deleted' : values.status
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return new Map([...counts].filter(([, some]) => some > 0))
}
