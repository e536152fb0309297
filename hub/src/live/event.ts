// What a delivery says: that a record may have changed. What it holds besides is not kept.
import type { Row } from '../table/batch.ts'

/** A record that may have changed. */
export interface Hint {
  /** As the streams have it: `tickets`, `users`, `organizations`, `articles`, `posts`. */
  readonly kind: string
  readonly id: number
  /** When it changed, in milliseconds since 1970. */
  readonly at: number
  /** Whether the event says that it was deleted, or may be: then it is, if Zendesk does not show it any more. */
  readonly isDeletion: boolean
}

/** A delivery, understood. */
export interface Delivery {
  /** The same for all deliveries of one event. */
  readonly key: string
  /** Empty for a test, and for events of what is not followed. */
  readonly hints: readonly Hint[]
}

/** The kinds whose events bring records, by their name in events. */
export const KINDS: Readonly<Record<string, string>> = {
  ticket: 'tickets',
  user: 'users',
  organization: 'organizations',
  article: 'articles',
  community_post: 'posts',
}

/** A member of the body of a test, and the key of its delivery. */
export const TEST = 'zendesk_hub_test'

const DELETIONS = new Set([
  ...['ticket.soft_deleted', 'ticket.permanently_deleted', 'ticket.marked_as_spam'],
  ...['user.deleted', 'user.merged', 'organization.deleted'],
  // There is no event for an article that is archived, or a post that is deleted.
  ...['article.unpublished', 'community_post.unpublished'],
])
/** By merge: the member of the event that names the record that stays. */
const MERGES: Readonly<Record<string, string>> = {
  'ticket.merged': 'target_ticket_id',
  'user.merged': 'target_user_id',
}
/** The documentation spells some types with a slash. */
const TYPE = /^zen:event-type[:/](.+)$/
const SUBJECT = /^zen:(\w+):(\d+)$/

/** Understands the body of a delivery. `now` stands for a time that it lacks. Undefined if it is none. */
export function deliveryIn(body: string, invocation: string, now: number): Delivery | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const event = parsed as Row
  const [, type] = TYPE.exec(String(event['type'] ?? '')) ?? []
  if (type !== undefined) return ofEvent(event, type, invocation, now)
  if (typeof event[TEST] === 'string') return { key: `test:${event[TEST]}`, hints: [] }
  const id = idIn(event['ticket_id'])
  // The body that our trigger has: ids and times only.
  if (id === undefined) return undefined
  const at = timeIn(event['updated_at'], now)
  return { key: `call:${invocation || body}`, hints: [{ kind: 'tickets', id, at, isDeletion: false }] }
}

function ofEvent(event: Row, type: string, invocation: string, now: number): Delivery | undefined {
  const key = `event:${typeof event['id'] === 'string' ? event['id'] : invocation}`
  const [, family = '', id] = SUBJECT.exec(String(event['subject'] ?? '')) ?? []
  const kind = KINDS[family]
  if (id === undefined) return undefined
  if (kind === undefined) return { key, hints: [] }
  const at = timeIn(event['time'], now)
  const own: Hint = { kind, id: Number(id), at, isDeletion: DELETIONS.has(type) }
  const change = event['event'] as Row | null | undefined
  // A merge changes the record that stays, too.
  const target = MERGES[type] === undefined ? undefined : idIn(change?.[MERGES[type]])
  return { key, hints: target === undefined ? [own] : [own, { kind, id: target, at, isDeletion: false }] }
}

const idIn = (value: unknown): number | undefined => {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined
}

function timeIn(value: unknown, now: number): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? now : time
}

/** Hints by kind and id: of each record the latest, and whether any of them says that it was deleted. */
export function collapsed(hints: readonly Hint[]): ReadonlyMap<string, ReadonlyMap<number, Hint>> {
  const kinds = new Map<string, Map<number, Hint>>()
  for (const hint of hints) {
    const of = kinds.get(hint.kind) ?? new Map<number, Hint>()
    kinds.set(hint.kind, of)
    const known = of.get(hint.id)
    const isDeletion = hint.isDeletion || known?.isDeletion === true
    of.set(hint.id, { ...hint, at: Math.max(hint.at, known?.at ?? 0), isDeletion })
  }
  return kinds
}
