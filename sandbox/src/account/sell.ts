import { inKeyOrder } from './key-order.ts'
import type { Row } from './model.ts'
import type { Store } from './store.ts'
import type { Entry } from './table.ts'

/** The credentials of Sell's clients. The token never expires; client id and secret are for its OAuth endpoints. */
export const SELL_CREDENTIALS = {
  accessToken: 'sandbox-sell-access-token',
  clientId: 'sandbox-sell-client',
  clientSecret: 'sandbox-sell-secret',
  /** Of the password grant. */
  email: 'admin@example.com',
  password: 'sandbox-sell-password',
} as const

/** What an attribute may hold. */
export type SellType = 'text' | 'number' | 'boolean' | 'address' | 'tags' | 'custom' | 'amount'

/** A kind of record in Sell. */
export type SellKind = {
  /** Its name in paths: `contacts`. */
  readonly many: string
  /** In envelopes and in errors: `contact`. */
  readonly one: string
  /** Its attributes, in their order. */
  readonly attributes: Readonly<Record<string, SellType>>
  readonly fields: readonly SellField[]
  /** Attributes of which one is needed. */
  readonly needs: (whole: Row) => readonly (readonly string[])[]
  /** Whether there is an upsert. */
  readonly upserts: boolean
}

const PERSON = {
  name: 'text',
  first_name: 'text',
  last_name: 'text',
} as const
const REACHED = {
  title: 'text',
  description: 'text',
  industry: 'text',
  website: 'text',
  email: 'text',
  phone: 'text',
  mobile: 'text',
  fax: 'text',
  twitter: 'text',
  facebook: 'text',
  linkedin: 'text',
  skype: 'text',
  address: 'address',
} as const

/** A contact's attributes and what each may hold, in their order. */
const CONTACT: Readonly<Record<string, SellType>> = {
  is_organization: 'boolean',
  owner_id: 'number',
  contact_id: 'number',
  parent_organization_id: 'number',
  ...PERSON,
  customer_status: 'text',
  prospect_status: 'text',
  ...REACHED,
  billing_address: 'address',
  shipping_address: 'address',
  tags: 'tags',
  custom_fields: 'custom',
}

const LEAD: Readonly<Record<string, SellType>> = {
  owner_id: 'number',
  source_id: 'number',
  first_name: 'text',
  last_name: 'text',
  organization_name: 'text',
  status: 'text',
  ...REACHED,
  tags: 'tags',
  custom_fields: 'custom',
}

const DEAL: Readonly<Record<string, SellType>> = {
  name: 'text',
  contact_id: 'number',
  value: 'amount',
  currency: 'text',
  owner_id: 'number',
  source_id: 'number',
  stage_id: 'number',
  loss_reason_id: 'number',
  unqualified_reason_id: 'number',
  estimated_close_date: 'text',
  customized_win_likelihood: 'number',
  hot: 'boolean',
  added_on: 'text',
  last_stage_change_at: 'text',
  tags: 'tags',
  custom_fields: 'custom',
}

const NOTE: Readonly<Record<string, SellType>> = { resource_type: 'text', resource_id: 'number', content: 'text' }

const KEYS = [
  ...['id', 'creator_id', 'owner_id', 'is_organization', 'contact_id', 'parent_organization_id'],
  ...Object.keys(CONTACT).filter((key) => !['is_organization', 'owner_id', 'contact_id'].includes(key)),
  ...['created_at', 'updated_at'],
]

/** A custom field. */
export type SellField = {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly choices: readonly { readonly id: number; readonly name: string }[]
  /** Lists can be filtered by it, unless it says no. */
  readonly filterable?: false
}

/** Custom fields; values are keyed by their names. */
const CONTACT_FIELDS: readonly SellField[] = [
  { id: 600001, name: 'Loyalty tier', type: 'list', choices: ['silver', 'gold'].map((name, at) => ({ id: at, name })) },
  { id: 600002, name: 'audience_status', type: 'string', choices: [] },
  { id: 600003, name: 'external_id', type: 'string', choices: [] },
  { id: 600004, name: 'Größe (m²)', type: 'number', choices: [], filterable: false },
  { id: 600005, name: 'Newsletter?', type: 'bool', choices: [] },
  {
    id: 600006,
    name: 'Interests',
    type: 'multi_select_list',
    choices: ['sailing', 'chess', 'opera'].map((name, at) => ({ id: at, name })),
  },
]
const LEAD_FIELDS: readonly SellField[] = [{ id: 610001, name: 'Score', type: 'number', choices: [] }]
const DEAL_FIELDS: readonly SellField[] = [{ id: 620001, name: 'Renewal date', type: 'date', choices: [] }]

/** Contacts, leads, deals and notes: what each needs is from Sell's own schema. */
export const SELL_KINDS = {
  contacts: {
    many: 'contacts',
    one: 'contact',
    attributes: CONTACT,
    fields: CONTACT_FIELDS,
    needs: ({ is_organization }) => [[is_organization === true ? 'name' : 'last_name']],
    upserts: true,
  },
  leads: {
    many: 'leads',
    one: 'lead',
    attributes: LEAD,
    fields: LEAD_FIELDS,
    needs: () => [['last_name', 'organization_name']],
    upserts: true,
  },
  deals: {
    many: 'deals',
    one: 'deal',
    attributes: DEAL,
    fields: DEAL_FIELDS,
    needs: () => [['name'], ['contact_id']],
    upserts: true,
  },
  notes: {
    many: 'notes',
    one: 'note',
    attributes: NOTE,
    fields: [],
    needs: () => [['resource_type'], ['resource_id'], ['content']],
    upserts: false,
  },
} as const satisfies Readonly<Record<string, SellKind>>

/** The one user of Sell, an administrator. */
export const SELL_USER = 900001

/** Declares Sell's tables. */
export function declareSell(store: Store): void {
  const inOrder = inKeyOrder(...new Set(KEYS))
  store.table('contacts', { ids: 'none', row: (entry) => inOrder({ ...EMPTY, ...entry }) })
  for (const kind of [SELL_KINDS.leads, SELL_KINDS.deals, SELL_KINDS.notes]) {
    const empty = Object.fromEntries(Object.keys(kind.attributes).map((key) => [key, null]))
    const lists = 'tags' in empty ? { tags: [], custom_fields: {}, owner_id: SELL_USER } : {}
    const ordered = inKeyOrder('id', 'creator_id', ...Object.keys(kind.attributes), 'created_at', 'updated_at')
    store.table(kind.many, {
      ids: 'none',
      row: (entry) => ordered({ ...empty, ...lists, creator_id: SELL_USER, ...entry }),
    })
  }
}

const EMPTY: Row = {
  ...Object.fromEntries(Object.keys(CONTACT).map((key) => [key, null])),
  ...{ creator_id: SELL_USER, owner_id: SELL_USER, is_organization: false },
  ...{ customer_status: 'none', prospect_status: 'none', tags: [], custom_fields: {} },
}

/** Ids begin at these, so that no two kinds share one. */
const FIRST: Readonly<Record<string, number>> = { contacts: 500_000, leads: 520_000, deals: 540_000, notes: 560_000 }

/** Adds a record; a contact's name follows from first and last name unless it is an organization. */
export function addToSell(store: Store, kind: SellKind, values: Row): Entry {
  const table = store.table(kind.many)
  const last = Math.max(
    FIRST[kind.many] ?? 0,
    ...(table.deletedIds as ReadonlySet<number>),
    ...Array.from(table.all(), ({ id }) => Number(id)),
  )
  return table.add({ id: last + 1, version: 1, ...stored(kind, values), ...nameOf(kind, values) })
}

/** Changes a record. Tags are replaced, custom fields and the rest one by one. */
export function changeInSell(store: Store, kind: SellKind, record: Entry, values: Row): Entry {
  const version = Number(record['version'] ?? 1) + 1
  const all: Record<string, unknown> = { ...stored(kind, values), version }
  if ('custom_fields' in kind.attributes)
    all['custom_fields'] = {
      ...(record['custom_fields'] as Row | undefined),
      ...(values['custom_fields'] as Row | undefined),
    }
  return store.table(kind.many).change(record.id, { ...all, ...nameOf(kind, { ...record, ...all }) })
}

/** Adds a contact. */
export const addContact = (store: Store, values: Row): Entry => addToSell(store, SELL_KINDS.contacts, values)

/** Changes a contact. */
export const changeContact = (store: Store, contact: Entry, values: Row): Entry =>
  changeInSell(store, SELL_KINDS.contacts, contact, values)

/** Amounts are read back as text, however they came. */
function stored({ attributes }: SellKind, values: Row): Row {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      attributes[name] === 'amount' && typeof value === 'number' ? value.toFixed(2) : value,
    ]),
  )
}

function nameOf({ many }: SellKind, { is_organization, name, first_name, last_name }: Row): Row {
  if (many !== 'contacts') return {}
  if (is_organization === true) return { name: name ?? null }
  return { name: [first_name, last_name].filter((part) => typeof part === 'string' && part !== '').join(' ') }
}
