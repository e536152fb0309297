import { metricSetId } from '../account/ids.ts'
import type { Ticket } from '../account/model.ts'
import type { Group, Organization, User } from '../account/people/model.ts'
import { compile, type Filters, type Setting, type Test } from './compile.ts'
import { spanOf } from './dates.ts'
import { indexedTicket } from './indexed-ticket.ts'
import { GROUP_FILTERS, ORGANIZATION_FILTERS, USER_FILTERS } from './people.ts'
import type { Term } from './query.ts'
import { TICKET_FILTERS } from './tickets.ts'

/** The kinds of records that search finds. */
export const KINDS = ['ticket', 'user', 'organization', 'group'] as const

/** Name of a kind, as `type:` and `filter[type]` have it. */
export type SearchKind = (typeof KINDS)[number]

/** A record that was found. `created` and `updated` in epoch seconds, as the index knows them. */
export type Hit = { readonly id: number; readonly created: number; readonly updated: number } & (
  | { readonly kind: 'ticket'; readonly record: Ticket }
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'organization'; readonly record: Organization }
  | { readonly kind: 'group'; readonly record: Group }
)

const FIELDS: Readonly<Record<SearchKind, Filters<never>['fields']>> = {
  ticket: TICKET_FILTERS.fields,
  user: USER_FILTERS.fields,
  organization: ORGANIZATION_FILTERS.fields,
  group: GROUP_FILTERS.fields,
}

/** The records of a kind that a query means, newest first, those after a position only (creation in epoch seconds, id). */
export function* find(
  kind: SearchKind,
  terms: readonly Term[],
  setting: Setting,
  after?: readonly [created: number, id: number],
): Generator<Hit> {
  if (kind === 'ticket') return yield* findTickets(terms, setting, after)
  const { users, organizations, groups } = setting.store
  const hits =
    kind === 'user'
      ? among(kind, users.values(), (one) => !one.deleted, compiled(kind, USER_FILTERS, terms, setting), setting)
      : kind === 'organization'
        ? among(
            kind,
            organizations.values(),
            (one) => one.deleted === 0,
            compiled(kind, ORGANIZATION_FILTERS, terms, setting),
            setting,
          )
        : among(kind, groups.values(), (one) => !one.deleted, compiled(kind, GROUP_FILTERS, terms, setting), setting)
  for (const hit of hits) {
    if (after !== undefined && (hit.created > after[0] || (hit.created === after[0] && hit.id <= after[1]))) continue
    yield hit as Hit
  }
}

function* findTickets(
  terms: readonly Term[],
  setting: Setting,
  after: readonly [created: number, id: number] | undefined,
): Generator<Hit> {
  const { store } = setting
  const test = compiled('ticket', TICKET_FILTERS, terms, setting)
  if (test === undefined) return
  const { first, last } = createdBounds(terms, store.clock.now())
  const lastId = after === undefined ? undefined : store.tickets[after[1] - 1]
  const start = after === undefined || after[0] > last ? -last : -after[0]
  const startId = lastId !== undefined && -start === after?.[0] ? metricSetId(lastId) : -1
  for (const ticket of store.order.ticketsByCreation.from(start, startId)) {
    if (ticket.created < first) return
    if (ticket.deleted > 0) continue
    const known = indexedTicket(store, ticket)
    if (known !== undefined && test(known))
      yield { kind: 'ticket', id: ticket.id, created: ticket.created, updated: known.updated, record: ticket }
  }
}

function compiled<T>(
  kind: SearchKind,
  filters: Filters<T>,
  terms: readonly Term[],
  setting: Setting,
): Test<T> | undefined {
  const elsewhere = (field: string) =>
    KINDS.some((other) => other !== kind && Object.hasOwn(FIELDS[other], field)) || field.startsWith('custom_field_')
  return compile(terms, filters, setting, elsewhere)
}

function among<T extends { id: number; created: number; updated: number }>(
  kind: SearchKind,
  records: Iterable<T>,
  live: (record: T) => boolean,
  test: Test<T> | undefined,
  { store }: Setting,
) {
  if (test === undefined) return []
  const hits = []
  for (const record of records) {
    const known = live(record) ? store.people.past.seen(record) : undefined
    if (known !== undefined && test(known))
      hits.push({ kind, id: record.id, created: record.created, updated: known.updated, record })
  }
  return hits.sort((one, other) => other.created - one.created || one.id - other.id)
}

// The creation times between which all matches lie, so that a window of time doesn't walk through all tickets.
function createdBounds(terms: readonly Term[], now: number): { first: number; last: number } {
  let [first, last] = [Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER]
  for (const { field, operator, value, negated } of terms) {
    if (negated || (field !== 'created' && field !== 'created_at')) continue
    const span = spanOf(value, now)
    if (span === undefined) continue
    if (operator === '>' || operator === '>=') first = Math.max(first, span.from)
    if (operator === '<' || operator === '<=') last = Math.min(last, Math.max(span.to, span.from))
  }
  return { first, last }
}
