import type { Ticket } from '../account/model.ts'
import { type Filters, flagFilter, rankFilter, tagFilter, timeFilter } from './compile.ts'
import { namedTest, organizationTest, userTest } from './references.ts'
import { sameText, valueTest, wordTest } from './text.ts'

/** The statuses from the first to the last, for `status<solved`. */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
/** The priorities from the lowest to the highest. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent']
/** The types in the order of `sort_by=ticket_type`. */
export const TYPES = ['question', 'incident', 'problem', 'task']

// Names of channels in search, and in `via`.
const CHANNELS: Readonly<Record<string, string>> = {
  mail: 'email',
  phone: 'voice',
  webform: 'web',
  get_satisfaction: 'api',
}

/** The filters of tickets. */
export const TICKET_FILTERS: Filters<Ticket> = {
  fields: {
    created: timeFilter((ticket) => ticket.created),
    created_at: timeFilter((ticket) => ticket.created),
    updated: timeFilter((ticket) => ticket.updated),
    updated_at: timeFilter((ticket) => ticket.updated),
    solved: timeFilter(solvedAt),
    due_date: timeFilter(({ values }) => (values.due_at === null ? 0 : Date.parse(values.due_at) / 1000)),
    status: rankFilter(STATUSES, ({ values }) => values.status),
    priority: rankFilter(PRIORITIES, ({ values }) => values.priority),
    ticket_type: ({ value }) =>
      value === 'none' ? ({ values }) => values.type === null : ({ values }) => sameText(values.type, value),
    tags: tagFilter(({ values }) => values.tags),
    tag: tagFilter(({ values }) => values.tags),
    id:
      ({ value }) =>
      ({ id }) =>
        id === Number(value),
    external_id:
      ({ value }) =>
      ({ values }) =>
        sameText(values.external_id, value),
    subject: ({ value }) => words(value, (ticket, has) => has(ticket.values.subject)),
    description: ({ value }) => words(value, (ticket, has) => has(bodies(ticket).next().value ?? '')),
    comment: ({ value }) => words(value, (ticket, has) => bodies(ticket).some(has)),
    assignee: (term, setting) => by(userTest(term, setting), ({ values }) => values.assignee_id),
    requester: (term, setting) => by(userTest(term, setting), ({ values }) => values.requester_id),
    submitter: (term, setting) => by(userTest(term, setting), ({ submitter }) => submitter),
    commenter: (term, setting) => {
      const test = userTest(term, setting)
      return ({ audits }) => audits.some(({ events }) => events.some((event) => 'body' in event && test(event.author)))
    },
    cc: (term, setting) => {
      const test = userTest(term, setting)
      return ({ copied }) => (copied.length === 0 ? test(null) : copied.some(test))
    },
    organization: (term, setting) => by(organizationTest(term, setting), ({ values }) => values.organization_id),
    group: (term, { store }) => by(namedTest(term, store.groups.values()), ({ values }) => values.group_id),
    brand: (term, { store }) => by(namedTest(term, store.table('brands').all()), ({ values }) => values.brand_id),
    brand_id: (term, { store }) => by(namedTest(term, store.table('brands').all()), ({ values }) => values.brand_id),
    form: (term, { store }) => by(namedTest(term, store.forms.values()), ({ values }) => values.ticket_form_id),
    ticket_form: (term, { store }) => by(namedTest(term, store.forms.values()), ({ values }) => values.ticket_form_id),
    ticket_form_id: (term) => by(namedTest(term, []), ({ values }) => values.ticket_form_id),
    custom_status_id: (term) => by(namedTest(term, []), ({ values }) => values.custom_status_id),
    via: ({ value }) => {
      const channel = CHANNELS[value.toLowerCase()] ?? value.toLowerCase()
      return ({ audits }) => audits[0]?.via.channel === channel
    },
    has_attachment: flagFilter(({ audits }) =>
      audits.some(({ events }) => events.some((event) => 'body' in event && event.files.length > 0)),
    ),
    fieldvalue: ({ value }) => {
      const test = valueTest(value)
      return ({ custom }) => custom.some((one) => one !== null && test(one))
    },
  },
  others: ({ field = '', value }) => {
    const id = /^custom_field_(\d+)$/.exec(field)?.[1]
    if (id === undefined) return undefined
    const test = valueTest(value)
    return ({ fieldSet, custom }) => test(custom[fieldSet.ids.indexOf(Number(id))])
  },
  text: ({ value }) => {
    const has = wordTest(value)
    const number = /^#?\d+$/.test(value) ? Number(value.replace('#', '')) : undefined
    return (ticket) => ticket.id === number || has(ticket.values.subject) || bodies(ticket).some(has)
  },
}

/** When a ticket was solved last, in epoch seconds; 0 if it isn't solved. */
function solvedAt({ audits, values, created }: Ticket): number {
  if (values.status !== 'solved' && values.status !== 'closed') return 0
  for (const { at, events } of audits.toReversed())
    if (events.some((event) => event.type === 'Change' && event.field === 'status' && event.value === 'solved'))
      return at
  return created
}

function* bodies({ audits }: Ticket): Generator<string> {
  for (const { events } of audits) for (const event of events) if ('body' in event) yield event.body
}

function words(value: string, test: (ticket: Ticket, has: (text: string) => boolean) => boolean) {
  const has = wordTest(value)
  return (ticket: Ticket) => test(ticket, has)
}

function by(test: (id: number | null) => boolean, id: (ticket: Ticket) => number | null) {
  return (ticket: Ticket) => test(id(ticket))
}
