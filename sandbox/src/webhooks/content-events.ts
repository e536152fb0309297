import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { Entry, Id } from '../account/table.ts'
import { isoTime } from '../iso-time.ts'
import type { ZenEvent } from './model.ts'

/** An event by its name after the kind: `published`. */
type ContentEvent = [type: string, event: Row]

/** A table whose changes are events of articles or posts. */
type Watched = {
  readonly table: string
  readonly kind: 'article' | 'community_post'
  /** The article or post that a record belongs to; undefined if no event reports it. */
  readonly about: (store: Store, entry: Entry) => Id | undefined
  /** What is compared. */
  readonly values: (entry: Entry) => Row
  /** `before` is undefined for a new record, `now` for a deleted one. */
  readonly events: (before: Row | undefined, now: Row | undefined, id: Id) => readonly ContentEvent[]
}

const idOfIt = (_: Store, { id }: Entry): Id => id
const parent =
  (field: string) =>
  (_: Store, entry: Entry): Id =>
    entry[field] as Id

// Assumed (fact 377): the shapes of these events; an article that is archived was unpublished, and so was a post that is deleted.
const articleEvents: Watched['events'] = (before, now) => {
  const isOut = (row: Row | undefined) => row !== undefined && row['draft'] !== true
  const events: ContentEvent[] = []
  if (isOut(before) !== isOut(now)) events.push([isOut(now) ? 'published' : 'unpublished', {}])
  if (before && now && before['author_id'] !== now['author_id'])
    events.push(['author_changed', { current: String(now['author_id']), previous: String(before['author_id']) }])
  return events
}

const postEvents: Watched['events'] = (before, now) => {
  if (before === undefined) return [['created', {}]]
  return [now === undefined ? ['unpublished', {}] : ['changed', {}]]
}

const commentEvents: Watched['events'] = (before, now, id) => {
  const comment = { comment_id: String(id) }
  if (before === undefined) return [['comment_created', comment]]
  return [now === undefined ? ['comment_unpublished', comment] : ['comment_changed', comment]]
}

const voteEvents =
  (names: { readonly created: string; readonly changed: string; readonly removed?: string }): Watched['events'] =>
  (before, now, id) => {
    const vote = { vote_id: String(id), value: (now ?? before)?.['value'] ?? null }
    const name = before === undefined ? names.created : now === undefined ? names.removed : names.changed
    return name === undefined ? [] : [[name, vote]]
  }

const votes = voteEvents({ created: 'vote_created', changed: 'vote_changed', removed: 'vote_removed' })
const votesOnComments = voteEvents({ created: 'comment_vote_created', changed: 'comment_vote_changed' })
const subscribed: Watched['events'] = (before, now) =>
  before === undefined ? [['subscription_created', { user_id: String(now?.['user_id']) }]] : []
const followed =
  (type: string) =>
  (_: Store, entry: Entry): Id | undefined =>
    entry['content_type'] === type ? (entry['content_id'] as Id) : undefined

const picked =
  (...fields: readonly string[]) =>
  (entry: Entry): Row =>
    Object.fromEntries(fields.map((field) => [field, entry[field] ?? null]))
const body = picked('body')
const value = picked('value')
const user = picked('user_id')
const POST = ['title', 'details', 'status', 'author_id', 'topic_id', 'featured', 'pinned', 'closed']

const WATCHED: readonly Watched[] = [
  { table: 'articles', kind: 'article', about: idOfIt, values: picked('author_id', 'draft'), events: articleEvents },
  { table: 'article_comments', kind: 'article', about: parent('source_id'), values: body, events: commentEvents },
  { table: 'article_votes', kind: 'article', about: parent('item_id'), values: value, events: votes },
  { table: 'subscriptions', kind: 'article', about: followed('Article'), values: user, events: subscribed },
  { table: 'posts', kind: 'community_post', about: idOfIt, values: picked(...POST), events: postEvents },
  { table: 'post_comments', kind: 'community_post', about: parent('post_id'), values: body, events: commentEvents },
  { table: 'post_votes', kind: 'community_post', about: parent('item_id'), values: value, events: votes },
  {
    table: 'post_comment_votes',
    kind: 'community_post',
    about: (store, entry) => store.table('post_comments').get(entry['item_id'] as Id)?.['post_id'] as Id | undefined,
    values: value,
    events: votesOnComments,
  },
  { table: 'subscriptions', kind: 'community_post', about: followed('Post'), values: user, events: subscribed },
]

type Seen = { version: number; readonly rows: Map<Id, { readonly about: Id; readonly values: Row }> }

/** Finds what happened to articles and posts since its last call, by comparing them with their earlier state. */
export type ContentEvents = {
  readonly changes: () => ZenEvent[]
  /** Starts to look for changes: the present state is no event. */
  readonly begin: () => void
}

/** The events of a store's articles and posts. */
export function createContentEvents(store: Store): ContentEvents {
  let seen = new Map<Watched, Seen>()
  const look = (watched: Watched, known: Seen): ZenEvent[] => {
    const table = store.table(watched.table)
    if (table.version() === known.version) return []
    known.version = table.version()
    const events: ZenEvent[] = []
    for (const [id, { about, values }] of known.rows) {
      if (table.get(id) !== undefined) continue
      known.rows.delete(id)
      events.push(...zenEvents(store, watched, about, watched.events(values, undefined, id)))
    }
    for (const entry of table.all()) {
      const about = watched.about(store, entry)
      if (about === undefined) continue
      const before = known.rows.get(entry.id)
      const values = watched.values(entry)
      if (before !== undefined && Object.keys(values).every((key) => values[key] === before.values[key])) continue
      known.rows.set(entry.id, { about, values })
      events.push(...zenEvents(store, watched, about, watched.events(before?.values, values, entry.id)))
    }
    return events
  }
  return {
    begin: () => {
      seen = new Map(WATCHED.map((watched) => [watched, { version: -1, rows: new Map() }]))
      for (const [watched, known] of seen) look(watched, known)
    },
    changes: () => [...seen].flatMap(([watched, known]) => look(watched, known)),
  }
}

function zenEvents(store: Store, { kind }: Watched, about: Id, events: readonly ContentEvent[]): readonly ZenEvent[] {
  const record = store.table(kind === 'article' ? 'articles' : 'posts').get(about)
  const detail = {
    id: String(about),
    ...(kind === 'article'
      ? { brand_id: String(store.brand), user_id: record ? String(record['author_id']) : null }
      : {
          topic_id: record ? String(record['topic_id']) : null,
          author_id: record ? String(record['author_id']) : null,
        }),
    updated_at: isoTime(store.clock.now()),
  }
  return events.map(([type, event]) => ({
    type: `${kind}.${type}`,
    subject: `${kind}:${about}`,
    time: store.clock.nowMs(),
    detail,
    event,
  }))
}
