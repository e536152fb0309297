import { organizationSubscriptions } from '../../account/people/subscriptions.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** How many people follow the tickets of an organization in a generated account. */
const SUBSCRIBERS = 4

/** Subscribes some end users to the tickets of organizations. */
export function generateSubscriptions(store: Store, random: Random, latest: number): void {
  const organizations = [...store.organizations.values()].filter(({ deleted }) => deleted === 0)
  const users = [...store.users.values()].filter(({ role, deleted }) => role === 'end-user' && !deleted)
  if (organizations.length === 0) return
  for (const { id } of users.slice(0, SUBSCRIBERS))
    organizationSubscriptions(store).add({
      organization_id: random.pick(organizations).id,
      user_id: id,
      created_at: isoTime(latest - random.between(1, 300) * 86_400),
    })
}
