import type { Row } from '../../account/model.ts'
import type { Membership, Memberships } from '../../account/people/memberships.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Call, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { byId, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { jobLine } from '../settings/job-lines.ts'
import { startJob } from '../settings/job-statuses.ts'
import { duplicate, idIn, sentRow, sentRows } from './person-attributes.ts'

/** A kind of membership, declared: of agents in groups or of users in organizations. */
export type MembershipKind = {
  /** Name of one (`group_membership`) and before its `s` of many. */
  readonly name: string
  /** The key of the group or organization: `group_id`. */
  readonly parentKey: string
  /** The path of the list of one group or organization, such as `/groups/:id/memberships`. */
  readonly nested: string
  readonly all: Memberships
  readonly row: (one: Membership) => Row
  readonly isParent: (id: number) => boolean
  readonly isMember: (user: User) => boolean
  readonly sideLoaded: (items: readonly Membership[], asked: Asked) => Row
  readonly join: (user: number, parent: number, isDefault: boolean) => number
  readonly makeDefault: (id: number) => void
  readonly leave: (id: number) => void
  /** The refusal of a second membership in the same. */
  readonly twice: string
  /** Zendesk's names of the jobs and of their failures: `GroupMembership`. */
  readonly job: string
}

/** The routes that both kinds of memberships have. */
export function membershipRoutes(served: Served, kind: MembershipKind): Routes {
  const { store } = served
  const { name, all, row } = kind
  const [many, route] = [`${name}s`, `api/v2/${name}s`]
  const page = (asked: Asked, sequence: Sequence<Membership>) => {
    const { items, envelope } = listPage(asked, sequence, `${route}/index`)
    return { [many]: items.map(row), ...kind.sideLoaded(items, asked), ...envelope }
  }
  const some = (items: readonly Membership[]) => sorted(items, 'id', 'i', ({ id }) => [id])
  const userIn = ({ params }: Call): User => {
    const user = store.users.get(idOf(params['user_id'], `${route}/index`))
    return found(user?.deleted === false ? user : undefined)
  }
  const parentIn = ({ params }: Call): number => {
    const id = idOf(params['id'], `${route}/index`)
    return found(kind.isParent(id) ? id : undefined)
  }
  const one = (call: Call): Membership => {
    const membership = found(all.get(idOf(call.params['id'], `${route}/show`)))
    const user = call.params['user_id'] === undefined ? undefined : userIn(call)
    return found(user === undefined || membership.user === user.id ? membership : undefined)
  }
  const added = (membership: Membership) => created({ [name]: row(membership) }, row(membership)['url'])
  const removed = (membership: Membership) => {
    kind.leave(membership.id)
    return noContent()
  }
  const whole = (user: User) => {
    const items = all.ofUser(user.id)
    return { [many]: items.map(row), next_page: null, previous_page: null, count: items.length }
  }
  return {
    [`GET /${many}`]: ({ asked }) => page(asked, byId(all.order)),
    [`GET /${many}/show_many`]: ({ asked }) =>
      page(asked, some([...idsIn(asked)].flatMap((id) => all.get(Number(id)) ?? []))),
    [`GET /users/:user_id/${many}`]: (call) => page(call.asked, some(all.ofUser(userIn(call).id))),
    [`GET ${kind.nested}`]: (call) => page(call.asked, some(all.ofParent(parentIn(call)))),
    [`GET /${many}/:id`]: (call) => ({ [name]: row(one(call)) }),
    [`GET /users/:user_id/${many}/:id`]: (call) => ({ [name]: row(one(call)) }),
    [`POST /${many}`]: ({ body }) => added(join(store, kind, sentRow(body, name))),
    [`POST /users/:user_id/${many}`]: (call) => added(join(store, kind, sentRow(call.body, name), userIn(call))),
    [`DELETE /${many}/:id`]: (call) => removed(one(call)),
    [`DELETE /users/:user_id/${many}/:id`]: (call) => removed(one(call)),
    [`PUT /users/:user_id/${many}/:id/make_default`]: (call) => {
      kind.makeDefault(one(call).id)
      return whole(userIn(call))
    },
    [`POST /${many}/create_many`]: ({ body }) =>
      startJob(served, {
        type: `Bulk Create ${kind.job}`,
        items: sentRows(body, many),
        messageOf: (index) => `Creating membership #${index + 1}`,
        act: (sent, index) =>
          jobLine(`${kind.job}CreateFailed`, { index }, () => ({ id: join(store, kind, sent).id, status: 'Created' })),
      }),
    [`DELETE /${many}/destroy_many`]: ({ asked }) =>
      startJob(served, {
        type: `Bulk Delete ${kind.job}`,
        items: [...idsIn(asked)],
        messageOf: (index) => `Deleting membership #${index + 1}`,
        act: (id, index) =>
          jobLine(`${kind.job}DestroyFailed`, { index, action: 'delete' }, () => {
            kind.leave(found(all.get(Number(id))).id)
            return { action: 'delete', id: Number(id), status: 'Deleted', success: true }
          }),
      }),
  }
}

function join(store: Store, kind: MembershipKind, sent: Row, user?: User): Membership {
  const member = user ?? found(store.users.get(idIn(sent, 'user_id') ?? -1))
  const parent = idIn(sent, kind.parentKey) ?? -1
  found(!member.deleted && kind.isMember(member) && kind.isParent(parent) ? parent : undefined)
  // The leading blank of the organizations' text is Zendesk's.
  if (kind.all.ofUser(member.id).some((known) => known.parent === parent)) throw duplicate('user_id', kind.twice)
  return found(kind.all.get(kind.join(member.id, parent, sent['default'] === true)))
}
