import type { Sandbox } from 'zendesk-sandbox'
import { send } from './send.ts'

/** Adds records of the kinds of which a small account has none of late, and lets some minutes pass. */
export async function addRareKinds(sandbox: Sandbox): Promise<void> {
  const { account, credentials } = sandbox
  const [agent] = [...account.truth('users').live.values()].filter(({ email }) => email === credentials.email)
  const ticket = account.createTicket({ subject: 'For the administrator', assignee_id: Number(agent?.['id']) })
  account.addComment(ticket, 'And a comment')
  account.createRecord('ticket_skips', { ticket_id: ticket, user_id: agent?.['id'], reason: 'Too hard' })
  account.deleteTicket(account.createTicket({ subject: 'Soon gone' }))
  account.createTicket({ subject: 'Of the administrator', requester_id: Number(agent?.['id']) })
  await send(sandbox, 'POST', 'tickets/create_many', { tickets: [{ subject: 'One', comment: { body: 'of many' } }] })
  // The job makes its ticket in the first minutes; in the next ones the exports hold that back no more.
  for (let times = 0; times < 2; times++) account.advance(120)
}
