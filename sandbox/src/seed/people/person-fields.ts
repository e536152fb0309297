import type { Value } from '../../account/model.ts'
import { personFieldTable } from '../../account/people/person-fields.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

type Definition = {
  readonly type: string
  readonly key: string
  readonly title: string
  readonly options?: readonly (readonly [name: string, value: string])[]
  readonly more?: Readonly<Record<string, unknown>>
}

const TIERS = [
  ['Silver', 'silver'],
  ['Gold', 'gold'],
  ['Plate & <co>', 'plate'],
] as const
const REGIONS = [
  ['EMEA', 'emea'],
  ['Américas', 'americas'],
  ['アジア', 'apac'],
] as const
const INTERESTS = [
  ['Music 🎵', 'music'],
  ['Cats', 'cats'],
  ['Größe', 'groesse'],
] as const
const lookup = (target: string) => ({
  relationship_target_type: target,
  relationship_filter: { all: [], any: [] },
})

const USER_FIELDS: readonly Definition[] = [
  { type: 'dropdown', key: 'loyalty_tier', title: 'Loyalty tier', options: TIERS },
  { type: 'checkbox', key: 'vip', title: 'VIP', more: { tag: 'vip_user' } },
  { type: 'integer', key: 'seats', title: 'Seats' },
  { type: 'date', key: 'birthday', title: 'Birthday 🎂' },
  { type: 'decimal', key: 'ratio', title: 'Anteil (%)' },
  { type: 'multiselect', key: 'interests', title: 'Interests', options: INTERESTS },
  { type: 'text', key: 'nickname', title: '昵称' },
  { type: 'textarea', key: 'delivery_notes', title: 'Delivery notes' },
  { type: 'regexp', key: 'customer_no', title: 'Customer number', more: { regexp_for_validation: '^C-[0-9]{4}$' } },
  { type: 'lookup', key: 'account_manager', title: 'Account manager', more: lookup('zen:user') },
  { type: 'text', key: 'legacy_id', title: 'Old and switched off', more: { active: false } },
]
const ORGANIZATION_FIELDS: readonly Definition[] = [
  { type: 'dropdown', key: 'region', title: 'Region', options: REGIONS },
  { type: 'integer', key: 'employees', title: 'Employees' },
  { type: 'date', key: 'renewal', title: 'Renewal' },
  { type: 'checkbox', key: 'strategic', title: 'Strategic', more: { tag: 'strategic' } },
  { type: 'decimal', key: 'margin', title: 'Marge' },
  { type: 'multiselect', key: 'segments', title: 'Segments', options: INTERESTS },
  { type: 'text', key: 'legal_name', title: 'Raison sociale' },
  { type: 'textarea', key: 'address', title: 'Address' },
  { type: 'regexp', key: 'vat', title: 'VAT', more: { regexp_for_validation: '^[A-Z]{2}[0-9]{8}$' } },
  { type: 'lookup', key: 'parent_company', title: 'Parent company', more: lookup('zen:organization') },
]

/** Writes the fields of users and organizations, one or more of every type; `created` is in epoch seconds. */
export function generatePersonFields(store: Store, random: Random, created: number): void {
  for (const [name, definitions] of [
    ['user_fields', USER_FIELDS],
    ['organization_fields', ORGANIZATION_FIELDS],
  ] as const)
    for (const [position, { type, key, title, options, more = {} }] of definitions.entries()) {
      const at = created + position
      personFieldTable(store, name).add({
        type,
        key,
        title,
        description: random.chance(0.3) ? `About ${title}` : '',
        position: random.chance(0.1) ? 9999 : position,
        created_at: isoTime(at),
        updated_at: isoTime(random.chance(0.3) ? at + random.between(60, 700 * 86_400) : at),
        ...(options === undefined
          ? {}
          : { custom_field_options: options.map(([label, value]) => ({ id: store.nextId(), name: label, value })) }),
        ...more,
      })
    }
}

const SOME = 0.4

/** Values of some of a user's fields; lookups point to `someone`. */
export function userFieldValues(random: Random, someone: number): Record<string, Value> {
  return filled(random, {
    loyalty_tier: random.pick(['silver', 'gold', 'plate']),
    seats: random.pick([0, 1, 250, -3, 2_147_483_648]),
    vip: random.chance(0.3),
    birthday: random.pick(['1984-02-29T00:00:00+00:00', '1900-01-01T00:00:00+00:00', '2005-12-31T00:00:00+00:00']),
    ratio: random.pick([0.1, 0.3333333333333333, -12.5, 1e6]),
    interests: random.pick([['music', 'cats'], ['groesse'], []]),
    nickname: random.pick(['', 'Zoë 🦊', '  padded  ', 'x'.repeat(250)]),
    delivery_notes: random.pick(['Ring twice\nthen wait', '<b>3rd floor</b>', 'שער אחורי']),
    customer_no: `C-${random.between(1000, 9999)}`,
    account_manager: String(someone),
  })
}

/** Values of some of an organization's fields; lookups point to `another`, if there is one. */
export function organizationFieldValues(random: Random, another: number | undefined): Record<string, Value> {
  return filled(random, {
    region: random.pick(['emea', 'americas', 'apac']),
    employees: random.pick([1, 120, 250_000, 0]),
    renewal: random.pick(['2025-12-01T00:00:00+00:00', '2030-02-28T00:00:00+00:00']),
    strategic: random.chance(0.5),
    margin: random.pick([0.07, 12.25, -1.5]),
    segments: random.pick([['music'], ['cats', 'groesse']]),
    legal_name: random.pick(['Société Générale de Test, S.A.', 'Ltd & Sons "quoted"']),
    address: random.pick(['Nygade 1\r\n8000 Aarhus', '1 Main St.']),
    vat: `DK${random.between(10_000_000, 99_999_999)}`,
    parent_company: another === undefined ? null : String(another),
  })
}

function filled(random: Random, values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => random.chance(SOME) && value !== null))
}
