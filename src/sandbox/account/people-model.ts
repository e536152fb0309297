import type { Value } from './model.ts'

/** A user. `deleted` and `permanentlyDeleted` as in the API: the second follows on the first. */
export type User = {
  readonly id: number
  readonly created: number
  /** Name and address at creation: what `via` of a mail keeps for ever. */
  readonly sender: { readonly name: string; readonly address: string }
  name: string
  email: string | null
  updated: number
  role: 'end-user' | 'agent' | 'admin'
  organization: number | null
  group: number | null
  phone: string | null
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
  zone: number
  fields: Readonly<Record<string, Value>>
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
  tags: readonly string[]
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
  deleted: boolean
}
