import type { Entry } from '../../account/table.ts'
import { isoTime } from '../../iso-time.ts'
import { editedBy, generateSubscriptions, generateVotes, type HelpCenterWriting, secondsOf } from './people.ts'
import type { HelpCenterTexts } from './texts.ts'

const TOPICS: readonly (readonly [name: string, description: string | null])[] = [
  ['General', null],
  ['Feature Requests', 'Tell us what you miss'],
  ['测试主题', '这是一个测试主题'],
  ['Staff only', ''],
  ['Quiet 🤫', null],
]
const STATUSES = ['none', 'none', 'none', 'planned', 'not_planned', 'completed', 'answered']

/** Writes topics, posts, their comments, votes and followers. */
export function generateCommunity(
  writing: HelpCenterWriting,
  texts: HelpCenterTexts,
  { tickets, tags, segments }: { tickets: number; tags: readonly string[]; segments: readonly number[] },
): void {
  const { store, random, start, latest } = writing
  const community = store.nextId()
  const topics = TOPICS.map(([name, description], nth) => {
    const topic = store.table('topics').add({
      name,
      description,
      position: nth % 3,
      community_id: community,
      manageable_by: nth === 0 ? 'managers' : 'staff',
      user_segment_id: name === 'Staff only' ? segments[1] : nth === 1 ? segments[0] : null,
      created_at: isoTime(start + nth * 86_400),
    })
    generateSubscriptions(writing, { content: topic, type: 'Topic', most: 3 })
    return topic
  })
  const busy = topics.slice(0, -1)
  const count = Math.min(2000, Math.round(6 * Math.sqrt(tickets)))
  for (let nth = 0; nth < count; nth++) {
    const created = Math.floor(start + ((latest - 7200 - start) * nth) / count)
    generatePost(writing, texts, { topic: random.pick(busy), created, tags })
  }
}

function generatePost(
  writing: HelpCenterWriting,
  texts: HelpCenterTexts,
  { topic, created, tags }: { topic: Entry; created: number; tags: readonly string[] },
): void {
  const { store, random, customers, staff, latest, between } = writing
  const created_at = isoTime(created)
  const post = store.table('posts').add({
    title: texts.post(),
    details: texts.body() ?? '',
    author_id: random.pick(random.chance(0.9) ? customers : staff).id,
    topic_id: topic.id,
    featured: random.chance(0.05),
    pinned: random.chance(0.03),
    closed: random.chance(0.05),
    frozen: false,
    status: random.pick(STATUSES),
    ...editedBy(writing, created_at),
    content_tag_ids: random.chance(0.1) ? random.some(tags, 1) : [],
    created_at,
  })
  let last = created_at
  for (let left = random.between(0, 4); left > 0; left--) {
    const at = between(secondsOf(created_at), latest)
    const comment = store.table('post_comments').add({
      body: texts.comment(),
      author_id: random.pick(customers).id,
      official: random.chance(0.1),
      post_id: post.id,
      ...editedBy(writing, at),
      created_at: at,
    })
    if (at > last) last = at
    generateVotes(writing, 'post_comments', comment, random.chance(0.3) ? 2 : 0)
  }
  store.table('posts').change(post.id, { updated_at: last })
  generateVotes(writing, 'posts', post, 3)
  generateSubscriptions(writing, { content: post, type: 'Post', most: 2 })
}
