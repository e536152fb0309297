import { touch, VOTED, type Voted, vote } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { forbiddenPage } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { articleKind, postKind, smallKind } from './kinds.ts'
import { communityPaths, entryIn, helpCenterPaths, listed, signedIn, withFeature } from './records.ts'

const TABLES = Object.keys(VOTED) as Voted[]

/** Votes on articles, posts and comments: signed-in users vote, and take their votes back. */
export function helpCenterVoteRoutes(served: Served): readonly Family[] {
  const { store } = served
  const [articles, posts] = [articleKind(store), postKind(store)]
  const seen = (kind: typeof articles, parameter: string) => (call: Call) => {
    const entry = entryIn(store.table(kind.table), call, parameter)
    return found(kind.sees?.(entry, call) === false ? undefined : entry)
  }
  const comment = (table: 'article_comments' | 'post_comments', key: string, parent: (call: Call) => Entry) => {
    return (call: Call) => {
      const entry = entryIn(store.table(table), call, 'comment_id')
      return found(entry[key] === parent(call).id ? entry : undefined)
    }
  }
  const article = seen(articles, 'article_id')
  const post = seen(posts, 'post_id')
  const helpCenter: Routes = {
    ...votesOf(served, '/articles/:article_id', 'articles', article),
    ...votesOf(
      served,
      '/articles/:article_id/comments/:comment_id',
      'article_comments',
      comment('article_comments', 'source_id', article),
    ),
    'GET /users/:user_id/votes': (call) => {
      const id =
        call.params['user_id'] === 'me'
          ? signedIn(call).id
          : idOf(call.params['user_id'], 'api/v2/help_center/users/votes')
      found(store.users.get(id))
      const all = TABLES.flatMap((table) => childrenOf(store, VOTED[table].table, 'user_id', id))
      return listed(served, smallKind('article_votes', 'vote', 'votes'), all, call)
    },
    'GET /votes/:id': (call) => {
      const { votes, entry } = voteOf(served, call)
      return { vote: votes.row(entry) }
    },
    'DELETE /votes/:id': (call) => {
      const { votes, entry, item } = voteOf(served, call)
      const user = signedIn(call)
      if (user.role !== 'admin' && entry['user_id'] !== user.id) throw forbiddenPage()
      votes.remove(entry.id)
      const voted = store.table(item).get(entry['item_id'] as number)
      if (voted !== undefined) touch(store, item, voted)
      return noContent()
    },
  }
  const community: Routes = {
    ...votesOf(served, '/posts/:post_id', 'posts', post),
    ...votesOf(
      served,
      '/posts/:post_id/comments/:comment_id',
      'post_comments',
      comment('post_comments', 'post_id', post),
    ),
  }
  const routes = {
    ...helpCenterPaths(withFeature(served, 'help_center', helpCenter)),
    ...communityPaths(withFeature(served, 'community', community)),
  }
  return [{ who: 'anyone', writers: 'end-user', scope: 'hc', routes }]
}

function votesOf(served: Served, path: string, table: Voted, item: (call: Call) => Entry): Routes {
  const { store } = served
  const votes = VOTED[table].table
  const cast = (value: 1 | -1) => (call: Call) => {
    const { id, role } = signedIn(call)
    // Administrators may vote for others.
    const other = (call.body['vote'] as Row | undefined)?.['user_id']
    const user_id = role === 'admin' && typeof other === 'number' && store.users.has(other) ? other : id
    const { vote: entry, isNew } = vote(store, table, item(call), { user_id, value })
    const row = store.table(votes).row(entry)
    // Assumed (fact 368): a vote that only changes answers 200.
    return isNew ? created({ vote: row }, row['url']) : { vote: row }
  }
  return {
    [`GET ${path}/votes`]: (call) =>
      listed(served, smallKind(votes, 'vote', 'votes'), childrenOf(store, votes, 'item_id', item(call).id), call),
    [`POST ${path}/up`]: cast(1),
    [`POST ${path}/down`]: cast(-1),
  }
}

function voteOf({ store }: Served, call: Call) {
  const id = idOf(call.params['id'], 'api/v2/help_center/votes/show')
  const item = found(TABLES.find((table) => store.table(VOTED[table].table).get(id) !== undefined))
  const votes = store.table(VOTED[item].table)
  return { votes, item, entry: found(votes.get(id)) }
}
