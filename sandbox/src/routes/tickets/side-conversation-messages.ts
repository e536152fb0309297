import type { Row } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Entry } from '../../account/table.ts'
import { participant, type SideAct, type SideMessage } from '../../account/tickets/side-conversations.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import { isRow } from '../input/values.ts'
import type { Served } from '../served.ts'

const CHANNELS = [
  'slack_workspace_id',
  'slack_channel_id',
  'support_group_id',
  'support_agent_id',
  'msteams_channel_id',
]

/** Who calls, now and by the API. */
export function actBy({ store }: Served, { caller }: Call): SideAct {
  return { at: store.clock.nowMs(), actor: participant(caller.user, null), via: 'api' }
}

/** The message that was sent; a reply to a conversation goes to the others in it unless it says to whom. */
export function messageIn(served: Served, call: Call, conversation: Entry | null): SideMessage {
  const sent = call.body['message']
  if (!isRow(sent)) throw parameterMissing('message')
  const { body, html_body } = sent
  if (typeof body !== 'string' && typeof html_body !== 'string')
    throw recordInvalid({ body: [{ description: 'Body: cannot be blank', error: 'BlankValue' }] })
  const from = participant(call.caller.user, null)
  const others = (conversation?.['participants'] as Row[] | undefined)?.filter(
    (one) => one['user_id'] !== from['user_id'],
  )
  const to = Array.isArray(sent['to']) ? sent['to'].map((one) => participantIn(served, one)) : (others ?? [])
  if (to.length === 0) throw recordInvalid({ to: [{ description: 'To: cannot be blank', error: 'BlankValue' }] })
  const text = typeof body === 'string' ? body : String(html_body).replaceAll(/<[^>]*>/g, ' ')
  const files = Array.isArray(sent['attachment_ids']) ? sent['attachment_ids'] : []
  const known = served.store.table('side_conversation_attachments', { ids: 'uuid' })
  return {
    from,
    to,
    subject:
      typeof sent['subject'] === 'string' ? sent['subject'] : ((conversation?.['subject'] as string | null) ?? null),
    body: text,
    html: typeof html_body === 'string' ? html_body : `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
    externalIds: isRow(sent['external_ids']) ? sent['external_ids'] : {},
    attachments: files.flatMap((id) => known.get(String(id)) ?? []).map(({ id, file_name }) => ({ id, file_name })),
  }
}

/** A participant as sent: a user by id or address, an address, or a channel. */
export function participantIn({ store }: Served, sent: unknown): Row {
  if (!isRow(sent)) throw recordInvalid({ to: [{ description: 'To: is invalid', error: 'InvalidValue' }] })
  const channel = CHANNELS.filter((name) => sent[name] !== undefined)
  if (channel.length > 0) return Object.fromEntries(channel.map((name) => [name, sent[name]]))
  const { user_id, email } = sent
  const byId = user_id === undefined || user_id === null ? undefined : store.users.get(Number(user_id))
  const byEmail = byId ?? (typeof email === 'string' ? withEmail(store.users.values(), email) : undefined)
  if (byEmail === undefined && typeof email !== 'string')
    throw recordInvalid({ to: [{ description: 'To: is invalid', error: 'InvalidValue' }] })
  return participant(byEmail, typeof email === 'string' ? email : null)
}

function withEmail(users: Iterable<User>, email: string): User | undefined {
  for (const user of users) if (user.email?.toLowerCase() === email.toLowerCase() && !user.deleted) return user
  return undefined
}
