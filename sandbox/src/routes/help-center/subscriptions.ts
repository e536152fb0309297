import { touch } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { forbiddenPage, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { smallKind } from './kinds.ts'
import {
  attributes,
  communityPaths,
  entryIn,
  helpCenterPaths,
  isStaff,
  listed,
  signedIn,
  withFeature,
} from './records.ts'

/** Subscriptions to articles, sections, topics and posts. */
export function helpCenterSubscriptionRoutes(served: Served): readonly Family[] {
  const { store } = served
  const ofUser: Routes = {
    'GET /users/:user_id/subscriptions': (call) => {
      const user = signedIn(call)
      const id = call.params['user_id'] === 'me' ? user.id : idOf(call.params['user_id'], 'api/v2/users/subscriptions')
      if (!isStaff(call) && id !== user.id) throw forbiddenPage()
      found(store.users.get(id))
      return listed(served, KIND, childrenOf(store, 'subscriptions', 'user_id', id), call)
    },
  }
  const helpCenter = withFeature(served, 'help_center', {
    ...ofUser,
    ...subscriptionsTo(served, 'articles', 'Article'),
    ...subscriptionsTo(served, 'sections', 'Section'),
  })
  const community = withFeature(served, 'community', {
    ...subscriptionsTo(served, 'topics', 'Topic'),
    ...subscriptionsTo(served, 'posts', 'Post'),
  })
  return [{ who: 'end-user', scope: 'hc', routes: { ...helpCenterPaths(helpCenter), ...communityPaths(community) } }]
}

const KIND = smallKind('subscriptions', 'subscription', 'subscriptions')

function subscriptionsTo(served: Served, table: string, type: string): Routes {
  const { store } = served
  const subscriptions = store.table('subscriptions')
  const content = (call: Call) => entryIn(store.table(table), call, 'content_id')
  // End users see their own ones only.
  const seen = (call: Call) =>
    childrenOf(store, 'subscriptions', 'content_id', content(call).id).filter(
      ({ user_id }) => isStaff(call) || user_id === signedIn(call).id,
    )
  const entryOf = (call: Call): Entry => {
    const id = idOf(call.params['id'], `api/v2/help_center/${table}/subscriptions`)
    return found(seen(call).find((one) => one.id === id))
  }
  const path = `/${table}/:content_id/subscriptions`
  const moved = (call: Call) => {
    if (type === 'Topic' || type === 'Post') touch(store, table, content(call))
  }
  return {
    [`GET ${path}`]: (call) => listed(served, KIND, seen(call), call),
    [`GET ${path}/:id`]: (call) => ({ subscription: subscriptions.row(entryOf(call)) }),
    [`POST ${path}`]: (call) => {
      const source = content(call)
      const sent = (call.body['subscription'] ?? {}) as Row
      const user = signedIn(call)
      // Administrators may subscribe others.
      const user_id = user.role === 'admin' && sent['user_id'] !== undefined ? Number(sent['user_id']) : user.id
      if (!store.users.has(user_id))
        throw recordInvalid({ user_id: [{ description: 'User: is invalid', error: 'InvalidValue' }] })
      const earlier = childrenOf(store, 'subscriptions', 'content_id', source.id).find(
        (one) => one['user_id'] === user_id,
      )
      const entry =
        earlier ??
        subscriptions.add({
          ...{ user_id, content_id: source.id, content_type: type, include_comments: false },
          locale: source['locale'] ?? null,
          ...attributes(sent, ['include_comments', 'source_locale']),
        })
      moved(call)
      const row = subscriptions.row(entry)
      return created({ subscription: row }, row['url'])
    },
    [`DELETE ${path}/:id`]: (call) => {
      subscriptions.remove(entryOf(call).id)
      moved(call)
      return noContent()
    },
  }
}
