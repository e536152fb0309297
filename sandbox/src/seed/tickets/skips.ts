import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { skipTable } from '../../rows/skip.ts'

const REASONS = [
  'Needs a billing specialist',
  'Not my language: 日本語',
  '',
  null,
  "I can't <b>solve</b> this\u2028today",
  '🙈',
  'Waiting for the customer’s answer. '.repeat(20),
]

/** Writes skips of one ticket in fifty, within its life, in the order of time. */
export function generateSkips(store: Store, random: Random): void {
  const staff = staffOf(store)
  const skips = store.tickets
    .filter((ticket) => !ticket.scrubbed && random.chance(0.02))
    .map((ticket) => ({ ticket, at: random.between(ticket.created, ticket.updated), user: random.pick(staff) }))
    .sort((one, other) => one.at - other.at)
  const table = skipTable(store)
  for (const { ticket, at, user } of skips)
    table.add({ ticket_id: ticket.id, user_id: user.id, reason: random.pick(REASONS), created_at: isoTime(at) })
}
