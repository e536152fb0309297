import type { Store } from '../../account/store.ts'
import { SUSPENDED_FOR, suspend } from '../../account/tickets/suspended-tickets.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { createTexts, type Texts } from './texts.ts'

// Assumed (fact 363): the ids of the causes.
const CAUSES: readonly [id: number, cause: string][] = [
  [0, 'Detected as spam'],
  [1, 'Detected as mail loop'],
  [2, 'Automated response mail'],
  [3, 'Sender domain not on allowlist'],
  [4, 'Permission denied due to unauthenticated email update'],
  [5, 'Malicious pattern detected'],
]
const MOST = 150

/** Writes the mails that were suspended in the last 14 days, in the order of time. */
export function generateSuspendedTickets(store: Store, random: Random, latest: number): void {
  const texts = createTexts(random)
  const count = Math.min(MOST, Math.max(4, Math.ceil(store.tickets.length / 100)))
  const times = Array.from({ length: count }, () => random.between(latest - SUSPENDED_FOR + 3600, latest))
  for (const [nth, at] of times.sort((one, other) => one - other).entries())
    generateSuspended(store, random, { at, texts, nth })
}

/** Suspends a mail that came at a time (epoch seconds); `nth` makes its sender unique. */
export function generateSuspended(
  store: Store,
  random: Random,
  { at, texts, nth }: { at: number; texts: Texts; nth: number },
): void {
  const endUsers = [...store.users.values()].filter((user) => user.role === 'end-user' && user.email !== null)
  const known = random.chance(0.3) ? random.pick(endUsers) : undefined
  const name = known?.name ?? random.pick(['Promo Bot', 'MAILER-DAEMON', 'Зоя Иванова', ''])
  const email = known?.email ?? `bot${nth}@spam.example`
  const [cause_id, cause] = random.pick(CAUSES)
  const recipient = 'support@northwind.example'
  suspend(store, {
    author: { id: known?.id ?? null, name, email },
    subject: random.chance(0.1) ? '' : texts.subject(),
    content: texts.body(),
    cause,
    cause_id,
    error_messages: null,
    message_id: random.chance(0.9) ? `<${nth}.${at}@spam.example>` : null,
    ticket_id: null,
    created_at: isoTime(at),
    updated_at: isoTime(at),
    via: {
      channel: 'email',
      source: { from: { address: email, name }, to: { name: 'Northwind', address: recipient }, rel: null },
    },
    attachments: [],
    recipient,
    brand_id: store.brand,
  })
}
