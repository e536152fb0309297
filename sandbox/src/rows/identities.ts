import type { Row } from '../account/model.ts'
import type { Identity, User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'

/** A way in which a user is known. Only e-mail addresses have the fields of deliveries. */
export function identityRow(store: Store, user: User, identity: Identity): Row {
  const { id, type, value, verified, primary, created, updated, undeliverable, state } = identity
  const row = {
    url: `${store.base}/api/v2/users/${user.id}/identities/${id}.json`,
    id,
    user_id: user.id,
    type,
    value,
    verified: verified > 0,
    primary,
    created_at: isoTime(created),
    updated_at: isoTime(updated),
  }
  if (type !== 'email') return row
  // Assumed (fact 363): the two last keys of an address that isn't verified.
  const proof = verified > 0 ? { verification_method: 'full', verified_at: isoTime(verified) } : UNVERIFIED
  return { ...row, undeliverable_count: undeliverable, deliverable_state: state, ...proof }
}

const UNVERIFIED = { verification_method: 'none', verified_at: null }
