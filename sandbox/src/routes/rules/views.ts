import type { Row } from '../../account/model.ts'
import { CONDITION_FIELDS, type Conditions, conditionsIn } from '../../account/rules/conditions.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { Refusal, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { columnName, type Output } from '../../rows/view.ts'
import { countRow, found, idOf } from '../parameters.ts'
import { idsIn, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'
import { RULE_ORDERS, ruleRoutes, timeOf, titled, visible } from './routes.ts'
import { createViewCounts, type ViewCounts } from './view-counts.ts'
import { executed, previewed, viewTickets } from './view-execution.ts'
import { ticketsOf } from './view-tickets.ts'

const NO_OUTPUT: Output = { columns: [], group_by: null, group_order: null, sort_by: null, sort_order: null }
/** The most views that are counted at once (fact 166). */
const COUNTED = 20

/** Views: their records, their tickets and counts. */
export function viewRoutes(served: Served): readonly Family[] {
  const routes: Routes = {
    ...ruleRoutes(served, {
      one: 'view',
      many: 'views',
      label: 'View',
      creates: 200,
      orders: {
        created_at: {
          name: 'created_at,id',
          shape: 'di',
          key: (entry) => [timeOf('created_at')(entry), Number(entry.id)],
        },
        position: RULE_ORDERS['position'] as (typeof RULE_ORDERS)[string],
      },
      where: visible,
      create: (sent) => {
        const base = { active: true, default: false, position: 9999, description: null, restriction: null }
        return { ...base, ...checked(sent, undefined) }
      },
      update: checked,
    }),
    ...resourceRoutes(served, {
      path: '/views',
      one: 'view',
      many: 'views',
      table: 'views',
      operations: ['show_many'],
      where: visible,
    }),
    ...listRoutes(served),
    ...contentRoutes(served),
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

const views = (store: Store) => store.table('views')

const shown = (store: Store, call: Call) => [...views(store).all()].filter((entry) => visible(entry, call))

function view(store: Store, call: Call): Entry {
  const entry = views(store).get(idOf(call.params['id'], 'api/v2/views/show'))
  return found(entry !== undefined && visible(entry, call) ? entry : undefined)
}

const many = (rows: readonly Row[]): Row => ({
  views: rows,
  next_page: null,
  previous_page: null,
  count: rows.length,
})

const counted = (store: Store, counts: ViewCounts, call: Call, entry: Entry): Row =>
  counts(entry, () => ticketsOf(store, entry as unknown as Parameters<typeof ticketsOf>[1], call).length)

function checked(sent: Row, entry: Entry | undefined): Row {
  titled(sent, entry === undefined)
  const known = ['title', 'active', 'position', 'description', 'restriction'].filter((key) => key in sent)
  const conditions = conditionsIn(sent, entry?.['conditions'] as Conditions | undefined)
  allowed(conditions)
  return {
    ...Object.fromEntries(known.map((key) => [key, sent[key]])),
    ...('title' in sent ? { raw_title: sent['title'] } : {}),
    conditions,
    output: outputIn(sent['output'] as Row | undefined, (entry?.['output'] as Output | undefined) ?? NO_OUTPUT),
  }
}

function listRoutes({ store }: Served): Routes {
  return {
    'GET /views/count': (call) => countRow(store, shown(store, call)),
    // Assumed (fact 373): the compact list is that of the first 32 active views, as they are.
    'GET /views/compact': (call) =>
      many(
        byPosition(shown(store, call).filter(({ active }) => active === true))
          .slice(0, 32)
          .map(views(store).row),
      ),
    'GET /views/shared': (call) =>
      many(
        byPosition(
          shown(store, call).filter(
            ({ active, restriction }) => active === true && (restriction as Row | null)?.['type'] !== 'User',
          ),
        ).map(views(store).row),
      ),
    'PUT /views/reorder': (call) => {
      const ids = call.body['view_order']
      if (!Array.isArray(ids))
        throw recordInvalid({ base: [{ description: 'view_order: is invalid', error: 'InvalidValue' }] })
      const entries = ids.map((id) => found(views(store).get(Number(id))))
      return many(entries.map(({ id }, at) => views(store).row(views(store).change(id, { position: at + 1 }))))
    },
  }
}

function contentRoutes({ store }: Served): Routes {
  const counts = createViewCounts(store)
  return {
    'GET /views/count_many': (call) => {
      // zenpy names the parameter otherwise.
      const ids = idsIn(call.asked, call.asked.query.has('ids') ? 'ids' : 'count_many')
      if (ids.size > COUNTED)
        throw new Refusal(400, {
          error: 'TooManyValues',
          description: `Parameter  cannot specify more than ${COUNTED} values`,
          max_count: COUNTED,
        })
      const rows = shown(store, call).filter(({ id }) => ids.has(String(id)))
      return { view_counts: rows.map((entry) => counted(store, counts, call, entry)) }
    },
    'GET /views/:id/count': (call) => ({ view_count: counted(store, counts, call, view(store, call)) }),
    'GET /views/:id/tickets': (call) => viewTickets(store, view(store, call), call),
    'GET /views/:id/execute': (call) => executed(store, view(store, call), call),
    'GET /views/:id/export': (call) => ({ export: { view_id: view(store, call).id, status: 'starting' } }),
    'GET /views/:id/execution_status': (call) => ({ view_id: view(store, call).id, status: 'ready' }),
    'GET /views/:id/recent_ticket_ids': (call) => ({
      ticket_ids: ticketsOf(store, view(store, call) as unknown as Parameters<typeof ticketsOf>[1], call)
        .slice(0, 10)
        .map(({ id }) => id),
    }),
    'POST /views/preview': (call) => previewed(store, preview(call), call),
    'POST /views/preview/count': (call) => {
      const value = ticketsOf(store, preview(call), call).length
      return { view_count: { view_id: null, url: null, value, pretty: String(value), fresh: true } }
    },
  }
}

function preview({ body }: Call): { conditions: Conditions; output: Output } {
  const sent = (body['view'] as Row | undefined) ?? {}
  const conditions = conditionsIn(sent)
  allowed(conditions)
  return { conditions, output: outputIn(sent['output'] as Row | undefined, NO_OUTPUT) }
}

/** Refuses conditions that would select everything, or whose fields are unknown. */
function allowed({ all, any }: Conditions): void {
  const known = new Set(CONDITION_FIELDS)
  const wrong = [...all, ...any].find(({ field }) => !known.has(field) && !/^(custom|ticket)_fields_\d+$/.test(field))
  if (wrong !== undefined)
    throw recordInvalid({ base: [{ description: `Invalid condition: ${wrong.field}`, error: 'InvalidValue' }] })
  // A view must ask for at least one of these in `all`, so that it does not select every ticket.
  const narrowing = new Set(['status', 'custom_status_id', 'type', 'group_id', 'assignee_id', 'requester_id'])
  if (all.some(({ field }) => narrowing.has(field))) return
  const description =
    'You must select at least one of the following conditions in the all section: status, type, group, assignee, requester'
  throw recordInvalid({ base: [{ description, error: 'InvalidValue' }] })
}

function outputIn(sent: Row | undefined, before: Output): Output {
  if (sent === undefined) return before
  const name = (key: keyof Output) => (key in sent ? (sent[key] === null ? null : columnName(sent[key])) : before[key])
  const columns = Array.isArray(sent['columns']) ? sent['columns'].map(columnName) : before.columns
  const order = (key: 'group_order' | 'sort_order', by: unknown) =>
    (sent[key] as string | undefined) ?? before[key] ?? (by === null ? null : 'desc')
  const [group_by, sort_by] = [name('group_by') as string | null, name('sort_by') as string | null]
  const orders = { group_order: order('group_order', group_by), sort_order: order('sort_order', sort_by) }
  return { columns, group_by, sort_by, ...orders }
}

function byPosition(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => Number(one['position']) - Number(other['position']))
}
