import { only } from '../../account/key-order.ts'
import type { Store } from '../../account/store.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

/** Support addresses, sharing agreements, targets with their failures, and installed apps. */
export function configurationRoutes(served: Served): readonly Family[] {
  return [
    { who: 'agent', writers: 'admin', routes: addressRoutes(served) },
    { who: 'agent', writers: 'admin', routes: { ...agreementRoutes(served), ...targetRoutes(served) } },
    { who: 'admin', routes: failureRoutes(served) },
    { who: 'agent', writers: 'admin', routes: installationRoutes(served) },
  ]
}

const addresses = (store: Store) => store.table('recipient_addresses')

function onlyDefault(store: Store, brand: unknown, id?: unknown) {
  for (const one of addresses(store).all())
    if (one.id !== id && one['brand_id'] === brand && one['default'] === true)
      addresses(store).change(one.id, { default: false })
}

const apps = (store: Store) => store.table('app_installations')

const app = (store: Store, text: string | undefined) =>
  found(apps(store).get(idOf(text, 'api/v2/apps/installations/show')))

function addressRoutes(served: Served): Routes {
  const { store } = served
  return {
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
        if ([...addresses(store).all()].some((one) => one['email'] === email))
          throw invalid('email', `Email: ${email} has already been taken`, 'DuplicateValue')
        if (sent['default'] === true) onlyDefault(store, brand_id)
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
        if (sent['default'] === true) onlyDefault(store, brand_id, id)
        return only(sent, ['name', 'default', 'brand_id'])
      },
      remove: ({ id, ...one }) => {
        if (one['default'] === true) throw invalid('base', 'The default address cannot be deleted', 'InvalidValue')
        addresses(store).remove(id)
        return undefined
      },
    }),
    'PUT /recipient_addresses/:id/verify': ({ params }) => {
      const { id } = found(addresses(store).get(idOf(params['id'], 'api/v2/recipient_addresses/verify')))
      addresses(store).change(id, { forwarding_status: 'waiting' })
      return reply(200, {})
    },
  }
}

function agreementRoutes(served: Served): Routes {
  return resourceRoutes(served, {
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
}

function targetRoutes(served: Served): Routes {
  return resourceRoutes(served, {
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
}

function failureRoutes(served: Served): Routes {
  return resourceRoutes(served, {
    path: '/target_failures',
    one: 'target_failure',
    many: 'target_failures',
    table: 'target_failures',
    operations: ['list', 'show'],
    paging: 'whole',
  })
}

// Installations have no envelope of their own.
function installationRoutes(served: Served): Routes {
  const { store } = served
  return {
    'GET /apps/installations': () => ({ installations: Array.from(apps(store).all(), apps(store).row) }),
    'GET /apps/installations/:id': ({ params }) => apps(store).row(app(store, params['id'])),
    'POST /apps/installations': ({ body }) => {
      const { app_id, settings = {} } = body
      if (!Number.isInteger(Number(app_id))) throw invalid('app_id', 'App: cannot be blank', 'BlankValue')
      const empty = { enabled: true, paid: false, group_restrictions: [], role_restrictions: [] }
      return reply(
        201,
        apps(store).row(apps(store).add({ app_id: Number(app_id), product: 'support', settings, ...empty })),
      )
    },
    'PUT /apps/installations/:id': ({ body, params }) =>
      apps(store).row(
        apps(store).change(
          app(store, params['id']).id,
          only(body, ['settings', 'enabled', 'role_restrictions', 'group_restrictions']),
        ),
      ),
    'DELETE /apps/installations/:id': ({ params }) => {
      apps(store).remove(app(store, params['id']).id)
      return noContent()
    },
  }
}

function invalid(name: string, description: string, error: string) {
  return recordInvalid({ [name]: [{ description, error }] })
}
