import type { Row } from '../../account/model.ts'
import type { OauthClient } from '../../account/oauth/model.ts'
import { secretText } from '../../account/oauth/tokens.ts'
import type { Entry } from '../../account/table.ts'
import { forbiddenPage, parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family } from '../../http/family.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { type Resource, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const HALF_HOUR = 1800

/** The management of OAuth clients and tokens under `/api/v2/oauth` (fact 21). */
export function oauthRoutes(served: Served): readonly Family[] {
  return [clients(served), tokens(served), ownToken(served), globalClients(served)]
}

function clients(served: Served): Family {
  const { store, oauth } = served
  const table = () => store.table('oauth_clients')
  // Only a new secret is shown whole.
  const whole = (entry: Entry): Row => ({ client: { ...table().row(entry), secret: entry['secret'] } })
  const clientOf = ({ params }: Call) => found(table().get(idOf(params['id'], 'api/v2/oauth/clients/show')))
  const routes = resourceRoutes(served, {
    path: '/oauth/clients',
    one: 'client',
    many: 'clients',
    table: 'oauth_clients',
    operations: ['list', 'show', 'update'],
    update: (sent, entry) => clientValues(sent, served, entry),
  })
  return {
    who: 'admin',
    routes: {
      ...routes,
      'POST /oauth/clients': ({ body, caller }) => {
        const sent = body['client']
        if (typeof sent !== 'object' || sent === null) throw parameterMissing('client')
        const entry = table().add({
          company: null,
          description: null,
          global: false,
          kind: 'confidential',
          logo_url: null,
          redirect_uri: [],
          secret: newSecret(served),
          user_id: caller.user?.id,
          expires_in: HALF_HOUR,
          scopes: null,
          ...clientValues(sent as Row, served),
        })
        return created(whole(entry), table().row(entry)['url'])
      },
      'PUT /oauth/clients/:id/generate_secret': (call) => {
        const { id } = clientOf(call)
        return whole(table().change(id, { secret: newSecret(served) }))
      },
      'DELETE /oauth/clients/:id': (call) => {
        const { id } = clientOf(call)
        for (const token of [...store.table('oauth_tokens').all()])
          if (token['client_id'] === id) oauth.revoke(token.id as number)
        table().remove(id)
        return noContent()
      },
    },
  }
}

function newSecret({ store }: Served): string {
  return secretText(`secret ${store.nextId()} ${store.clock.nowMs()}`)
}

// The values of a client that was sent, checked.
function clientValues(sent: Row, { oauth }: Served, before?: Entry): Row {
  const blank = (name: string) => ({
    [name]: [{ description: `${label(name)}: cannot be blank`, error: 'BlankValue' }],
  })
  const { name, identifier, kind, redirect_uri, company, description } = { ...before, ...sent } as Row
  if (typeof name !== 'string' || name === '') throw recordInvalid(blank('name'))
  if (typeof identifier !== 'string' || identifier === '') throw recordInvalid(blank('identifier'))
  const other = oauth.clientOf(identifier)
  if (other !== undefined && other.id !== before?.id) {
    const description = `Identifier: ${identifier} has already been taken`
    throw recordInvalid({ identifier: [{ description, error: 'DuplicateValue' }] })
  }
  if (kind !== undefined && kind !== 'public' && kind !== 'confidential')
    throw recordInvalid({ kind: [{ description: 'Kind: is not included in the list', error: 'InvalidValue' }] })
  // One address, or several in lines, as the form in the Admin Center has them.
  const addresses = typeof redirect_uri === 'string' ? redirect_uri.split(/\s+/).filter(Boolean) : redirect_uri
  const given = { name, identifier, kind, redirect_uri: addresses, company, description }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function label(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function tokens(served: Served): Family {
  const { store, oauth } = served
  const table = () => store.table('oauth_tokens')
  const owns = (entry: Entry, { caller }: Call) => entry['user_id'] === caller.user?.id || caller.user?.role === 'admin'
  const resource: Resource = {
    path: '/oauth/tokens',
    one: 'token',
    many: 'tokens',
    table: 'oauth_tokens',
    operations: ['show'],
    where: owns,
  }
  const listed = (call: Call) => {
    const { query } = call.asked
    const all = query.get('all') === 'true'
    if (all && call.caller.user?.role !== 'admin') throw forbiddenPage()
    const client = query.get('client_id') ?? query.get('global_client_id')
    return [...table().all()].filter(
      (entry) =>
        (all || client !== null ? owns(entry, call) : entry['user_id'] === call.caller.user?.id) &&
        (client === null || String(entry['client_id']) === client),
    )
  }
  return {
    who: 'end-user',
    routes: {
      ...resourceRoutes(served, resource),
      'GET /oauth/tokens': (call) => {
        const { items, envelope } = listPage(call.asked, byPosition(listed(call)), 'api/v2/oauth/tokens/index')
        return { tokens: items.map(table().row), ...envelope }
      },
      'POST /oauth/tokens': ({ body, caller }) => {
        const { client_id, scopes } = (body['token'] ?? {}) as Row
        const client = found(store.table('oauth_clients').get(Number(client_id))) as unknown as OauthClient
        if (!Array.isArray(scopes) || scopes.length === 0)
          throw recordInvalid({ scopes: [{ description: 'Scopes: cannot be blank', error: 'BlankValue' }] })
        const life = { access: client.expires_in, refresh: null }
        const { id, value } = oauth.mint({ client, user: caller.user?.id ?? -1, scopes: scopes.map(String), life })
        const row = table().row(found(table().get(id)))
        return created({ token: { ...row, full_token: value } }, row['url'])
      },
      'DELETE /oauth/tokens/:id': (call) => {
        const entry = found(table().get(idOf(call.params['id'], 'api/v2/oauth/tokens/destroy')))
        if (!owns(entry, call)) throw forbiddenPage()
        oauth.revoke(entry.id as number)
        return noContent()
      },
    },
  }
}

// Assumed (fact 375): every token may show and revoke itself, whatever its scopes are. Who calls without one
// has none.
function ownToken({ store, oauth }: Served): Family {
  const table = () => store.table('oauth_tokens')
  const own = ({ caller }: Call) => found(table().get(caller.token ?? -1))
  return {
    who: 'end-user',
    anyScope: true,
    routes: {
      'GET /oauth/tokens/current': (call) => ({ token: table().row(own(call)) }),
      'DELETE /oauth/tokens/current': (call) => {
        oauth.revoke(own(call).id as number)
        return noContent()
      },
    },
  }
}

// Of a global client other accounts see no more than what users are asked to approve.
function globalClients({ store }: Served): Family {
  const globals = () => [...store.table('oauth_clients').all()].filter((client) => client['global'] === true)
  return {
    who: 'admin',
    routes: {
      'GET /oauth/global_clients': ({ asked }) => {
        const { items, envelope } = listPage(asked, byPosition(globals()), 'api/v2/oauth/global_clients/index')
        const row = ({ company, description, id, identifier, logo_url, name }: Entry) => ({
          company,
          description,
          id,
          identifier,
          logo_url,
          name,
        })
        return { global_clients: items.map(row), ...envelope }
      },
    },
  }
}
