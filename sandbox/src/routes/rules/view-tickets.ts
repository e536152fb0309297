import type { Row, Ticket } from '../../account/model.ts'
import { type Conditions, meets } from '../../account/rules/conditions.ts'
import { isListed, type Store } from '../../account/store.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import { linkTo, wholeNumber } from '../../http/pages/links.ts'
import { asksForCursor, offsetPage, type Page } from '../../http/pages/list.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { columnName, type Output } from '../../rows/view.ts'

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const PRIORITIES = ['', 'low', 'normal', 'high', 'urgent']
const LARGEST = 100

/** The live tickets that meet a view's conditions, grouped and sorted as it says or the request asks. */
export function ticketsOf(store: Store, view: { conditions: Conditions; output: Output }, call: Call): Ticket[] {
  const { query } = call.asked
  const { conditions, output } = view
  const tickets = store.tickets.filter((one) => isListed(store, one) && meets(store, one, conditions, call.caller.user))
  const asked = query.get('sort_by')
  const by = columnName(asked ?? output.sort_by ?? 'nice_id')
  const down = (asked === null ? (output.sort_order ?? 'desc') : (query.get('sort_order') ?? 'asc')) === 'desc'
  const keys = tickets.map((ticket) => {
    const group = output.group_by === null || asked !== null ? 0 : sortKey(store, ticket, columnName(output.group_by))
    return { ticket, group, key: sortKey(store, ticket, by) }
  })
  const groupDown = output.group_order === 'desc'
  keys.sort(
    (one, other) =>
      compare(one.group, other.group, groupDown) ||
      compare(one.key, other.key, down) ||
      compare(one.ticket.id, other.ticket.id, true),
  )
  return keys.map(({ ticket }) => ticket)
}

/** A page of a view's tickets: by number, or by the cursors that only views have. */
export function viewPage(call: Call, tickets: readonly Ticket[], sort: string, route: string): Page<Ticket> {
  const { asked } = call
  if (!asksForCursor(asked)) return offsetPage(asked, byPosition(tickets), route)
  const { query } = asked
  const size = wholeNumber(query, 'page[size]', LARGEST)
  if (size === undefined || size < 1) throw invalidPagination('page[size] is not valid')
  if (size > LARGEST) throw invalidPagination(`page[size] cannot be greater than ${LARGEST}`)
  const [after, before] = [query.get('page[after]'), query.get('page[before]')]
  const from = before === null ? offsetIn(after) : Math.max(0, offsetIn(before) - size)
  const items = tickets.slice(from, before === null ? from + size : offsetIn(before))
  const end = from + items.length
  const empty = items.length === 0
  const cursors = {
    after: empty ? null : cursorOf(sort, end),
    // The first page has nothing before it.
    before: empty || from === 0 ? null : cursorOf(sort, from),
  }
  const link = (which: 'after' | 'before') => {
    const cursor = cursors[which]
    const none = { 'page[after]': null, 'page[before]': null }
    return cursor === null ? null : linkTo(asked, { ...none, [`page[${which}]`]: cursor })
  }
  return {
    items,
    envelope: {
      meta: { has_more: end < tickets.length, after_cursor: cursors.after, before_cursor: cursors.before },
      links: { prev: link('before'), next: link('after') },
    },
  }
}

// Assumed (fact 339): what is packed: the name of the order, and how many tickets lie before.
function cursorOf(sort: string, offset: number): string {
  const bytes = Buffer.alloc(9)
  bytes.write('i', 0, 'latin1')
  bytes.writeBigInt64LE(BigInt(offset), 1)
  const text = Buffer.from(sort)
  const head = Buffer.alloc(5)
  head.write('s', 0, 'latin1')
  head.writeUInt32LE(text.length, 1)
  const packed = { sort: Buffer.concat([head, text]).toString('base64'), offset: bytes.toString('base64') }
  return Buffer.from(JSON.stringify(packed)).toString('base64')
}

function offsetIn(cursor: string | null): number {
  if (cursor === null) return 0
  try {
    const { offset } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as Row
    return Number(Buffer.from(String(offset), 'base64').readBigInt64LE(1))
  } catch {
    throw invalidPagination('page[after] is not valid')
  }
}

function compare(one: number | string, other: number | string, descending: boolean): number {
  if (one === other) return 0
  return one < other !== descending ? -1 : 1
}

function sortKey(store: Store, ticket: Ticket, name: string): number | string {
  const { values } = ticket
  switch (name) {
    case 'status':
    case 'custom_status_id':
      return STATUSES.indexOf(values.status)
    case 'priority':
      return PRIORITIES.indexOf(values.priority ?? '')
    case 'created':
      return ticket.created
    case 'updated':
      return ticket.updated
    case 'subject':
      return values.subject
    case 'type':
      return values.type ?? ''
    case 'due_date':
      return values.due_at ?? ''
    case 'requester':
      return store.users.get(values.requester_id)?.name ?? ''
    case 'assignee':
      return store.users.get(values.assignee_id ?? 0)?.name ?? ''
    case 'group':
      return store.groups.get(values.group_id ?? 0)?.name ?? ''
    case 'organization':
      return store.organizations.get(values.organization_id ?? 0)?.name ?? ''
    case 'brand':
      return values.brand_id
    case 'ticket_form':
      return values.ticket_form_id
    case 'satisfaction_score':
      return values.satisfaction_score
    default:
      return ticket.id
  }
}
