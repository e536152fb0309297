import { only } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import { Refusal } from '../../http/errors.ts'
import type { Routes } from '../../http/family.ts'
import { included } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Categories of triggers, whose ids are text. */
export function triggerCategoryRoutes(served: Served): Routes {
  const { store } = served
  const triggers = (id: unknown) => [...store.table('triggers').all()].filter((one) => one['category_id'] === id)
  return {
    ...resourceRoutes(served, {
      path: '/trigger_categories',
      one: 'trigger_category',
      many: 'trigger_categories',
      table: 'trigger_categories',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      textIds: true,
      updates: 'PATCH',
      creates: 200,
      orders: {
        position: { name: 'position,id', shape: 'is', key: ({ position, id }) => [Number(position), String(id)] },
        name: { name: 'name,id', shape: 'ss', key: ({ name, id }) => [String(name), String(id)] },
        created_at: {
          name: 'created_at,id',
          shape: 'ss',
          key: ({ created_at, id }) => [String(created_at), String(id)],
        },
        updated_at: {
          name: 'updated_at,id',
          shape: 'ss',
          key: ({ updated_at, id }) => [String(updated_at), String(id)],
        },
      },
      row: (row, { id }, { asked }) => {
        if (!included(asked).has('rule_counts')) return row
        const mine = triggers(id)
        const active = mine.filter((one) => one['active'] === true).length
        return { ...row, active_count: active, inactive_count: mine.length - active }
      },
      create: (sent) => {
        named(sent)
        const { name, position = store.table('trigger_categories').size() + 1 } = sent
        return { id: String(store.nextId()), name, position }
      },
      update: (sent) => {
        if ('name' in sent) named(sent)
        return only(sent, ['name', 'position'])
      },
      remove: ({ id }) => {
        if (triggers(id).length > 0)
          throw invalid('TriggerCategoryNotEmpty', 'The category still has triggers and cannot be deleted')
        store.table('trigger_categories').remove(id)
        return undefined
      },
    }),
  }
}

function named({ name }: Row): void {
  if (typeof name !== 'string' || name.trim() === '') throw invalid('BlankValue', 'name: cannot be blank')
}

// Assumed (fact 330): the status and the words; newer endpoints refuse with a list of errors.
function invalid(code: string, title: string): Refusal {
  return new Refusal(422, { errors: [{ code, title }] })
}
