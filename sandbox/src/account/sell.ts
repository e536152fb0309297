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

/** A contact's attributes and what each may hold, in their order. */
export const CONTACT: Readonly<Record<string, 'text' | 'number' | 'boolean' | 'address' | 'tags' | 'custom'>> = {
  is_organization: 'boolean',
  owner_id: 'number',
  contact_id: 'number',
  parent_organization_id: 'number',
  name: 'text',
  first_name: 'text',
  last_name: 'text',
  customer_status: 'text',
  prospect_status: 'text',
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
  billing_address: 'address',
  shipping_address: 'address',
  tags: 'tags',
  custom_fields: 'custom',
}

const KEYS = [
  ...['id', 'creator_id', 'owner_id', 'is_organization', 'contact_id', 'parent_organization_id'],
  ...Object.keys(CONTACT).filter((key) => !['is_organization', 'owner_id', 'contact_id'].includes(key)),
  ...['created_at', 'updated_at'],
]

/** A custom field of contacts. */
export type SellField = {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly choices: readonly { readonly id: number; readonly name: string }[]
}

/** The custom fields of contacts; values are keyed by their names. */
export const CONTACT_FIELDS: readonly SellField[] = [
  { id: 600001, name: 'Loyalty tier', type: 'list', choices: ['silver', 'gold'].map((name, at) => ({ id: at, name })) },
  { id: 600002, name: 'audience_status', type: 'string', choices: [] },
  { id: 600003, name: 'external_id', type: 'string', choices: [] },
  { id: 600004, name: 'Größe (m²)', type: 'number', choices: [] },
  { id: 600005, name: 'Newsletter?', type: 'bool', choices: [] },
]

/** The one user of Sell, an administrator. */
export const SELL_USER = 900001

/** Declares Sell's table of contacts. */
export function declareSell(store: Store): void {
  const inOrder = inKeyOrder(...new Set(KEYS))
  store.table('contacts', { ids: 'none', row: (entry) => inOrder({ ...EMPTY, ...entry }) })
}

const EMPTY: Row = {
  ...Object.fromEntries(Object.keys(CONTACT).map((key) => [key, null])),
  ...{ creator_id: SELL_USER, owner_id: SELL_USER, is_organization: false },
  ...{ customer_status: 'none', prospect_status: 'none', tags: [], custom_fields: {} },
}

/** Adds a contact; its name follows from first and last name unless it is an organization. */
export function addContact(store: Store, values: Row): Entry {
  const contacts = store.table('contacts')
  const last = Math.max(
    500_000,
    ...(contacts.deletedIds as ReadonlySet<number>),
    ...Array.from(contacts.all(), ({ id }) => Number(id)),
  )
  return contacts.add({ id: last + 1, version: 1, ...values, ...nameOf(values) })
}

/** Changes a contact. Tags are replaced, custom fields and the rest one by one. */
export function changeContact(store: Store, contact: Entry, values: Row): Entry {
  const fields = { ...(contact['custom_fields'] as Row | undefined), ...(values['custom_fields'] as Row | undefined) }
  const all = { ...values, custom_fields: fields, version: Number(contact['version'] ?? 1) + 1 }
  return store.table('contacts').change(contact.id, { ...all, ...nameOf({ ...contact, ...all }) })
}

function nameOf({ is_organization, name, first_name, last_name }: Row): Row {
  if (is_organization === true) return { name: name ?? null }
  return { name: [first_name, last_name].filter((part) => typeof part === 'string' && part !== '').join(' ') }
}
