import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { invalidAttribute, invalidPagination, parameterMissing, Refusal } from '../http/errors.ts'
import type { Call, Family, Routes } from '../http/family.ts'
import { type Asked, linkTo, wholeNumber } from '../http/pages/links.ts'
import { groupRow, organizationRow, userRow } from '../rows/people.ts'
import { ticketRow, WHOLE } from '../rows/ticket.ts'
import type { Setting } from '../search/compile.ts'
import { decodeExportCursor, encodeExportCursor } from '../search/export-cursor.ts'
import { firstValue, parseQuery, type Term } from '../search/query.ts'
import { find, type Hit, KINDS, type SearchKind } from '../search/run.ts'
import { PRIORITIES, STATUSES, TYPES } from '../search/tickets.ts'
import { namesIn } from './parameters.ts'
import { userSideLoads } from './people/user-side-loads.ts'
import type { Served } from './served.ts'
import { sideLoads } from './side-loads.ts'

/** The most rows of a search that can be reached (fact 104). */
const REACHABLE = 1000
const LARGEST_EXPORT = 1000

/** Search: a thousand rows by number, or everything of one kind by cursor. */
export function searchRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes: Routes = {
    'GET /search': (call) => {
      const { query } = call.asked
      const [page, size] = [wholeNumber(query, 'page', 1), wholeNumber(query, 'per_page', 100)]
      if (query.has('page[size]') || page === undefined || page < 1) throw invalidAttribute('page', ROUTE)
      if (size === undefined || size < 1) throw invalidAttribute('per_page', ROUTE)
      const perPage = Math.min(size, 100)
      if (page * perPage > REACHABLE) throw tooMuch()
      const hits = inOrder(matches(call, { store, caller: call.caller }), call.asked)
      const found = hits.slice((page - 1) * perPage, page * perPage)
      const link = (number: number) => linkTo(call.asked, { page: String(number) })
      return {
        ...rows(served, found, call),
        next_page: page * perPage < hits.length ? link(page + 1) : null,
        previous_page: page > 1 ? link(page - 1) : null,
        count: hits.length,
      }
    },
    'GET /search/count': (call) => ({ count: matches(call, { store, caller: call.caller }).length }),
    ...exportRoutes(served),
  }
  return [{ who: 'agent', routes }]
}

function row(store: Store, { kind, record }: Hit): Row {
  const own =
    kind === 'ticket'
      ? ticketRow(store, record, WHOLE)
      : kind === 'user'
        ? userRow(store, record)
        : kind === 'organization'
          ? organizationRow(store, record)
          : groupRow(store, record)
  return { ...own, result_type: kind }
}

function rows(served: Served, hits: readonly Hit[], { asked }: Call): Row {
  const tickets = hits.flatMap((hit) => (hit.kind === 'ticket' ? [hit.record] : []))
  const users = hits.flatMap((hit) => (hit.kind === 'user' ? [hit.record] : []))
  const sideLoaded = {
    ...(users.length > 0 ? userSideLoads(served, users, nested(asked, 'users')) : {}),
    ...(tickets.length > 0 ? sideLoads(served.store, tickets, nested(asked, 'tickets')) : {}),
  }
  return { results: hits.map((hit) => row(served.store, hit)), ...sideLoaded, facets: null }
}

function exportRoutes(served: Served): Routes {
  const { store } = served
  return {
    'GET /search/export': (call) => {
      const { asked, caller } = call
      const { query } = asked
      const kind = KINDS.find((one) => one === query.get('filter[type]'))
      // Assumed (fact 330): the words of these two refusals.
      if (kind === undefined) throw parameterMissing('filter[type]')
      const text = query.get('query') ?? ''
      const terms = parseQuery(text)
      if (terms.some(({ field }) => field === 'type')) throw invalidSearch('type is not allowed in the query')
      const size = wholeNumber(query, 'page[size]', 100)
      if (size === undefined || size < 1) throw invalidPagination('page[size] is not valid')
      if (size > LARGEST_EXPORT) throw invalidPagination(`page[size] cannot be greater than ${LARGEST_EXPORT}`)
      const now = store.clock.nowMs()
      const cursor = query.get('page[after]')
      const request = JSON.stringify([kind, text])
      const at = cursor === null ? undefined : decodeExportCursor(cursor, request, now)
      if (cursor !== null && at === undefined) throw invalidPagination('page[after] is not valid')
      const hits: Hit[] = []
      const after = at === undefined ? undefined : ([at.created / 1000, at.id] as const)
      for (const hit of find(kind, terms, { store, caller }, after)) if (hits.push(hit) > size) break
      const shown = hits.slice(0, size)
      const last = shown.at(-1)
      const next =
        last === undefined
          ? null
          : encodeExportCursor(
              request,
              {
                created: last.created * 1000,
                id: last.id,
                exported: (at?.exported ?? 0) + shown.length,
                sessionStart: at?.sessionStart ?? now,
              },
              now,
            )
      return {
        ...rows(served, shown, call),
        meta: { has_more: hits.length > size, after_cursor: next, before_cursor: null },
        links: { prev: null, next: next === null ? null : linkTo(asked, { 'page[after]': next }) },
      }
    },
  }
}

const ROUTE = 'api/v2/search/index'

// Assumed (fact 348): an empty query means everything.
function matches({ asked }: Call, setting: Setting): Hit[] {
  const terms = parseQuery(asked.query.get('query') ?? '')
  return wantedKinds(terms).flatMap((kind) => [...find(kind, terms, setting)])
}

function wantedKinds(terms: readonly Term[]): readonly SearchKind[] {
  const types = terms.filter(({ field }) => field === 'type')
  const named = types.filter(({ negated }) => !negated).map(({ value }) => value.toLowerCase())
  const unwanted = types.filter(({ negated }) => negated).map(({ value }) => value.toLowerCase())
  return KINDS.filter((kind) => (named.length === 0 || named.includes(kind)) && !unwanted.includes(kind))
}

// Assumed (fact 348): relevance, the order of everything that isn't sorted, is newest first.
function inOrder(hits: readonly Hit[], { query }: Asked): readonly Hit[] {
  const terms = parseQuery(query.get('query') ?? '')
  const by = query.get('sort_by') ?? firstValue(terms, 'order_by', 'sort_by')
  const sign = (query.get('sort_order') ?? firstValue(terms, 'sort', 'sort_order') ?? 'desc') === 'asc' ? 1 : -1
  const rank = SORTS[by ?? ''] ?? (({ created }: Hit) => created)
  return hits.toSorted((one, other) => sign * (rank(one) - rank(other)))
}

const valuesOf = (hit: Hit) => (hit.kind === 'ticket' ? hit.record.values : undefined)
const SORTS: Readonly<Record<string, (hit: Hit) => number>> = {
  created_at: ({ created }) => created,
  created: ({ created }) => created,
  updated_at: ({ updated }) => updated,
  updated: ({ updated }) => updated,
  priority: (hit) => PRIORITIES.indexOf(valuesOf(hit)?.priority ?? ''),
  status: (hit) => STATUSES.indexOf(valuesOf(hit)?.status ?? ''),
  ticket_type: (hit) => TYPES.indexOf(valuesOf(hit)?.type ?? ''),
}

// `include=tickets(users,groups)`: what to side-load for one kind.
function nested({ query, ignored }: Asked, kind: string): ReadonlySet<string> {
  const inner = new RegExp(`\\b${kind}\\(([^)]*)\\)`).exec(query.get('include') ?? '')?.[1] ?? ''
  return namesIn(inner, ignored)
}

function tooMuch(): Refusal {
  return invalidSearch('Requested response size was greater than Search Response Limits')
}

function invalidSearch(text: string): Refusal {
  return new Refusal(422, { error: 'invalid', description: `Invalid search: ${text}` })
}
