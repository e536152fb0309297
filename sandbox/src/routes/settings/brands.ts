import { only } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { newBrand } from '../../seed/settings/brands.ts'
import { found, idOf } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Where hosts must point to be a brand's. */
const CNAME = 'northwind.zendesk.com'

/** Brands. Deleted ones are not listed. */
export function brandRoutes(served: Served): readonly Family[] {
  const { store } = served
  const brands = () => store.table('brands')
  const live = () => [...brands().all()].filter(({ is_deleted }) => is_deleted !== true)
  const free = (sent: Row, id?: unknown) => {
    const owner = live().find((one) => one.id !== id && one['subdomain'] === sent['subdomain'])
    if (owner !== undefined) throw invalid('subdomain', 'Subdomain: has already been taken', 'DuplicateValue')
  }
  const valid = (host: string): Row => {
    const expected_cnames = [CNAME]
    const cname = host.endsWith('.example') ? CNAME : null
    return cname === null
      ? { is_valid: false, reason: 'wrong_cname', expected_cnames }
      : { is_valid: true, cname, expected_cnames }
  }
  const routes: Routes = {
    ...resourceRoutes(served, {
      path: '/brands',
      one: 'brand',
      many: 'brands',
      table: 'brands',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      audit: { type: 'brand', label: ({ name }) => `Brand: ${name}` },
      where: ({ is_deleted }) => is_deleted !== true,
      create: (sent) => {
        for (const name of ['name', 'subdomain'])
          if (typeof sent[name] !== 'string' || sent[name] === '')
            throw invalid(name, `${name}: cannot be blank`, 'BlankValue')
        free(sent)
        const base = newBrand(String(sent['name']), String(sent['subdomain']))
        return { ...base, ...writable(sent), name: sent['name'] }
      },
      update: (sent, { id }) => {
        if (sent['name'] === '') throw invalid('name', 'name: cannot be blank', 'BlankValue')
        if ('subdomain' in sent) free(sent, id)
        const changes = writable(sent)
        if (changes['default'] !== true) return changes
        for (const one of live())
          if (one['default'] === true && one.id !== id) brands().change(one.id, { default: false })
        return changes
      },
      remove: ({ id, default: first }) => {
        if (first === true) throw invalid('base', 'The default brand cannot be deleted', 'InvalidValue')
        brands().change(id, { is_deleted: true, active: false })
        return undefined
      },
    }),
    // Assumed (fact 379): hosts under `.example` point to this account, others do not.
    'GET /brands/check_host_mapping': ({ asked }) => valid(asked.query.get('host_mapping') ?? ''),
    'GET /brands/:id/check_host_mapping': ({ params }) => {
      const brand = found(brands().get(idOf(params['id'], 'api/v2/brands/check_host_mapping')))
      return valid(String(brand['host_mapping'] ?? ''))
    },
  }
  return [{ who: 'agent', writers: 'admin', routes }]
}

function writable(sent: Row): Row {
  const keys = ['name', 'subdomain', 'host_mapping', 'active', 'default', 'signature_template']
  const values = only(sent, keys)
  const host =
    values['host_mapping'] ?? (values['subdomain'] === undefined ? undefined : `${values['subdomain']}.zendesk.com`)
  return host === undefined ? values : { ...values, brand_url: `https://${host}` }
}

function invalid(name: string, description: string, error: string) {
  return recordInvalid({ [name]: [{ description, error }] })
}
