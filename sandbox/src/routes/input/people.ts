import type { Row, Ticket } from '../../account/model.ts'
import { userByEmail } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import { collaboratorsOf } from '../../rows/ticket.ts'
import type { Served } from '../served.ts'
import type { InputFaults } from './faults.ts'
import { isRow, numberOf } from './values.ts'

/** Someone whom a ticket names: a user's id, or who is to be created (nothing is, before all is checked). */
export type Someone = number | { readonly name: string; readonly email: string }

/** Who is in copy and who follows after a write; undefined if nothing was sent. */
export type SentCopies = { readonly copied?: readonly Someone[]; readonly followers?: readonly Someone[] }

/** The user's id; creates those who aren't there. */
export function userIdOf({ store, mutations }: Served, someone: Someone): number {
  if (typeof someone === 'number') return someone
  return userByEmail(store, someone.email)?.id ?? mutations.createUser({ ...someone, verified: false })
}

/** The requester that was sent, by `requester_id` or as `requester: {name, email}`; undefined if none was. */
export function sentRequester(store: Store, sent: Row, faults: InputFaults): Someone | undefined {
  const { requester_id: id, requester } = sent as { requester_id?: unknown; requester?: unknown }
  if (id !== undefined && id !== null) {
    const user = store.users.get(numberOf(id) ?? -1)
    if (user !== undefined && !user.deleted) return user.id
    faults.add('requester', 'Requester: is invalid', 'InvalidValue')
    return undefined
  }
  if (!isRow(requester)) return numberOf(requester)
  const { email, name } = requester
  if (typeof email !== 'string' || !email.includes('@')) {
    faults.add('requester', `Requester: Email: ${String(email ?? '')} is not properly formatted`, 'InvalidFormat')
    return undefined
  }
  const known = userByEmail(store, email)
  if (known !== undefined) return known.id
  if (typeof name === 'string' && name.trim() !== '') return { name, email }
  faults.add('requester', 'Requester: Name: is too short (minimum one character)', 'ValueTooShort')
  return undefined
}

/** Those in copy and the followers after the request: it has whole lists, or lists of those who come and go. */
export function sentCopies(store: Store, sent: Row, ticket: Ticket | undefined): SentCopies {
  const before = ticket?.copied ?? []
  const whole = sent['collaborators'] ?? sent['collaborator_ids']
  const more = sent['additional_collaborators']
  const all = Array.isArray(whole) ? someones(store, whole) : undefined
  const added = Array.isArray(more) ? [...(all ?? before), ...someones(store, more)] : all
  const copied = changed(store, added ?? before, sent['email_ccs'])
  const followers = changed(store, ticket?.rare?.followers ?? [], sent['followers'])
  return {
    ...(added !== undefined || copied !== undefined ? { copied: copied ?? added ?? [] } : {}),
    ...(followers === undefined ? {} : { followers }),
  }
}

/** Ids of those who can be named in a refusal or a list: users that are there. */
export function usersOf(store: Store, ids: Iterable<number>) {
  return [...ids].flatMap((id) => store.users.get(id) ?? [])
}

/** Everyone in copy of a ticket, followers too. */
export function collaborators(store: Store, ticket: Ticket) {
  return usersOf(store, collaboratorsOf(ticket))
}

function someones(store: Store, sent: readonly unknown[]): Someone[] {
  return sent.flatMap((one) => {
    const row: Row = isRow(one) ? one : { user_id: one, user_email: one }
    const user = store.users.get(numberOf(row['user_id'] ?? row['id']) ?? -1)
    if (user !== undefined) return user.deleted ? [] : [user.id]
    const email = row['user_email'] ?? row['email']
    if (typeof email !== 'string' || !email.includes('@')) return []
    const name = row['user_name'] ?? row['name']
    return [userByEmail(store, email)?.id ?? { email, name: typeof name === 'string' ? name : nameIn(email) }]
  })
}

function changed(store: Store, before: readonly Someone[], sent: unknown): readonly Someone[] | undefined {
  if (!Array.isArray(sent)) return undefined
  const kept = [...before]
  for (const one of sent) {
    for (const someone of someones(store, [one])) {
      const at = kept.indexOf(someone)
      const goes = isRow(one) && one['action'] === 'delete'
      if (goes && at !== -1) kept.splice(at, 1)
      else if (!goes && at === -1) kept.push(someone)
    }
  }
  return kept
}

function nameIn(email: string): string {
  return email.slice(0, email.indexOf('@'))
}
