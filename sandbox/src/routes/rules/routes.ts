import { changeInWords, logAudit } from '../../account/audit-log.ts'
import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid, recordNotFound } from '../../http/errors.ts'
import type { Call, Routes } from '../../http/family.ts'
import { noContent, type Reply } from '../../http/reply.ts'
import { flag, idOf } from '../parameters.ts'
import { idsIn, type Operation, type Order, type Resource, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'
import { sideLoadedUsage } from './usage.ts'

/** A kind of rule, declared. */
export type RuleKind = Pick<Resource, 'one' | 'many' | 'orders' | 'create' | 'update' | 'creates' | 'where' | 'row'> & {
  /** As audit logs name it: `Trigger`. */
  readonly label: string
  /** Writes that have no page of their own: `destroy_many` and `update_many` are there for every kind. */
  readonly operations?: readonly Operation[]
}

/** Seconds since the epoch of a record's time. */
export const timeOf = (key: string) => (entry: Entry) => Math.floor(Date.parse(String(entry[key])) / 1000)

/** The orders that lists of rules share, after the one that comes first. */
export const RULE_ORDERS: Readonly<Record<string, Order>> = {
  alphabetical: { name: 'title,id', shape: 'si', key: ({ title, id }) => [String(title), Number(id)] },
  title: { name: 'title,id', shape: 'si', key: ({ title, id }) => [String(title), Number(id)] },
  created_at: { name: 'created_at,id', shape: 'di', key: (entry) => [timeOf('created_at')(entry), Number(entry.id)] },
  updated_at: { name: 'updated_at,id', shape: 'di', key: (entry) => [timeOf('updated_at')(entry), Number(entry.id)] },
  position: { name: 'position,id', shape: 'ii', key: ({ position, id }) => [Number(position), Number(id)] },
}

/** The routes that all kinds of rules have: lists, active rules, a search, and bulk writes that are done at once. */
export function ruleRoutes(served: Served, kind: RuleKind): Routes {
  const { store } = served
  const { many, label, where } = kind
  const path = `/${many}`
  const table = () => store.table(many)
  const audit = { type: 'rule', label: ({ title }: Entry) => `${label}: ${title}` }
  const common = { ...kind, path, table: many, audit, orders: { ...kind.orders, ...RULE_ORDERS } }
  const listed = (passes: (entry: Entry, call: Call) => boolean): Resource => ({
    ...common,
    operations: ['list'],
    where: (entry, call) => passes(entry, call) && where?.(entry, call) !== false && filtered(entry, call),
    row: (row, entry, call) => ({ ...(kind.row?.(row, entry, call) ?? row), ...sideLoadedUsage(store, entry, call) }),
  })
  const list = (at: string, passes: (entry: Entry, call: Call) => boolean): Routes =>
    renamed(resourceRoutes(served, listed(passes)), `GET ${path}`, `GET ${at}`)
  const writable = (call: Call, id: string): Entry => {
    const entry = table().get(idOf(id, `api/v2${path}/update_many`))
    if (entry === undefined || where?.(entry, call) === false) throw recordNotFound()
    return entry
  }
  return {
    ...resourceRoutes(served, {
      ...common,
      operations: ['show', 'create', 'update', 'delete', ...(kind.operations ?? [])],
      row: (row, entry, call) => ({ ...(kind.row?.(row, entry, call) ?? row), ...sideLoadedUsage(store, entry, call) }),
    }),
    ...list(path, () => true),
    ...list(`${path}/active`, ({ active }) => active === true),
    ...list(`${path}/search`, ({ title }, call) => {
      const query = searched(call)
      return String(title).toLowerCase().includes(query.toLowerCase())
    }),
    [`DELETE ${path}/destroy_many`]: (call): Reply => {
      const entries = [...idsIn(call.asked)].map((id) => writable(call, id))
      for (const entry of entries) {
        table().remove(entry.id)
        log(call, 'destroy', entry)
      }
      return noContent()
    },
    [`PUT ${path}/update_many`]: (call): Row => {
      const items = Array.isArray(call.body[many]) ? (call.body[many] as Row[]) : []
      const entries = items.map((item) => writable(call, String(item['id'])))
      for (const [at, { id: _, ...item }] of items.entries()) {
        const entry = entries[at] as Entry
        // Assumed (fact 373): bulk updates take no more than Zendesk's documentation names.
        const known = ['active', 'position', 'category_id'].filter((key) => key in item)
        const changes = Object.fromEntries(known.map((key) => [key, item[key]]))
        const change = changeInWords(entry, changes)
        table().change(entry.id, changes)
        log(call, 'update', entry, change)
      }
      const rows = entries.map((entry) => table().row(entry))
      return { [many]: rows, next_page: null, previous_page: null, count: rows.length }
    },
  }

  function log(call: Call, action: 'update' | 'destroy', entry: Entry, change = ''): void {
    const actor = call.caller.user?.id ?? -1
    logAudit(store, { actor, action, sourceType: 'rule', sourceId: entry.id, sourceLabel: audit.label(entry), change })
  }
}

/** `PUT /{many}/reorder`: the ids in the order that they are to have. Gives the rules that moved. */
export function reordered(served: Served, many: string, ids: unknown): Entry[] {
  const table = served.store.table(many)
  if (!Array.isArray(ids)) throw recordInvalid({ base: [{ description: 'ids: is invalid', error: 'InvalidValue' }] })
  const entries = ids.map((id) => table.get(Number(id)))
  if (entries.includes(undefined)) throw recordNotFound()
  return entries.map((entry, at) => table.change((entry as Entry).id, { position: at + 1 }))
}

/** Refuses a rule without a title, in Zendesk's words. */
export function titled(sent: Row, required = true): void {
  const { title } = sent
  if (title === undefined && !required) return
  if (typeof title !== 'string' || title.trim() === '')
    throw recordInvalid({ title: [{ description: 'Title: cannot be blank', error: 'BlankValue' }] })
}

/** Refuses a rule without actions. */
export function acting(sent: Row, required = true): void {
  const { actions } = sent
  if (actions === undefined && !required) return
  if (!Array.isArray(actions) || actions.length === 0)
    throw recordInvalid({ base: [{ description: 'You must select at least one action', error: 'InvalidValue' }] })
}

// Filters of several lists. A kind of rule that lacks one is not expected to be asked with it.
function filtered(entry: Entry, { asked, caller }: Call): boolean {
  const { query } = asked
  const active = query.get('active')
  if (active !== null && String(entry['active']) !== active) return false
  const category = query.get('category_id')
  if (category !== null && entry['category_id'] !== category) return false
  const macros = query.get('category')
  if (macros !== null && !String(entry['title']).startsWith(`${macros}::`)) return false
  const restriction = entry['restriction'] as Row | null | undefined
  const group = query.get('group_id')
  if (group !== null && !(restriction?.['type'] === 'Group' && groupsOf(restriction).includes(Number(group))))
    return false
  const access = query.get('access')
  if (access === 'personal' && restriction?.['type'] !== 'User') return false
  if ((access === 'shared' || access === 'account') && restriction?.['type'] === 'User') return false
  if (access === 'account' && restriction !== null) return false
  if (flag(asked, 'only_viewable') && restriction?.['type'] === 'Group')
    return caller.user !== undefined && groupsOf(restriction).includes(caller.user.group ?? -1)
  return true
}

/** The groups that a restriction names. */
export function groupsOf(restriction: Row): readonly number[] {
  return (restriction['ids'] as number[] | undefined) ?? [Number(restriction['id'])]
}

/** Whether a caller may see a rule: personal ones are their owner's, agents see those of their groups. */
export function visible(entry: Entry, { caller }: Call): boolean {
  const restriction = entry['restriction'] as Row | null | undefined
  if (restriction === null || restriction === undefined) return true
  if (restriction['type'] === 'User') return restriction['id'] === caller.user?.id
  return caller.user?.role === 'admin' || groupsOf(restriction).includes(caller.user?.group ?? -1)
}

function searched({ asked }: Call): string {
  const query = asked.query.get('query') ?? asked.query.get('filter[title]') ?? ''
  if (query === '') throw recordInvalid({ query: [{ description: 'query: cannot be blank', error: 'BlankValue' }] })
  return query
}

function renamed(routes: Routes, from: string, to: string): Routes {
  const handler = routes[from]
  return handler === undefined ? {} : { [to]: handler }
}
