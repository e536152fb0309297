import type { Row, Ticket } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'

type Action = { readonly field: string; readonly value: unknown }

/** The changes that a macro would make to a ticket (to any, if undefined), in the shape of a ticket's update. */
export function changesOf(store: Store, macro: Row, ticket: Ticket | undefined, caller: User | undefined): Row {
  const row: Row = {}
  const fields: Row[] = []
  let comment: Row | undefined
  let tags: readonly string[] = ticket?.values.tags ?? []
  for (const { field, value } of macro['actions'] as readonly Action[]) {
    const custom = /^custom_fields_(\d+)$/.exec(field)
    const words = tagsIn(value)
    if (custom !== null) fields.push({ id: Number(custom[1]), value })
    else if (field === 'comment_value' || field === 'comment_value_html') {
      const text = rendered(store, String(Array.isArray(value) ? value.at(-1) : value), ticket, caller)
      comment = {
        ...comment,
        [field === 'comment_value' ? 'body' : 'html_body']: text,
        public: comment?.['public'] ?? true,
      }
    } else if (field === 'comment_mode_is_public') comment = { ...comment, public: value === true || value === 'true' }
    else if (field === 'current_tags') tags = [...new Set([...tags, ...words])]
    else if (field === 'set_tags') tags = words
    else if (field === 'remove_tags') tags = tags.filter((tag) => !words.includes(tag))
    else if (field.endsWith('_id')) row[field] = who(value, caller)
    else row[field] = value
    if (field.endsWith('_tags')) row['tags'] = tags
  }
  return {
    ...row,
    ...(fields.length > 0 ? { fields } : {}),
    ...(comment === undefined ? {} : { comment }),
  }
}

function tagsIn(value: unknown): string[] {
  return String(value ?? '')
    .split(/[\s,]+/)
    .filter((tag) => tag !== '')
}

function who(value: unknown, caller: User | undefined): number | null {
  if (value === 'current_user') return caller?.id ?? null
  if (value === 'current_groups') return caller?.group ?? null
  return value === '' || value === null ? null : Number(value)
}

// The placeholders that need no more than the ticket and the people; others stay as they are.
function rendered(store: Store, text: string, ticket: Ticket | undefined, caller: User | undefined): string {
  const requester = ticket && store.users.get(ticket.values.requester_id)
  const assignee = ticket?.values.assignee_id == null ? undefined : store.users.get(ticket.values.assignee_id)
  const known: Record<string, string | undefined> = {
    'ticket.id': ticket && String(ticket.id),
    'ticket.title': ticket?.values.subject,
    'ticket.status': ticket?.values.status,
    'ticket.requester.name': requester?.name,
    'ticket.requester.first_name': requester?.name.split(' ')[0],
    'ticket.requester.email': requester?.email ?? undefined,
    'ticket.assignee.name': assignee?.name,
    'current_user.name': caller?.name,
    'current_user.email': caller?.email ?? undefined,
  }
  return text.replaceAll(/\{\{([\w.]+)\}\}/g, (whole, name: string) => known[name] ?? whole)
}
