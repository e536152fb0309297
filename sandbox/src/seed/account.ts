import type { Rule } from '../account/model.ts'
import { createStore, type Store } from '../account/store.ts'
import { scrubInTime } from '../account/tickets/save.ts'
import type { Clock } from '../clock.ts'
import type { Credentials } from '../credentials.ts'
import { isoTime } from '../iso-time.ts'
import { createRandom } from '../random.ts'
import { generateChat } from './chat.ts'
import { generateHelpCenter } from './help-center/articles.ts'
import { generatePersonFields } from './people/person-fields.ts'
import { generateSubscriptions } from './people/subscriptions.ts'
import { giveCustomRoles } from './people/user-roles.ts'
import { generatePeople } from './people/users.ts'
import { generateSell } from './sell.ts'
import { generateBrands } from './settings/brands.ts'
import { generateConfigured } from './settings/configured.ts'
import { generateRules } from './settings/rules.ts'
import { generateServiceLevels } from './settings/service-levels.ts'
import { generateWebhooks } from './settings/webhooks.ts'
import { generateTalk } from './talk/calls.ts'
import { generateFields } from './tickets/fields.ts'
import { generateRareEvents } from './tickets/rare-events.ts'
import { generateSideConversations } from './tickets/side-conversations.ts'
import { generateSkips } from './tickets/skips.ts'
import { generateSuspendedTickets } from './tickets/suspended.ts'
import { generateTickets } from './tickets/tickets.ts'

/** Nothing of the generated account is younger than this (seconds), so that the exports' hold-back hides none of it. */
const SETTLED = 120
const FOUR_YEARS = 4 * 365 * 86_400

/** The account of a seed: the same seed, size and time give the same records, down to the last id. */
export function generateAccount(
  clock: Clock,
  base: string,
  options: { tickets: number; seed: number; credentials: Credentials },
): Store {
  const store = createStore(clock, base)
  const latest = clock.now() - SETTLED
  const rules: [Rule['kind'], string][] = [
    ['trigger', 'Notify requester of update'],
    ['trigger', 'Notify assignee of assignment'],
    ['automation', 'Close ticket 4 days after status is set to solved'],
    ['automation', 'Request customer satisfaction rating (system automation)'],
  ]
  store.rules.push(...rules.map(([kind, title]) => ({ id: store.nextId(), title, kind })))
  const { seed, tickets, credentials } = options
  generateFields(store, createRandom(seed, 'fields'), latest - FOUR_YEARS)
  generatePersonFields(store, createRandom(seed, 'person fields'), latest - FOUR_YEARS)
  const people = generatePeople(store, createRandom(seed, 'people'), { tickets, latest, credentials })
  generateServiceLevels(store, createRandom(seed, 'service levels'), latest - FOUR_YEARS)
  generateRules(store, createRandom(seed, 'rules'), latest)
  generateTickets(store, createRandom(seed, 'tickets'), { count: tickets, latest, people })
  generateSkips(store, createRandom(seed, 'skips'))
  generateSuspendedTickets(store, createRandom(seed, 'suspended tickets'), latest)
  generateBrands(store, isoTime(latest - FOUR_YEARS))
  generateConfigured(store, seed, latest)
  giveCustomRoles(store)
  generateHelpCenter(store, createRandom(seed, 'help center'), { tickets, latest })
  generateTalk(store, createRandom(seed, 'talk'), { latest })
  generateSideConversations(store, createRandom(seed, 'side conversations'), latest)
  generateSell(store, createRandom(seed, 'sell'), { tickets, latest })
  generateWebhooks(store, createRandom(seed, 'webhooks'), latest)
  generateRareEvents(store, createRandom(seed, 'rare events'), latest)
  generateChat(store, createRandom(seed, 'chat'), latest)
  generateSubscriptions(store, createRandom(seed, 'subscriptions'), latest)
  for (const ticket of store.tickets) if (ticket.deleted > 0 && !ticket.scrubbed) scrubInTime(store, ticket)
  return store
}
