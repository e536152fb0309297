import type { ModelSet } from '../model.ts'
import { companies, companyDomains } from './companies.ts'
import { contacts } from './contacts.ts'
import { deals } from './deals.ts'
import { identities } from './identities.ts'
import { interactions } from './interactions.ts'
import { people } from './people.ts'

/** Who the customers are, where they work, and all that was said with them. */
export const graph: ModelSet = {
  name: 'graph',
  about: 'the customer graph: contacts, companies, interactions and deals, linked',
  models: [identities, people, companyDomains, companies, contacts, interactions, deals],
}
