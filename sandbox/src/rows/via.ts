import type { Audit, Row, Via } from '../account/model.ts'
import { type Store, ticketOf } from '../account/store.ts'

const NAMES: Readonly<Record<string, string>> = {
  web: 'Web form',
  email: 'Mail',
  api: 'Web service',
  rule: 'Rule',
  mobile: 'Mobile',
  voice: 'Phone call (incoming)',
}

/** A channel as the ticket event export names it. */
export function viaName(audit: Audit): string {
  return NAMES[audit.via.channel] ?? audit.via.channel
}

/** How an audit came about: the `via` of tickets, audits and comments. */
export function viaRow(store: Store, audit: Audit): Row {
  const { channel, rule, merge, followUp } = audit.via
  if (rule !== undefined) return { channel, source: { from: ruleRow(rule), to: {}, rel: rule.kind } }
  // Assumed (fact 361): the key of the other tickets' ids (only `rel` was seen).
  if (merge !== undefined) return { channel, source: { from: { ticket_ids: merge }, to: {}, rel: 'merge' } }
  if (followUp !== undefined)
    return { channel, source: { from: followedUp(store, followUp), to: {}, rel: 'follow_up' } }
  if (channel === 'email') return { channel, source: { from: mailFrom(store, audit), to: SUPPORT, rel: null } }
  if (channel === 'voice')
    return { channel, source: { rel: 'voicemail', from: CALLER, to: { ...LINE, brand_id: store.brand } } }
  return { channel, source: { from: {}, to: {}, rel: null } }
}

const SUPPORT = { name: 'Northwind', address: 'support@northwind.example' }
const CALLER = { formatted_phone: '+1 (555) 010-0142', phone: '+15550100142', name: 'Caller +1 (555) 010-0142' }
const LINE = { formatted_phone: '+1 (555) 010-0199', phone: '+15550100199', name: 'Northwind Line' }

/** A rule as `via.source.from` shows it. */
export function ruleRow(rule: { id: number; title: string; kind: string }): Row {
  const { id, title, kind } = rule
  return kind === 'trigger' ? { deleted: false, title, id, revision_id: 1 } : { deleted: false, title, id }
}

// Assumed (fact 349): the subject stays as it was, also when the ticket that is followed up is scrubbed.
function followedUp(store: Store, { id, subject }: NonNullable<Via['followUp']>): Row {
  return { ticket_id: id, subject, channel: ticketOf(store, id)?.audits[0]?.via.channel ?? 'web' }
}

// A mail keeps the name and address that it was sent with, whatever the user is called later.
function mailFrom(store: Store, audit: Audit): Row {
  const { name = 'Unknown', address = 'unknown@example.org' } = store.users.get(audit.author)?.sender ?? {}
  return { address, name, original_recipients: [SUPPORT.address] }
}
