import type { Row } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import {
  beginConversation,
  changeConversation,
  declareSideConversations,
  participant,
  replyTo,
  type SideMessage,
} from '../../account/tickets/side-conversations.ts'
import type { Random } from '../../random.ts'

const SUBJECTS = ['Blank PDF', 'Fwd: order #48213', null, '発送について', '', 'RE: “urgent” <please>', '🧾 Refund?']
const BODIES = [
  'Can you resend the file?',
  'We shipped it yesterday.\n\nBest,\nVendor',
  'ご確認ください。',
  'See https://example.org/a?b=1&c=2 \u2028 thanks',
  '👍',
  'x'.repeat(3000),
]
const VENDORS = ['vendor@example.net', 'lager+dk@example.com', '"odd name"@example.org']
const PART = 0.08

/** Writes side conversations; times are epoch milliseconds (UTC). */
export type Asides = {
  readonly begin: (ticket: number, at: number) => Entry
  /** One of the two sides answers. */
  readonly reply: (conversation: Entry, at: number) => void
  readonly close: (conversation: Entry, at: number) => void
}

/** Side conversations of agents with vendors and channels. */
export function createAsides(store: Store, random: Random): Asides {
  const agents = staffOf(store)
  const message = (from: Row, to: Row, subject: string | null): SideMessage => {
    const body = random.pick(BODIES)
    const html = `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`
    const externalIds = random.chance(0.1) ? { erp_ref: `PO-${random.between(1, 99)}` } : {}
    return { from, to: [to], subject, body, html, externalIds, attachments: [] }
  }
  const sides = ({ participants }: Entry) => participants as [agent: Row, other: Row]
  return {
    begin: (ticket, at) => {
      const agent = participant(random.pick(agents), null)
      const other = random.chance(0.15)
        ? { slack_workspace_id: 'T0000SAMPLE', slack_channel_id: 'C0000SAMPLE' }
        : participant(undefined, random.pick(VENDORS))
      const first = message(agent, other, random.pick(SUBJECTS))
      return beginConversation(store, ticket, first, { at, actor: agent, via: 'support' }).conversation
    },
    reply: (conversation, at) => {
      const [agent, other] = sides(conversation)
      const back = random.chance(0.5)
      const [from, to] = back ? [other, agent] : [agent, other]
      const subject = conversation['subject'] as string | null
      replyTo(store, conversation, message(from, to, subject), { at, actor: from, via: back ? 'email' : 'support' })
    },
    close: (conversation, at) => {
      const [agent] = sides(conversation)
      changeConversation(store, conversation, { state: 'closed' }, { at, actor: agent, via: 'support' })
    },
  }
}

/** Writes side conversations for some of the tickets that live, with their events; none younger than `latest` (seconds). */
export function generateSideConversations(store: Store, random: Random, latest: number): void {
  declareSideConversations(store)
  const asides = createAsides(store, random)
  for (const ticket of store.tickets) {
    if (ticket.deleted > 0 || !random.chance(PART)) continue
    for (let left = random.chance(0.2) ? 2 : 1; left > 0; left--) {
      let at = Math.min(latest, ticket.created + random.between(60, 86_400)) * 1000 + random.between(0, 999)
      const later = () => {
        at = Math.min(latest * 1000, at + random.between(1000, 86_400_000))
        return at
      }
      const conversation = asides.begin(ticket.id, at)
      for (let replies = random.between(0, 3); replies > 0; replies--) asides.reply(conversation, later())
      if (random.chance(0.4)) asides.close(conversation, later())
    }
  }
}
