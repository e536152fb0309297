import { only } from '../../account/key-order.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Support addresses, sharing agreements, targets with their failures, and installed apps. */
export function configurationRoutes(served: Served): readonly Family[] {
  const { store } = served
  const addresses = () => store.table('recipient_addresses')
  const onlyDefault = (brand: unknown, id?: unknown) => {
    for (const one of addresses().all())
      if (one.id !== id && one['brand_id'] === brand && one['default'] === true)
        addresses().change(one.id, { default: false })
  }
  const addressRoutes: Routes = {
    ...resourceRoutes(served, {
      path: '/recipient_addresses',
      one: 'recipient_address',
      many: 'recipient_addresses',
      table: 'recipient_addresses',
      operations: ['list', 'show', 'create', 'update', 'delete'],
      audit: { type: 'recipient_address', label: ({ email }) => `Support address: ${email}` },
      create: (sent) => {
        const { brand_id = store.brand, name = null, email } = sent
        if (typeof email !== 'string' || !email.includes('@'))
          throw invalid('email', 'Email: is invalid', 'InvalidValue')
        if ([...addresses().all()].some((one) => one['email'] === email))
          throw invalid('email', `Email: ${email} has already been taken`, 'DuplicateValue')
        if (sent['default'] === true) onlyDefault(brand_id)
        return {
          brand_id,
          default: sent['default'] === true,
          name,
          email,
          forwarding_status: 'unknown',
          spf_status: 'unknown',
          cname_status: 'unknown',
          domain_verification_status: 'unknown',
          domain_verification_code: String(store.nextId()).padStart(16, '0'),
        }
      },
      update: (sent, { id, brand_id }) => {
        if (sent['default'] === true) onlyDefault(brand_id, id)
        return only(sent, ['name', 'default', 'brand_id'])
      },
      remove: ({ id, ...one }) => {
        if (one['default'] === true) throw invalid('base', 'The default address cannot be deleted', 'InvalidValue')
        addresses().remove(id)
        return undefined
      },
    }),
    'PUT /recipient_addresses/:id/verify': ({ params }) => {
      const { id } = found(addresses().get(idOf(params['id'], 'api/v2/recipient_addresses/verify')))
      addresses().change(id, { forwarding_status: 'waiting' })
      return reply(200, {})
    },
  }
  const agreements = resourceRoutes(served, {
    path: '/sharing_agreements',
    one: 'sharing_agreement',
    many: 'sharing_agreements',
    table: 'sharing_agreements',
    operations: ['list', 'show', 'create', 'update', 'delete'],
    paging: 'whole',
    create: ({ remote_subdomain, name, partner_name = null }) => {
      if (typeof remote_subdomain !== 'string' || remote_subdomain === '')
        throw invalid('remote_subdomain', 'Remote subdomain: cannot be blank', 'BlankValue')
      const both = name ?? `${remote_subdomain} @ Northwind`
      return { name: both, type: 'outbound', status: 'pending', partner_name, remote_subdomain }
    },
    update: (sent) => only(sent, ['status']),
  })
  const targets = resourceRoutes(served, {
    path: '/targets',
    one: 'target',
    many: 'targets',
    table: 'targets',
    operations: ['list', 'show', 'create', 'update', 'delete'],
    paging: 'whole',
    audit: { type: 'target', label: ({ title }) => `Target: ${title}` },
    create: (sent) => {
      for (const name of ['title', 'type'])
        if (typeof sent[name] !== 'string' || sent[name] === '')
          throw invalid(name, `${name}: cannot be blank`, 'BlankValue')
      const { id: _, url: __, created_at: ___, ...values } = sent
      return { active: true, ...values }
    },
    update: ({ type: _, ...changes }) => changes,
  })
  const failures = resourceRoutes(served, {
    path: '/target_failures',
    one: 'target_failure',
    many: 'target_failures',
    table: 'target_failures',
    operations: ['list', 'show'],
    paging: 'whole',
  })
  const apps = () => store.table('app_installations')
  const app = (text: string | undefined) => found(apps().get(idOf(text, 'api/v2/apps/installations/show')))
  // Installations stand in no envelope of their own.
  const installations: Routes = {
    'GET /apps/installations': () => ({ installations: Array.from(apps().all(), apps().row) }),
    'GET /apps/installations/:id': ({ params }) => apps().row(app(params['id'])),
    'POST /apps/installations': ({ body }) => {
      const { app_id, settings = {} } = body
      if (!Number.isInteger(Number(app_id))) throw invalid('app_id', 'App: cannot be blank', 'BlankValue')
      const empty = { enabled: true, paid: false, group_restrictions: [], role_restrictions: [] }
      return reply(201, apps().row(apps().add({ app_id: Number(app_id), product: 'support', settings, ...empty })))
    },
    'PUT /apps/installations/:id': ({ body, params }) =>
      apps().row(
        apps().change(
          app(params['id']).id,
          only(body, ['settings', 'enabled', 'role_restrictions', 'group_restrictions']),
        ),
      ),
    'DELETE /apps/installations/:id': ({ params }) => {
      apps().remove(app(params['id']).id)
      return noContent()
    },
  }
  return [
    { who: 'agent', writers: 'admin', routes: addressRoutes },
    { who: 'agent', writers: 'admin', routes: { ...agreements, ...targets } },
    { who: 'admin', routes: failures },
    { who: 'agent', writers: 'admin', routes: installations },
  ]
}

function invalid(name: string, description: string, error: string) {
  return recordInvalid({ [name]: [{ description, error }] })
}
