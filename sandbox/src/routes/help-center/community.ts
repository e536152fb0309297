import { removeContent } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { forbiddenPage } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { postKind, topicKind } from './kinds.ts'
import {
  attributes,
  communityPaths,
  demandRecord,
  demandText,
  entryIn,
  isStaff,
  listed,
  sentIn,
  shown,
  signedIn,
  withFeature,
} from './records.ts'

const TOPIC = ['name', 'description', 'position', 'manageable_by', 'user_segment_id']
const POST = ['title', 'details', 'topic_id', 'content_tag_ids']
const MODERATED = ['featured', 'pinned', 'closed', 'status', 'author_id', 'created_at']

/** Topics and posts of the community. */
export function communityRoutes(served: Served): readonly Family[] {
  return [
    { who: 'anyone', writers: 'agent', scope: 'hc', routes: guarded(served, topicRoutes(served)) },
    { who: 'anyone', writers: 'end-user', scope: 'hc', routes: guarded(served, postRoutes(served)) },
  ]
}

function guarded(served: Served, routes: Routes): Routes {
  return communityPaths(withFeature(served, 'community', routes))
}

function topicRoutes(served: Served): Routes {
  const { store } = served
  const kind = topicKind(store)
  const topics = store.table('topics')
  return {
    'GET /topics': (call) => listed(served, kind, topics.all(), call),
    'GET /topics/:id': (call) => shown(served, kind, entryIn(topics, call), call),
    'POST /topics': (call) => {
      const sent = sentIn(call, 'topic')
      demandText(sent, 'name')
      const [first] = topics.all()
      const entry = topics.add({
        ...{ description: null, position: 0, community_id: first?.['community_id'] ?? store.brand },
        ...{ manageable_by: 'managers', user_segment_id: null },
        ...attributes(sent, TOPIC),
      })
      const row = topics.row(entry)
      return created({ topic: row }, row['url'])
    },
    'PUT /topics/:id': (call) => {
      const entry = entryIn(topics, call)
      const sent = sentIn(call, 'topic')
      if (sent['name'] !== undefined) demandText(sent, 'name')
      topics.change(entry.id, attributes(sent, TOPIC))
      return shown(served, kind, entry, call)
    },
    'DELETE /topics/:id': (call) => {
      removeContent(store, 'topics', entryIn(topics, call))
      return noContent()
    },
  }
}

function postRoutes(served: Served): Routes {
  const { store } = served
  const kind = postKind(store)
  const posts = store.table('posts')
  const list = (entries: Iterable<Entry>, call: Call) => {
    const status = call.asked.query.get('filter_by')
    // `no_status` is the status `none`.
    const wanted = status === 'no_status' ? 'none' : status
    return listed(
      served,
      kind,
      [...entries].filter((one) => wanted === null || one['status'] === wanted),
      call,
    )
  }
  const mine = (call: Call): Entry => {
    const entry = entryIn(posts, call)
    if (!isStaff(call) && entry['author_id'] !== signedIn(call).id) throw forbiddenPage()
    return entry
  }
  const writable = (call: Call) => (isStaff(call) ? [...POST, ...MODERATED] : POST)
  return {
    'GET /posts': (call) => list(posts.all(), call),
    'GET /posts/:id': (call) => shown(served, kind, entryIn(posts, call), call),
    'GET /topics/:topic_id/posts': (call) => {
      const topic = entryIn(store.table('topics'), call, 'topic_id')
      return list(childrenOf(store, 'posts', 'topic_id', topic.id), call)
    },
    'GET /users/:user_id/posts': (call) => {
      const id =
        call.params['user_id'] === 'me' ? signedIn(call).id : idOf(call.params['user_id'], 'api/v2/users/posts')
      found(store.users.get(id))
      return list(childrenOf(store, 'posts', 'author_id', id), call)
    },
    'POST /posts': (call) => {
      const sent = sentIn(call, 'post')
      demandText(sent, 'title')
      demandRecord(served, 'topics', 'topic_id', sent['topic_id'])
      const entry = posts.add({
        ...{ details: '', author_id: signedIn(call).id, featured: false, pinned: false, closed: false, frozen: false },
        ...{ status: 'none', non_author_editor_id: null, non_author_updated_at: null, content_tag_ids: [] },
        ...attributes(sent, writable(call)),
      })
      const row = shown(served, kind, entry, call)
      return created(row, (row['post'] as Row)['url'])
    },
    'PUT /posts/:id': (call) => {
      const entry = mine(call)
      const sent = sentIn(call, 'post')
      if (sent['title'] !== undefined) demandText(sent, 'title')
      if (sent['topic_id'] !== undefined) demandRecord(served, 'topics', 'topic_id', sent['topic_id'])
      posts.change(entry.id, attributes(sent, writable(call)))
      const by = signedIn(call).id
      if (by !== entry['author_id'])
        Object.assign(entry, { non_author_editor_id: by, non_author_updated_at: entry['updated_at'] })
      return shown(served, kind, entry, call)
    },
    'DELETE /posts/:id': (call) => {
      removeContent(store, 'posts', mine(call))
      return noContent()
    },
  }
}
