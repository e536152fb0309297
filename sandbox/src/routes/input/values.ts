import type { Row, TicketValues } from '../../account/model.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { InputFaults } from './faults.ts'

const TYPES = ['problem', 'incident', 'question', 'task']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']

type Changes = { -readonly [Key in keyof TicketValues]?: TicketValues[Key] }

/** The plain fields of a ticket that was sent, checked; absent ones don't change. */
export function sentValues(store: Store, sent: Row, faults: InputFaults): Changes {
  const changes: Changes = {}
  const has = (key: string) => key in sent && sent[key] !== undefined
  const subject = sent['subject'] ?? sent['raw_subject']
  if (typeof subject === 'string') changes.subject = subject
  if (has('type')) changes.type = oneOf(faults, 'type', sent['type'], TYPES)
  if (has('priority')) changes.priority = oneOf(faults, 'priority', sent['priority'], PRIORITIES)
  if (has('status')) {
    const status = oneOf(faults, 'status', sent['status'], STATUSES)
    if (status !== null) changes.status = status
  }
  if (has('external_id')) changes.external_id = textOrNull(sent['external_id'])
  if (has('due_at')) changes.due_at = time(faults, 'due_at', sent['due_at'])
  if (has('tags')) changes.tags = tagsOf(sent['tags'])
  if (has('problem_id')) changes.problem_id = problem(store, faults, sent['problem_id'])
  if (has('custom_status_id')) takeCustomStatus(store, faults, sent['custom_status_id'], changes)
  const known = <T>(key: string, among: ReadonlyMap<number, T>, fits: (one: T) => boolean) =>
    reference(faults, key, sent[key], (id) => {
      const one = among.get(id)
      return one !== undefined && fits(one)
    })
  if (has('assignee_id')) changes.assignee_id = known('assignee_id', store.users, isAgent)
  if (has('assignee_email')) changes.assignee_id = byEmail(store, faults, sent['assignee_email'])
  if (has('group_id')) changes.group_id = known('group_id', store.groups, (group) => !group.deleted)
  if (has('organization_id'))
    changes.organization_id = known('organization_id', store.organizations, (one) => one.deleted === 0)
  const form = has('ticket_form_id') ? known('ticket_form_id', store.forms, () => true) : null
  if (form !== null) changes.ticket_form_id = form
  const brand = has('brand_id')
    ? reference(faults, 'brand_id', sent['brand_id'], (id) => store.table('brands').get(id) !== undefined)
    : null
  if (brand !== null) changes.brand_id = brand
  return changes
}

/** Tags as Zendesk keeps them: in lower case, split at blanks, each once, in the order of the alphabet. */
export function tagsOf(sent: unknown): readonly string[] {
  const all = (Array.isArray(sent) ? sent : [sent]).flatMap((one) => String(one ?? '').split(/[\s,]+/))
  return [...new Set(all.map((tag) => tag.toLowerCase()).filter((tag) => tag !== ''))].sort()
}

/** A number that was sent as such or as text; undefined for anything else. */
export function numberOf(sent: unknown): number | undefined {
  if (typeof sent === 'number') return Number.isSafeInteger(sent) ? sent : undefined
  return typeof sent === 'string' && /^\d{1,15}$/.test(sent) ? Number(sent) : undefined
}

/** Epoch seconds of a time that was sent; undefined if it is not a valid time. */
export function secondsOf(sent: unknown): number | undefined {
  if (typeof sent !== 'string') return undefined
  const at = Date.parse(sent)
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000)
}

// Assumed (fact 330): the words and codes of the refusals below; the form is that of fact 55.
function oneOf(faults: InputFaults, field: string, sent: unknown, among: readonly string[]): string | null {
  if (sent === null || sent === '') return null
  if (typeof sent === 'string' && among.includes(sent)) return sent
  faults.add(field, `${label(field)}: ${String(sent)} is not valid`, 'InvalidValue')
  return null
}

function reference(faults: InputFaults, field: string, sent: unknown, exists: (id: number) => boolean): number | null {
  if (sent === null || sent === '') return null
  const id = numberOf(sent)
  if (id !== undefined && exists(id)) return id
  faults.add(field.replace(/_id$/, ''), `${label(field)}: is invalid`, 'InvalidValue')
  return null
}

function problem(store: Store, faults: InputFaults, sent: unknown): number | null {
  return reference(faults, 'problem_id', sent, (id) => {
    const one = ticketOf(store, id)
    return one?.deleted === 0 && one.values.type === 'problem'
  })
}

function byEmail(store: Store, faults: InputFaults, sent: unknown): number | null {
  for (const user of store.users.values()) if (isAgent(user) && user.email === sent) return user.id
  faults.add('assignee', 'Assignee: is invalid', 'InvalidValue')
  return null
}

function isAgent(user: { role: string; deleted: boolean }): boolean {
  return user.role !== 'end-user' && !user.deleted
}

// A custom status brings the status that it belongs to.
function takeCustomStatus(store: Store, faults: InputFaults, sent: unknown, changes: Changes): void {
  const id = numberOf(sent)
  const usual = [...store.statuses].find(([, one]) => one === id)?.[0]
  const status = usual ?? store.tables.get('custom_statuses')?.get(id ?? -1)?.['status_category']
  if (id !== undefined && typeof status === 'string') {
    changes.status = status
    changes.custom_status_id = id
  } else faults.add('custom_status_id', 'Custom status: is invalid', 'InvalidValue')
}

function time(faults: InputFaults, field: string, sent: unknown): string | null {
  if (sent === null || sent === '') return null
  const at = secondsOf(sent)
  if (at !== undefined) return isoTime(at)
  faults.add(field, `${label(field)}: is not a valid time`, 'InvalidFormat')
  return null
}

function textOrNull(sent: unknown): string | null {
  return sent === null || sent === '' ? null : String(sent)
}

function label(field: string): string {
  const words = field.replace(/_id$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Whether something that was sent is an object. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
