import type { Value } from '../model.ts'

/** The ways in which a user can be known. */
export const IDENTITY_TYPES = [
  'email',
  'twitter',
  'facebook',
  'google',
  'phone_number',
  'agent_forwarding',
  'any_channel',
  'foreign',
  'sdk',
] as const

/** Name of a way in which a user can be known. */
export type IdentityType = (typeof IDENTITY_TYPES)[number]

/** One way in which a user is known; times in epoch seconds, `verified` the time of the verification, 0 for never. */
export type Identity = {
  readonly id: number
  readonly type: IdentityType
  readonly created: number
  value: string
  updated: number
  verified: number
  /** One of each type is. */
  primary: boolean
  /** Of an address: how often mail came back, and whether it can be delivered. */
  undeliverable: number
  state: string
}

/** A user. `deleted` and `permanentlyDeleted` as in the API: the second follows on the first. */
export type User = {
  readonly id: number
  readonly created: number
  /** Name and address at creation, which `via` of a mail keeps for ever. */
  readonly sender: { readonly name: string; readonly address: string }
  name: string
  /** The value of the primary e-mail identity. */
  email: string | null
  updated: number
  role: 'end-user' | 'agent' | 'admin'
  /** As the API has it: 0 custom agent, 1 light agent, 4 administrator; null for end users. */
  roleType: number | null
  customRole: number | null
  restriction: 'organization' | 'groups' | 'assigned' | 'requested' | null
  /** The organization of the default membership. */
  organization: number | null
  /** The group of the default membership. */
  group: number | null
  phone: string | null
  /** The number belongs to another user, too, so that it is no identity. */
  sharedPhone: boolean
  externalId: string | null
  tags: readonly string[]
  alias: string | null
  details: string | null
  notes: string | null
  signature: string | null
  verified: boolean
  suspended: boolean
  deleted: boolean
  permanentlyDeleted: boolean
  lastLogin: number
  photo: boolean
  /** Position in `ZONES`. */
  zone: number
  /** Position in `LOCALES`. */
  locale: number
  /** From another account by a sharing agreement: it can't be changed here. */
  shared: boolean
  /** Values by the fields' keys; those that aren't here are empty. */
  fields: Readonly<Record<string, Value>>
  identities: readonly Identity[]
  /** The user that it was merged into. */
  mergedInto?: number
}

/** An organization; `deleted` is the time of its deletion, 0 for never. */
export type Organization = {
  readonly id: number
  readonly created: number
  updated: number
  deleted: number
  name: string
  externalId: string | null
  domains: readonly string[]
  details: string | null
  notes: string | null
  group: number | null
  sharedTickets: boolean
  sharedComments: boolean
  tags: readonly string[]
  /** Values by the fields' keys; those that aren't here are empty. */
  fields: Readonly<Record<string, Value>>
}

/** A group of agents. */
export type Group = {
  readonly id: number
  readonly created: number
  updated: number
  name: string
  description: string
  readonly default: boolean
  isPublic: boolean
  deleted: boolean
}
