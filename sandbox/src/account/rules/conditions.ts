import type { Row, Ticket, Value } from '../model.ts'
import type { User } from '../people/model.ts'
import type { Store } from '../store.ts'
import { compared, same, tagged, words } from './operators.ts'
import { lastWriteBy, statusSince, timeOfLast } from './times.ts'

/** One condition of a rule: `{field: 'status', operator: 'less_than', value: 'solved'}`. */
export type Condition = { readonly field: string; readonly operator: string; readonly value: unknown }

/** The conditions of a rule: all of `all`, and one of `any` if there are some. */
export type Conditions = { readonly all: readonly Condition[]; readonly any: readonly Condition[] }

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const PRIORITIES = ['', 'low', 'normal', 'high', 'urgent']
const TYPES = ['', 'question', 'incident', 'problem', 'task']
// Zendesk's numbers of channels.
const CHANNELS: Readonly<Record<string, string>> = {
  web: '0',
  email: '4',
  api: '5',
  rule: '8',
  chat: '29',
  voice: '33',
  mobile: '48',
  sms: '57',
}
/** Conditions on the hours since a ticket came to a status. */
export const SINCE_STATUS: ReadonlySet<string> = new Set(['NEW', 'OPEN', 'PENDING', 'HOLD', 'SOLVED', 'CLOSED'])
/** Conditions on the hours since something happened. */
export const SINCE_EVENT: ReadonlySet<string> = new Set([
  'created_at',
  'updated_at',
  'assigned_at',
  'requester_updated_at',
  'assignee_updated_at',
  'due_date',
])

/** The fields that views can ask for, in addition to `custom_fields_{id}`. */
export const CONDITION_FIELDS: readonly string[] = [
  'status',
  'custom_status_id',
  'type',
  'priority',
  'group_id',
  'assignee_id',
  'requester_id',
  'organization_id',
  'current_tags',
  'brand_id',
  'ticket_form_id',
  'via_id',
  'subject_includes_word',
  'description_includes_word',
  'satisfaction_score',
  'ticket_is_public',
  'support_type',
  ...SINCE_STATUS,
  ...SINCE_EVENT,
]

/** Whether a ticket meets the conditions of a rule, as `caller` sees it. */
export function meets(store: Store, ticket: Ticket, { all, any }: Conditions, caller: User | undefined): boolean {
  const holds = (condition: Condition) => holdsFor(store, ticket, condition, caller)
  return all.every(holds) && (any.length === 0 || any.some(holds))
}

/** The conditions in a body: under `conditions`, or `all` and `any` on their own. */
export function conditionsIn(sent: Row, before: Conditions = { all: [], any: [] }): Conditions {
  const { all = before.all, any = before.any } = { ...sent, ...(sent['conditions'] as Row | undefined) } as Row
  const list = (value: unknown) => (Array.isArray(value) ? (value as Condition[]) : [])
  return { all: list(all), any: list(any) }
}

function holdsFor(store: Store, ticket: Ticket, condition: Condition, caller: User | undefined): boolean {
  const { field, operator, value } = condition
  const { values } = ticket
  const ranked = (ranks: readonly string[], now: string | null) =>
    compared(operator, ranks.indexOf(now ?? ''), ranks.indexOf(String(value ?? '')))
  const custom = /^(?:custom|ticket)_fields_(\d+)$/.exec(field)
  if (custom !== null) return same(operator, customValue(ticket, Number(custom[1])), value)
  if (SINCE_STATUS.has(field))
    return values.status === field.toLowerCase() && hours(store, operator, statusSince(ticket), value)
  switch (field) {
    case 'status':
      return ranked(STATUSES, values.status)
    case 'priority':
      return ranked(PRIORITIES, values.priority)
    case 'type':
      return ranked(TYPES, values.type)
    case 'ticket_type_id':
      return same(operator, String(TYPES.indexOf(values.type ?? '')), value)
    case 'custom_status_id':
    case 'brand_id':
    case 'ticket_form_id':
    case 'organization_id':
      return same(operator, values[field], value)
    case 'group_id':
      return same(operator, values.group_id, value === 'current_groups' ? (caller?.group ?? -1) : value)
    case 'assignee_id':
    case 'requester_id':
      return same(operator, values[field], person(ticket, value, caller))
    case 'current_tags':
      return tagged(operator, values.tags, String(value ?? ''))
    case 'via_id':
      return same(operator, CHANNELS[ticket.audits[0]?.via.channel ?? ''] ?? '5', value)
    case 'subject_includes_word':
      return words(operator, values.subject, String(value))
    case 'description_includes_word': {
      const first = ticket.audits[0]?.events.find((event) => 'body' in event)
      return words(operator, first !== undefined && 'body' in first ? first.body : '', String(value))
    }
    case 'satisfaction_score':
      return same(operator, values.satisfaction_score, value)
    case 'ticket_is_public':
      return same(operator, ticket.isPublic ? 'public' : 'private', value)
    case 'support_type':
      // Assumed (fact 359): as the values of the condition are spelt.
      return same(operator, ticket.rare?.isForAi ? '1' : '0', value)
    case 'created_at':
      return hours(store, operator, ticket.created, value)
    case 'updated_at':
      return hours(store, operator, ticket.updated, value)
    case 'assigned_at':
      return hours(store, operator, timeOfLast(ticket, 'assignee_id'), value)
    case 'requester_updated_at':
      return hours(store, operator, lastWriteBy(ticket, values.requester_id), value)
    case 'assignee_updated_at':
      return hours(store, operator, lastWriteBy(ticket, values.assignee_id), value)
    case 'due_date':
      return hours(store, operator, values.due_at === null ? undefined : Date.parse(values.due_at) / 1000, value)
    default:
      return false
  }
}

function customValue(ticket: Ticket, id: number): Value {
  return ticket.custom[ticket.fieldSet.ids.indexOf(id)] ?? null
}

function person(ticket: Ticket, value: unknown, caller: User | undefined): unknown {
  if (value === 'current_user') return caller?.id ?? -1
  if (value === 'requester_id') return ticket.values.requester_id
  if (value === 'assignee_id') return ticket.values.assignee_id ?? ''
  return value
}

// Assumed (fact 360): business hours are counted as calendar hours.
function hours(store: Store, operator: string, since: number | undefined, value: unknown): boolean {
  if (since === undefined) return false
  const passed = Math.floor(Math.abs(store.clock.now() - since) / 3600)
  return compared(operator, passed, Number(value))
}
