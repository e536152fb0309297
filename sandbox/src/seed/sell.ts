import type { Row } from '../account/model.ts'
import { addContact, changeContact, declareSell } from '../account/sell.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'
import type { Random } from '../random.ts'
import { companyName, personName } from './people/names.ts'

const YEAR = 365 * 86_400

/** Writes Sell's contacts: companies, and people, some of whom work for them. */
export function generateSell(
  store: Store,
  random: Random,
  { tickets, latest }: { tickets: number; latest: number },
): void {
  declareSell(store)
  const count = Math.min(1500, Math.round(20 + 5 * Math.sqrt(tickets)))
  const start = latest - 2 * YEAR
  const companies: number[] = []
  for (let nth = 0; nth < count; nth++) {
    const created = start + Math.floor(((latest - 7200 - start) * nth) / count)
    const isCompany = nth % 5 === 0
    const [first = '', ...rest] = personName(random).split(' ')
    const who: Row = isCompany
      ? {
          is_organization: true,
          name: companyName(random, nth),
          industry: random.pick(['Retail', null, 'Føde & drikke']),
        }
      : { first_name: rest.length === 0 ? null : first, last_name: rest.length === 0 ? first : rest.join(' ') }
    const contact = addContact(store, {
      ...who,
      contact_id: !isCompany && companies.length > 0 && random.chance(0.4) ? random.pick(companies) : null,
      customer_status: random.pick(['none', 'current', 'past']),
      prospect_status: random.pick(['none', 'none', 'current', 'lost']),
      title: isCompany ? null : random.pick(['CFO', null, '課長', '']),
      description: random.pick([null, '', 'Met at the fair\u2028in Aarhus 🎪']),
      email: random.chance(0.8) ? `contact${nth}@example.org` : null,
      phone: random.chance(0.5) ? `+155501${random.between(10_000, 99_999)}` : null,
      address: random.chance(0.5)
        ? {
            line1: random.pick([null, 'Åboulevarden 1']),
            city: 'Aarhus',
            postal_code: null,
            state: null,
            country: 'DK',
          }
        : null,
      tags: random.some(['newsletter', 'vip', 'größe', '日本'], random.between(0, 2)),
      custom_fields: random.chance(0.5)
        ? {
            'Loyalty tier': random.pick(['silver', 'gold']),
            external_id: `crm-${nth}`,
            'Newsletter?': random.chance(0.5),
          }
        : {},
      created_at: isoTime(created),
    })
    if (isCompany) companies.push(Number(contact.id))
    if (random.chance(0.4)) changeContact(store, contact, { updated_at: isoTime(random.between(created, latest)) })
  }
}
