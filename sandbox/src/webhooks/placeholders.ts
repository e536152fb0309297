import type { Audit, CommentEvent, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'

/**
 * Fills the placeholders in a webhook's body: `{{ticket.id}}` and the like; unknown ones become empty. Values are pasted as
 * they are, so that a quotation mark or a line feed ends a text of JSON, unless `escaped` says otherwise.
 */
export function filledIn(store: Store, audit: Audit, template: string, escaped: boolean): string {
  const values = placeholders(store, audit)
  const pasted = escaped ? (text: string) => JSON.stringify(text).slice(1, -1) : (text: string) => text
  return template.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => pasted(values(name)))
}

function placeholders(store: Store, { ticket, author }: Audit): (name: string) => string {
  const { values } = ticket
  const user = (id: number | null, field: string) => {
    const one = id === null ? undefined : store.users.get(id)
    if (one === undefined) return ''
    if (field === 'id') return String(one.id)
    if (field === 'email') return one.email ?? ''
    if (field === 'first_name') return one.name.split(' ')[0] ?? ''
    return field === 'name' ? one.name : field === 'external_id' ? (one.externalId ?? '') : ''
  }
  const simple: Readonly<Record<string, () => string>> = {
    'ticket.id': () => String(ticket.id),
    'ticket.title': () => values.subject,
    'ticket.description': () => comments(ticket)[0]?.body ?? '',
    'ticket.latest_comment': () => comments(ticket).at(-1)?.body ?? '',
    'ticket.latest_public_comment': () => comments(ticket).findLast((one) => one.public)?.body ?? '',
    'ticket.status': () => capital(values.status),
    'ticket.priority': () => capital(values.priority ?? ''),
    'ticket.ticket_type': () => capital(values.type ?? ''),
    'ticket.tags': () => values.tags.join(' '),
    'ticket.external_id': () => values.external_id ?? '',
    'ticket.group.name': () => store.groups.get(values.group_id ?? -1)?.name ?? '',
    'ticket.organization.name': () => store.organizations.get(values.organization_id ?? -1)?.name ?? '',
    'ticket.url': () => `${store.base.replace(/^https?:\/\//, '')}/agent/tickets/${ticket.id}`,
    'ticket.link': () => `${store.base}/agent/tickets/${ticket.id}`,
    'ticket.created_at_with_timestamp': () => isoTime(ticket.created),
    'ticket.updated_at_with_timestamp': () => isoTime(ticket.updated),
  }
  const people: Readonly<Record<string, number | null>> = {
    'ticket.requester': values.requester_id,
    'ticket.assignee': values.assignee_id,
    'ticket.submitter': ticket.submitter,
    current_user: author,
  }
  return (name) => {
    const known = simple[name]
    if (known !== undefined) return known()
    const dot = name.lastIndexOf('.')
    return user(people[name.slice(0, dot)] ?? null, name.slice(dot + 1))
  }
}

function comments(ticket: Ticket): CommentEvent[] {
  return ticket.audits.flatMap(({ events }) => events.filter((event): event is CommentEvent => 'body' in event))
}

function capital(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1)
}
