import { identityKey, indexUser } from '../../account/people/lookup.ts'
import type { Identity, IdentityType, User } from '../../account/people/model.ts'
import { newIdentity } from '../../account/people/new-user.ts'
import type { Store } from '../../account/store.ts'
import type { Random } from '../../random.ts'

const STATES = ['undeliverable', 'mailing_list', 'ticket_sharing_partner', 'reserved_example', 'mailer_daemon']

/**
 * Gives a user identities: the address, the number unless somebody else has it, and to some more, of every type. Nothing of
 * them is younger than `latest` (epoch seconds).
 */
export function giveIdentities(store: Store, random: Random, user: User, latest: number): void {
  if (user.deleted) return
  const identities: Identity[] = []
  const add = (type: IdentityType, value: string, created: number, verified: boolean) => {
    const identity = newIdentity({ id: store.nextId(), type, value, created })
    identity.primary = !identities.some((one) => one.type === type)
    identity.verified = verified ? Math.min(latest, created + 300) : 0
    identities.push(identity)
    return identity
  }
  if (user.email !== null) {
    const identity = add('email', user.email, user.created, user.verified)
    if (random.chance(0.02)) {
      identity.state = random.pick(STATES)
      identity.undeliverable = random.between(1, 9)
    }
  }
  if (user.phone !== null) {
    user.sharedPhone = store.people.identities.has(identityKey({ type: 'phone_number', value: user.phone }))
    if (!user.sharedPhone) add('phone_number', user.phone, user.created, true)
  }
  for (let more = random.chance(0.08) ? random.between(1, 3) : 0; more > 0; more--) {
    const [type, value] = another(random, user)
    const created = random.between(user.created, latest)
    user.updated = Math.max(user.updated, created)
    add(type, value, created, random.chance(0.7))
  }
  user.identities = identities
  indexUser(store, user)
}

// Values that belong to nobody else, since the user's id is in them.
function another(random: Random, { id, role }: User): [IdentityType, string] {
  const nth = random.between(1, 999_999)
  const kinds: readonly [IdentityType, string][] = [
    ['email', `User.${id}.${nth}@private.example`],
    ['email', `user${id}+${nth}@example.net`],
    ['twitter', `handle_${id}_${nth}`],
    ['facebook', `${id}${nth}`],
    ['google', `user${id}.${nth}@gmail.example`],
    ['any_channel', `channel-${id}-${nth}`],
    ['foreign', `partner:${id}:${nth}`],
    ['sdk', `${id.toString(16)}-${nth.toString(16)}`],
    ['agent_forwarding', `+1555${String(id).slice(-4)}${String(nth).padStart(6, '0')}`],
  ]
  return random.pick(role === 'end-user' ? kinds.slice(0, -1) : kinds)
}
