import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { Refusal } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { countRow, found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { belongs, sectionKind, smallKind, topicKind } from './kinds.ts'
import {
  attributes,
  byText,
  demandText,
  entryIn,
  type HelpCenterKind,
  helpCenterPaths,
  listed,
  sentIn,
  signedIn,
  withFeature,
} from './records.ts'

const SEGMENT: Row = {
  ...{ user_type: 'signed_in_users', group_ids: [], organization_ids: [], tags: [], or_tags: [], added_user_ids: [] },
  ...{ groups_agents_only: false },
}

/** User segments and permission groups, which say who may see and edit articles, and content tags. */
export function helpCenterAccessRoutes(served: Served): readonly Family[] {
  const { store } = served
  const segments = smallKind('user_segments', 'user_segment', 'user_segments')
  const groups = smallKind('permission_groups', 'permission_group', 'permission_groups')
  const segment = (call: Call) => entryIn(store.table('user_segments'), call)
  const inSegment: Routes = {
    // Assumed (fact 368): those that the caller may give to content; agents may give all.
    'GET /user_segments/applicable': (call) => listed(served, segments, store.table('user_segments').all(), call),
    'GET /user_segments/:id/sections': (call) => {
      const { id } = segment(call)
      const ids = new Set(childrenOf(store, 'articles', 'user_segment_id', id).map(({ section_id }) => section_id))
      const all = [...store.table('sections').all()].filter((section) => ids.has(section.id))
      return listed(served, sectionKind(store), all, call)
    },
    'GET /user_segments/:id/topics': (call) =>
      listed(served, topicKind(store), childrenOf(store, 'topics', 'user_segment_id', segment(call).id), call),
    'GET /users/:user_id/user_segments': (call) => {
      const id = call.params['user_id'] === 'me' ? signedIn(call).id : idOf(call.params['user_id'], 'api/v2/users')
      const user = found(store.users.get(id))
      const all = [...store.table('user_segments').all()].filter((one) => belongs(user, one))
      return listed(served, segments, all, call)
    },
  }
  const helpCenter = helpCenterPaths(
    withFeature(served, 'help_center', { ...inSegment, ...usual(served, '/user_segments', segments, SEGMENT) }),
  )
  const guide = withFeature(
    served,
    'help_center',
    usual(served, '/guide/permission_groups', groups, { edit: [], publish: [] }),
  )
  return [
    { who: 'agent', writers: 'admin', scope: 'hc', routes: { ...helpCenter, ...guide } },
    { who: 'agent', scope: 'hc', routes: withFeature(served, 'help_center', contentTags(served)) },
  ]
}

function usual(served: Served, path: string, kind: HelpCenterKind, defaults: Row): Routes {
  const table = served.store.table(kind.table)
  const names = ['name', ...Object.keys(defaults)]
  const mine = (call: Call): Entry => {
    const entry = entryIn(table, call)
    // Assumed (fact 368): built-in records can't be changed.
    if (entry['built_in'] === true) throw new Refusal(403, { error: 'Forbidden', description: 'Built-in' })
    return entry
  }
  return {
    [`GET ${path}`]: (call) => {
      const wanted = call.asked.query.get('built_in')
      const all = [...table.all()].filter((one) => wanted === null || String(one['built_in']) === wanted)
      return listed(served, kind, all, call)
    },
    [`GET ${path}/:id`]: (call) => ({ [kind.one]: table.row(entryIn(table, call)) }),
    [`POST ${path}`]: (call) => {
      const sent = sentIn(call, kind.one)
      demandText(sent, 'name')
      return created(
        { [kind.one]: table.row(table.add({ ...defaults, ...attributes(sent, names), built_in: false })) },
        null,
      )
    },
    [`PUT ${path}/:id`]: (call) => {
      const entry = mine(call)
      const sent = sentIn(call, kind.one)
      if (sent['name'] !== undefined) demandText(sent, 'name')
      return { [kind.one]: table.row(table.change(entry.id, attributes(sent, names))) }
    },
    [`DELETE ${path}/:id`]: (call) => {
      table.remove(mine(call).id)
      return noContent()
    },
  }
}

// At most 30 on a page, by cursor, under `records`; times with milliseconds; a 404 without a body.
function contentTags(served: Served): Routes {
  const { store } = served
  const table = store.table('content_tags')
  const kind: HelpCenterKind = {
    ...{ table: 'content_tags', one: 'content_tag', many: 'records', largest: 30 },
    orders: { id: { shape: 's', key: ({ id }) => [String(id)] }, name: { ...byText('name'), shape: 's' } },
  }
  const now = () => new Date(store.clock.nowMs()).toISOString()
  const entryOf = (call: Call) => table.get(call.params['id'] ?? '')
  const missing = () => reply(404)
  return {
    'GET /guide/content_tags': (call) => {
      const prefix = call.asked.query.get('filter[name_prefix]') ?? ''
      const all = [...table.all()].filter(({ name }) => String(name).startsWith(prefix))
      const { asked } = call
      // Assumed (fact 368): without `page[size]` it answers by cursor, too.
      const query = new URLSearchParams(asked.query)
      if (!query.has('page[size]')) query.set('page[size]', '30')
      return listed(served, kind, all, { ...call, asked: { ...asked, query } })
    },
    'GET /guide/content_tags/count': () => countRow(store, table.all()),
    'GET /guide/content_tags/:id': (call) => {
      const entry = entryOf(call)
      return entry === undefined ? missing() : { content_tag: table.row(entry) }
    },
    'POST /guide/content_tags': (call) => {
      const sent = sentIn(call, 'content_tag')
      demandText(sent, 'name')
      return created({ content_tag: table.row(table.add({ name: sent['name'], created_at: now() })) }, null)
    },
    'PUT /guide/content_tags/:id': (call) => {
      const entry = entryOf(call)
      if (entry === undefined) return missing()
      const sent = sentIn(call, 'content_tag')
      demandText(sent, 'name')
      return { content_tag: table.row(table.change(entry.id, { name: sent['name'], updated_at: now() })) }
    },
    'DELETE /guide/content_tags/:id': (call) => {
      const entry = entryOf(call)
      if (entry === undefined) return missing()
      table.remove(entry.id)
      return noContent()
    },
  }
}
