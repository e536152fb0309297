// What webhooks tell of articles, posts and merged users, and what the account can be told to do otherwise.
import { describe, expect, test } from 'vitest'
import { readFlags } from '../src/cli/flags.ts'
import { type Body, call } from './calls.ts'
import { openWebhooks, zen } from './webhook-calls.ts'

const { sandbox, receiver, send, make, plain, events } = await openWebhooks()
const { account } = sandbox
const names = (told: readonly Body[]): string[] =>
  told.map(({ type }) => type.replace('zen:event-type:', '')).toSorted()
const first = async (path: string, list: string): Promise<Body> => (await call(sandbox, path)).body[list][0]

describe('events', () => {
  test('of an article: published, its author, comments, votes, followers, archived', async () => {
    const section = await first('help_center/sections', 'sections')
    const like = await first('help_center/articles', 'articles')
    const types = ['published', 'unpublished', 'author_changed', 'comment_created', 'comment_changed', 'vote_created']
    await make(zen(...[...types, 'vote_changed', 'subscription_created'].map((type) => `article.${type}`)))
    const draft = { title: 'Draft', body: 'x', locale: 'en-us', draft: true, user_segment_id: null }
    const sent = { article: { ...draft, permission_group_id: like.permission_group_id } }
    const { status, body } = await send('POST', `help_center/sections/${section.id}/articles`, sent)
    expect(status).toBe(201)
    const { id } = body.article
    account.updateRecord('articles', id, { draft: false })
    account.updateRecord('articles', id, { author_id: like.author_id + 1 })
    const comment = account.createRecord('article_comments', { source_id: id, source_type: 'Article', body: 'Hm' })
    account.updateRecord('article_comments', comment, { body: 'Ah' })
    const vote = account.createRecord('article_votes', { item_id: id, item_type: 'Article', user_id: 1, value: 1 })
    account.updateRecord('article_votes', vote, { value: -1 })
    account.createRecord('subscriptions', { content_id: id, content_type: 'Article', user_id: 1 })
    account.deleteRecord('articles', id)
    const told = await events(8)
    expect(names(told)).toEqual(
      names([...types, 'vote_changed', 'subscription_created'].map((type) => ({ type: `article.${type}` }))),
    )
    expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set([`zen:article:${id}`]))
    for (const event of told) {
      expect(event.id).toMatch(/^[0-9A-Z]{26}$/)
      expect(event.detail.id).toBe(String(id))
    }
  })

  test('of a post, and of votes on its comments', async () => {
    const types = ['created', 'changed', 'comment_created', 'comment_vote_created', 'vote_created', 'unpublished']
    await make(zen(...types.map((type) => `community_post.${type}`)))
    const topic = await first('community/topics', 'topics')
    const post = account.createRecord('posts', { title: 'Why?', details: '', topic_id: topic.id, author_id: 1 })
    account.updateRecord('posts', post, { status: 'answered' })
    const comment = account.createRecord('post_comments', { post_id: post, body: 'So' })
    account.createRecord('post_comment_votes', { item_id: comment, user_id: 1, value: 1 })
    account.createRecord('post_votes', { item_id: post, user_id: 1, value: 1 })
    account.deleteRecord('posts', post)
    const told = await events(6)
    expect(names(told)).toEqual(types.map((type) => `community_post.${type}`).toSorted())
  })

  test('of a merged user name who is left, and spam is told', async () => {
    await make(zen('user.merged', 'user.time_zone_changed', 'ticket.marked_as_spam'))
    const [loser, winner] = [1, 2].map((nth) =>
      account.createUser({ name: `Same ${nth}`, email: `s${nth}@example.org` }),
    )
    account.mergeUsers(loser!, winner!)
    const ticket = account.createTicket()
    expect((await send('PUT', `tickets/${ticket}/mark_as_spam`)).status).toBe(200)
    await send('PUT', `users/${winner}`, { user: { time_zone: 'Copenhagen' } })
    const told = await events(2)
    const merged = told.find(({ type }) => type.endsWith('user.merged'))
    expect([merged.subject, merged.event]).toEqual([`zen:user:${loser}`, { target_user_id: String(winner) }])
    expect(names(told)).toContain('ticket.marked_as_spam')
  })
})

describe('switches', () => {
  const importOne = () => send('POST', 'imports/tickets', { ticket: { subject: 'Old', comments: [{ value: 'Old' }] } })

  test('imports make no events and run no triggers, unless they are to', async () => {
    await make(zen('ticket.created'))
    expect((await importOne()).status).toBe(201)
    account.createTicket()
    expect(await events(1)).toHaveLength(1)
    account.disturbDeliveries({ ofImports: true })
    await importOne()
    account.disturbDeliveries({})
    expect(await events(2)).toHaveLength(2)
  })

  test('an account without events of a kind refuses their names', async () => {
    account.disturbDeliveries({ withoutEvents: ['ticket'] })
    const webhook = (...types: string[]) =>
      send('POST', 'webhooks', { webhook: { ...plain, subscriptions: zen(...types) } })
    const refused = await webhook('ticket.created', 'user.created')
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('ticket.created')])
    expect((await webhook('user.created')).status).toBe(201)
    account.disturbDeliveries({})
  })

  test('without retries a delivery that fails is over, and a trigger can leave out a user', async () => {
    account.disturbDeliveries({ withoutRetries: true })
    receiver.answer = () => ({ status: 409 })
    const id = await make(['conditional_ticket_events'])
    const me = (await call(sandbox, 'users/me')).body.user.id
    const trigger = {
      title: 'Others',
      conditions: { all: [{ field: 'role', operator: 'is_not', value: String(me) }], any: [] },
      actions: [{ field: 'notification_webhook', value: [id, '{{ticket.id}}'] }],
    }
    await send('POST', 'triggers', { trigger })
    await send('POST', 'tickets', { ticket: { comment: { body: 'Mine' } } })
    const other = account.createTicket()
    await receiver.wait(1)
    account.advance(600)
    await new Promise((resolve) => setTimeout(resolve, 150))
    account.disturbDeliveries({})
    expect(receiver.got.map(({ body }) => body)).toEqual([String(other)])
  })

  test('can be given on the command line', () => {
    const { options } = readFlags(['--deliveries', 'lost=0.1,shuffled-for=2,escaped,without-events=ticket+user'])
    expect(options.deliveries).toEqual({ lost: 0.1, shuffledFor: 2, escaped: true, withoutEvents: ['ticket', 'user'] })
    expect(() => readFlags(['--deliveries', 'lost=2'])).toThrow(
      '--deliveries lost= takes a number from 0 to 1, not "2".',
    )
    expect(() => readFlags(['--deliveries', 'late'])).toThrow('--deliveries has no "late". It has lost, duplicated, ')
  })
})
