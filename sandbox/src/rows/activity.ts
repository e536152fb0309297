import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { TicketActivity } from '../account/tickets/activities.ts'
import { isoTime } from '../iso-time.ts'
import { excerpt } from './excerpt.ts'
import { userRow } from './people.ts'

/** An activity, with the users as they are now. */
export function activityRow(store: Store, activity: TicketActivity): Row {
  const { id, verb, audit, user } = activity
  const { ticket, author } = audit
  const target = { ticket: { id: ticket.id, subject: ticket.values.subject } }
  const at = isoTime(audit.at)
  const person = (who: number) => {
    const one = store.users.get(who)
    return one === undefined ? null : userRow(store, one)
  }
  return {
    url: `${store.base}/api/v2/activities/${id}.json`,
    id,
    title: titleOf(activity, store.users.get(author)?.name ?? 'Somebody'),
    verb,
    user_id: user,
    actor_id: author,
    updated_at: at,
    created_at: at,
    object: objectOf(activity, target),
    target,
    user: person(user),
    actor: person(author),
  }
}

function titleOf({ verb, audit, comment, priority }: TicketActivity, actor: string): string {
  const number = `#${audit.ticket.id}`
  if (verb === 'tickets.assignment') return `${actor} assigned ticket ${number} to you.`
  // Assumed (fact 363): the words about a priority.
  if (verb === 'tickets.priority_increase') return `${actor} increased the priority of ticket ${number} to ${priority}.`
  return `${actor} commented on ticket ${number}: ${excerpt(comment?.body ?? '', 100)}.`
}

// Assumed (fact 363): the values for a change of priority.
function objectOf({ comment, priority }: TicketActivity, target: Row): Row {
  if (comment !== undefined) return { comment: { value: comment.body, public: comment.public } }
  return priority === undefined ? target : { ticket: { ...(target['ticket'] as Row), priority } }
}
