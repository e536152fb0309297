import type { Call, Family, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { listIn } from './person-attributes.ts'

/** The tags of users and organizations: read, set, added, taken away. */
export function personTagRoutes({ store, mutations }: Served): readonly Family[] {
  const user = ({ params }: Call) => {
    const one = store.users.get(idOf(params['id'], 'api/v2/tags/index'))
    return found(one?.deleted === false ? one : undefined)
  }
  const organization = ({ params }: Call) => {
    const one = store.organizations.get(idOf(params['id'], 'api/v2/tags/index'))
    return found(one?.deleted === 0 ? one : undefined)
  }
  const routesOf = (
    path: string,
    one: (call: Call) => { readonly id: number; readonly tags: readonly string[] },
    write: (id: number, changes: { tags: readonly string[] }) => void,
  ): Routes => {
    const set = (call: Call, next: (before: readonly string[], sent: readonly string[]) => readonly string[]) => {
      const record = one(call)
      // Removals may name the tags in the address.
      const named = listIn(call.body, 'tags') ?? listIn({ tags: call.asked.query.get('tags') ?? '' }, 'tags') ?? []
      write(record.id, { tags: [...new Set(next(record.tags, named))] })
      return { tags: record.tags }
    }
    return {
      [`GET ${path}/:id/tags`]: (call) => ({ tags: one(call).tags }),
      [`POST ${path}/:id/tags`]: (call) =>
        reply(
          201,
          set(call, (_, sent) => sent),
        ),
      [`PUT ${path}/:id/tags`]: (call) => set(call, (before, sent) => [...before, ...sent]),
      [`DELETE ${path}/:id/tags`]: (call) => {
        set(call, (before, sent) => before.filter((tag) => !sent.includes(tag)))
        return noContent()
      },
    }
  }
  return [
    { who: 'agent', scope: 'users', routes: routesOf('/users', user, mutations.updateUser) },
    {
      who: 'agent',
      scope: 'organizations',
      routes: routesOf('/organizations', organization, mutations.updateOrganization),
    },
  ]
}
