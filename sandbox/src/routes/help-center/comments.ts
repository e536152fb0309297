import { removeContent, touch } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { forbiddenPage, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { articleKind, commentKind, postKind } from './kinds.ts'
import {
  attributes,
  communityPaths,
  demandText,
  entryIn,
  type HelpCenterKind,
  helpCenterPaths,
  isStaff,
  listed,
  sentIn,
  shown,
  signedIn,
  withFeature,
} from './records.ts'

type Commented = {
  readonly table: 'article_comments' | 'post_comments'
  readonly parents: 'articles' | 'posts'
  readonly key: 'source_id' | 'post_id'
  readonly parentKind: HelpCenterKind
}

/** Comments on articles and posts: signed-in users write them, and change their own. */
export function helpCenterCommentRoutes(served: Served): readonly Family[] {
  const { store } = served
  const onArticles = commentRoutes(served, {
    table: 'article_comments',
    parents: 'articles',
    key: 'source_id',
    parentKind: articleKind(store),
  })
  const onPosts = commentRoutes(served, {
    table: 'post_comments',
    parents: 'posts',
    key: 'post_id',
    parentKind: postKind(store),
  })
  const ofUser = (table: Commented['table']) => (call: Call) => {
    const user = call.params['user_id'] === 'me' ? signedIn(call) : undefined
    const id = user?.id ?? idOf(call.params['user_id'], 'api/v2/help_center/users/comments')
    if (user === undefined) found(store.users.get(id))
    return listed(served, commentKind(store, table), childrenOf(store, table, 'author_id', id), call)
  }
  const articlePaths = helpCenterPaths(
    withFeature(served, 'help_center', { ...onArticles, 'GET /users/:user_id/comments': ofUser('article_comments') }),
  )
  const postPaths = communityPaths(
    withFeature(served, 'community', { ...onPosts, 'GET /users/:user_id/comments': ofUser('post_comments') }),
  )
  return [{ who: 'anyone', writers: 'end-user', scope: 'hc', routes: { ...articlePaths, ...postPaths } }]
}

function commentRoutes(served: Served, { table, parents, key, parentKind }: Commented): Routes {
  const { store } = served
  const kind = commentKind(store, table)
  const comments = store.table(table)
  const parentOf = (call: Call): Entry => {
    const parent = entryIn(store.table(parents), call, 'parent_id')
    return found(parentKind.sees?.(parent, call) === false ? undefined : parent)
  }
  const commentOf = (call: Call): Entry => {
    const parent = parentOf(call)
    const comment = entryIn(comments, call)
    return found(comment[key] === parent.id ? comment : undefined)
  }
  const mine = (call: Call): Entry => {
    const comment = commentOf(call)
    if (!isStaff(call) && comment['author_id'] !== call.caller.user?.id) throw forbiddenPage()
    return comment
  }
  const path = `/${parents}/:parent_id/comments`
  return {
    [`GET ${path}`]: (call) => listed(served, kind, childrenOf(store, table, key, parentOf(call).id), call),
    [`GET ${path}/:id`]: (call) => shown(served, kind, commentOf(call), call),
    [`POST ${path}`]: (call) => {
      const parent = parentOf(call)
      const sent = sentIn(call, 'comment')
      demandText(sent, 'body')
      demandOpen(parent)
      const user = signedIn(call)
      const particular =
        table === 'article_comments'
          ? { source_type: 'Article', locale: localeFor(parent, sent, call) }
          : { official: isStaff(call) && sent['official'] === true }
      const entry = comments.add({
        body: sent['body'],
        // Administrators may write, and date, for others.
        author_id: user.role === 'admin' ? authorOf(served, sent, user.id) : user.id,
        [key]: parent.id,
        ...particular,
        non_author_editor_id: null,
        non_author_updated_at: null,
        ...(user.role === 'admin' ? attributes(sent, ['created_at']) : {}),
      })
      touch(store, parents, parent)
      const row = comments.row(entry)
      return created({ comment: row }, row['url'])
    },
    [`PUT ${path}/:id`]: (call): Row => {
      const comment = mine(call)
      const sent = sentIn(call, 'comment')
      if (sent['body'] !== undefined) demandText(sent, 'body')
      const official = table === 'post_comments' && isStaff(call) ? ['official'] : []
      const change = comments.change(comment.id, attributes(sent, ['body', ...official]))
      if (call.caller.user?.id !== comment['author_id'])
        Object.assign(change, {
          non_author_editor_id: call.caller.user?.id,
          non_author_updated_at: change['updated_at'],
        })
      // Assumed (fact 366): an edited comment moves its article or post, as a new one does.
      touch(store, parents, parentOf(call))
      return { comment: comments.row(comment) }
    },
    [`DELETE ${path}/:id`]: (call) => {
      const comment = mine(call)
      const parent = parentOf(call)
      removeContent(store, table, comment)
      touch(store, parents, parent)
      return noContent()
    },
  }
}

function authorOf({ store }: Served, sent: Row, fallback: number): number {
  const id = sent['author_id']
  if (id === undefined) return fallback
  if (typeof id !== 'number' || !store.users.has(id))
    throw recordInvalid({ author_id: [{ description: 'Author: is invalid', error: 'InvalidValue' }] })
  return id
}

// Assumed (fact 330): the words of the refusal of closed comments.
function demandOpen(parent: Entry): void {
  if (parent['comments_disabled'] === true || parent['closed'] === true)
    throw recordInvalid({ base: [{ description: 'Comments are closed', error: 'InvalidValue' }] })
}

function localeFor(article: Entry, sent: Row, call: Call): unknown {
  return sent['locale'] ?? call.params['locale'] ?? article['source_locale']
}
