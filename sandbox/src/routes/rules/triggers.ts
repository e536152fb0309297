import type { Row } from '../../account/model.ts'
import { conditionsIn } from '../../account/rules/conditions.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { isoTime } from '../../iso-time.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { actionDefinitions, conditionDefinitions } from './definitions.ts'
import { acting, reordered, ruleRoutes, titled } from './routes.ts'
import { triggerCategoryRoutes } from './trigger-categories.ts'

/** Triggers with their revisions, and their categories. */
export function triggerRoutes(served: Served): readonly Family[] {
  const { store } = served

  const routes: Routes = {
    ...ruleRoutes(served, {
      one: 'trigger',
      many: 'triggers',
      label: 'Trigger',
      orders: {
        standard: {
          name: 'position,position,title,id',
          shape: 'iisi',
          key: (entry) => [
            categoryPosition(store, entry),
            Number(entry['position']),
            String(entry['title']),
            Number(entry.id),
          ],
        },
      },
      create: (sent, call) => {
        const values = { active: true, default: false, description: null, position: 9999, ...checked(store, sent) }
        const trigger: Row = { ...values, raw_title: sent['title'] }
        return { ...trigger, revisions: [revision(store, call, trigger, [])] }
      },
      update: (sent, entry, call) => {
        const values = checked(store, sent, entry)
        const changes = 'title' in values ? { ...values, raw_title: values['title'] } : values
        const revisions = (entry['revisions'] as Row[] | undefined) ?? []
        return { ...changes, revisions: [...revisions, revision(store, call, { ...entry, ...changes }, revisions)] }
      },
    }),
    'GET /triggers/definitions': () => ({
      definitions: {
        actions: actionDefinitions(store),
        conditions_all: conditionDefinitions(store),
        conditions_any: conditionDefinitions(store),
      },
    }),
    'PUT /triggers/reorder': ({ body }) => {
      const entries = reordered(served, 'triggers', body['trigger_ids'])
      const rows = entries.map((entry) => triggers(store).row(entry))
      return { triggers: rows, next_page: null, previous_page: null, count: rows.length }
    },
    ...revisionRoutes(served),
  }

  return [
    { who: 'agent', writers: 'admin', routes },
    { who: 'agent', writers: 'admin', routes: triggerCategoryRoutes(served) },
  ]
}

const triggers = (store: Store) => store.table('triggers')

function category(store: Store, sent: Row): string {
  const [first] = store.table('trigger_categories').all()
  const id = sent['category_id'] ?? first?.id
  if (store.table('trigger_categories').get(String(id)) === undefined)
    throw recordInvalid({ category_id: [{ description: 'Category does not exist', error: 'InvalidValue' }] })
  return String(id)
}

function checked(store: Store, sent: Row, entry?: Entry): Row {
  titled(sent, entry === undefined)
  acting(sent, entry === undefined)
  const known = ['title', 'active', 'description', 'position', 'actions'].filter((key) => key in sent)
  const conditions = conditionsIn(sent, entry?.['conditions'] as ReturnType<typeof conditionsIn> | undefined)
  if (conditions.all.length + conditions.any.length === 0)
    throw recordInvalid({ base: [{ description: 'You must select at least one condition', error: 'InvalidValue' }] })
  return {
    ...Object.fromEntries(known.map((key) => [key, sent[key]])),
    conditions,
    ...(entry === undefined || 'category_id' in sent ? { category_id: category(store, sent) } : {}),
  }
}

const revision = (store: Store, call: Call, trigger: Row, before: readonly Row[]): Row => ({
  id: before.length + 1,
  author_id: call.caller.user?.id ?? -1,
  created_at: isoTime(store.clock.now()),
  snapshot: snapshotOf(trigger),
})

const categoryPosition = (store: Store, { category_id }: Entry) =>
  Number(store.table('trigger_categories').get(String(category_id))?.['position'] ?? 0)

function revisionsOf(store: Store, id: string | undefined): Row[] {
  const entry = found(triggers(store).get(idOf(id, 'api/v2/trigger_revisions/index')))
  const revisions = (entry['revisions'] as Row[] | undefined) ?? [
    { id: 1, author_id: -1, created_at: entry['created_at'], snapshot: snapshotOf(entry) },
  ]
  const at = `${store.base}/api/v2/triggers/${entry.id}/revisions`
  return revisions.map((one) => ({ ...one, url: `${at}/${one['id']}.json` }))
}

function revisionRoutes({ store }: Served): Routes {
  return {
    // Assumed (fact 343): revisions come all at once in the envelope of the older cursors.
    'GET /triggers/:id/revisions': ({ params }) => {
      const rows = revisionsOf(store, params['id']).toReversed()
      const none = { after_url: null, before_url: null, after_cursor: null, before_cursor: null }
      return { trigger_revisions: rows, ...none, count: rows.length }
    },
    'GET /triggers/:id/revisions/:revision': ({ params }) => {
      const id = idOf(params['revision'], 'api/v2/trigger_revisions/show')
      return { trigger_revision: found(revisionsOf(store, params['id']).find((one) => one['id'] === id)) }
    },
  }
}

function snapshotOf({ title, description = null, active = true, conditions, actions }: Row): Row {
  return { title, description, conditions, actions, active }
}
