import type { BusinessHours } from './service-levels/business-hours.ts'

/**
 * The account's data, stored compactly: the API's rows are built from it on demand (`rows/`).
 * All times are epoch seconds (UTC), ids are numbers, and values stand as the ticket has them (an id is a number here,
 * text in an audit).
 */

/** A row as the API gives it. */
export type Row = Record<string, unknown>

/** The value of a ticket's field. */
export type Value = string | number | boolean | null | readonly string[]

/** The ticket's fields whose changes are in audits, under the names that the API has for them. */
export type TicketValues = {
  subject: string
  type: string | null
  priority: string | null
  status: string
  requester_id: number
  assignee_id: number | null
  group_id: number | null
  organization_id: number | null
  brand_id: number
  ticket_form_id: number
  custom_status_id: number
  tags: readonly string[]
  due_at: string | null
  problem_id: number | null
  external_id: string | null
  satisfaction_score: string
}

/** A business rule that can act on tickets. */
export type Rule = { readonly id: number; readonly title: string; readonly kind: 'trigger' | 'automation' }

/** How an audit came about: a channel, or a rule, or a merge, or as the follow-up of a closed ticket (its id). */
export type Via = {
  readonly channel: string
  readonly rule?: Rule
  readonly merge?: readonly number[]
  /** The ticket that is followed up, with its subject of then. */
  readonly followUp?: { readonly id: number; readonly subject: string | null }
}

/** Where a request came from, as in `metadata.system`; empty for the system itself. */
export type Origin = Readonly<Record<string, string | number>>

/** A file at a comment. */
export type File = {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly width: number | null
  /** The id of an uploaded file; the ids of the others follow from their comment's. */
  readonly id?: number
  /** Shown in the comment's text: lists leave it out unless it is asked for. */
  readonly inline?: true
}

/** One thing that an audit did. Its id is the audit's id plus 128 for each event before and including it. */
export type TicketEvent =
  | { readonly type: 'Create'; readonly field: string; readonly value: Value }
  | { readonly type: 'Change'; readonly field: string; readonly value: Value; readonly previous: Value }
  | CommentEvent
  | { readonly type: 'Notification'; readonly rule: Rule; readonly recipients: readonly number[] }
  | { readonly type: 'Cc'; readonly recipients: readonly number[] }
  | OtherEvent
  | SlaEvent

/** An event that changes no field: `kind` is its type in the API, `values` all else but id and type. */
export type OtherEvent = { readonly type: 'Other'; readonly kind: string; readonly values: Row }

/** A target of an SLA policy for one metric of a ticket: the metric's name is the policy's. */
export type SlaTarget = {
  readonly seconds: number
  readonly minutes: number
  readonly isInBusinessHours: boolean
  readonly policy: SlaPolicy
}

/** An SLA policy as metric events show it. */
export type SlaPolicy = { readonly id: number; readonly title: string; readonly description: unknown }

/** A target of a ticket that began, changed or ended (null); the field is the metric. `sla_policy`: the policy's title. */
export type SlaEvent = {
  readonly type: 'Sla'
  readonly field: string
  readonly value: SlaTarget | string | null
  readonly previous: SlaTarget | string | null
  /** The policy that it came with, or went with. */
  readonly policy: SlaPolicy
}

/** A comment; with `call` it is a VoiceComment. */
export type CommentEvent = {
  readonly type: 'Comment' | 'VoiceComment'
  readonly author: number
  readonly body: string
  readonly public: boolean
  readonly files: readonly File[]
  readonly call?: PhoneCall
  /** It was public when it was written: metrics go on counting it as a reply. */
  readonly wasPublic?: true
  /** The HTML, if it was written as HTML; `body` is its text. */
  readonly html?: string
}

/** A phone call: E.164 numbers, start in epoch seconds, duration in seconds. */
export type PhoneCall = {
  readonly from: string
  readonly to: string
  readonly start: number
  readonly duration: number
  readonly answeredBy: number | null
}

/** One write to a ticket: who, when, how, and the events. */
export type Audit = {
  id: number
  readonly ticket: Ticket
  readonly at: number
  readonly author: number
  readonly via: Via
  readonly origin: Origin
  events: readonly TicketEvent[]
  /** By which its ticket is measured from then on. */
  readonly hours: BusinessHours
  /** The writer's `metadata.custom`. */
  readonly custom?: Row
}

/** The custom ticket fields that existed at one time; a ticket that was written then shows these. */
export type FieldSet = { readonly ids: readonly number[]; readonly empty: readonly Value[] }

/** A ticket with its whole history. `closed` and `deleted` are epoch seconds, 0 for never. */
export type Ticket = {
  readonly id: number
  readonly created: number
  readonly submitter: number
  readonly values: TicketValues
  audits: Audit[]
  updated: number
  /** Position in the export: moves with every change, also with those that leave `updated` alone. */
  generated: number
  fieldSet: FieldSet
  custom: Value[]
  copied: readonly number[]
  hasIncidents: boolean
  isPublic: boolean
  closed: number
  archived: boolean
  deleted: number
  deletedBy: number
  scrubbed: boolean
  /** The schedule that a trigger set; undefined: the account's first. */
  schedule: number | undefined
  /** What SLA policies ask of it now; undefined if nothing ever. */
  service: Service | undefined
  /** Properties that few tickets have. */
  rare?: Rare
}

/** The SLA policy that a ticket is under, and its targets by metric. */
export type Service = {
  readonly policy: SlaPolicy | undefined
  readonly targets: Readonly<Record<string, SlaTarget>>
}

/** Properties that few tickets have: followers, follow-ups and the ticket that they follow up, words of a rating. */
export type Rare = {
  readonly followers?: readonly number[]
  readonly followUps?: readonly number[]
  readonly followUpOf?: number
  readonly ratingComment?: string
  /** Place of the reason among the account's satisfaction reasons. */
  readonly ratingReason?: number
  /** Ids of sharing agreements. */
  readonly shared?: readonly number[]
  /** An AI agent serves it: exports leave it out unless they are asked for such tickets. */
  readonly isForAi?: true
}

/** An option of a tagger or multiselect field. */
export type Option = { readonly id: number; readonly name: string; readonly value: string; readonly default: boolean }

/** A ticket field, system or custom. `removable` is true for custom fields. */
export type Field = {
  readonly id: number
  readonly created: number
  readonly type: string
  readonly removable: boolean
  updated: number
  title: string
  description: string
  position: number
  active: boolean
  required: boolean
  options: readonly Option[]
  /** Values of the keys that only fields of some types have, as the API gives them. */
  extra: Row
}

/** A ticket form with the rows of its conditions as the API gives them. */
export type Form = {
  readonly id: number
  readonly created: number
  updated: number
  name: string
  position: number
  active: boolean
  default: boolean
  displayName: string
  endUserVisible: boolean
  /** Brands that have it; all if empty. */
  brands: readonly number[]
  fields: readonly number[]
  agentConditions: readonly Row[]
  endUserConditions: readonly Row[]
}
