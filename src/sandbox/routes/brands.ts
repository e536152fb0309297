import { recordInvalid } from '../http/errors.ts'
import { resourceRoutes } from './resource.ts'
import type { Family, Served } from './route.ts'

/** Brands. */
export function brandRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes = resourceRoutes(served, {
    path: '/brands',
    one: 'brand',
    many: 'brands',
    table: 'brands',
    operations: ['list', 'show', 'create', 'update', 'delete'],
    where: ({ is_deleted }) => is_deleted !== true,
    create: (sent) => {
      for (const name of ['name', 'subdomain'])
        if (typeof sent[name] !== 'string' || sent[name] === '')
          throw recordInvalid({ [name]: [{ description: `${name}: cannot be blank`, error: 'BlankValue' }] })
      return { active: true, default: false, is_deleted: false, has_help_center: false, logo: null, ...sent }
    },
    remove: ({ id }) => {
      store.table('brands').change(id, { is_deleted: true, active: false })
      return undefined
    },
  })
  return [{ who: 'agent', writers: 'admin', routes }]
}
