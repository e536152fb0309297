import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, connect, openStill } from '../support/account.ts'

const OF_ARTICLES = [
  'article_translations',
  'article_comments',
  'article_comment_votes',
  'article_votes',
  'article_attachments',
]
const OF_POSTS = ['posts', 'post_comments', 'post_comment_votes', 'post_votes']

const asked = (sandbox: Sandbox, path: RegExp): number =>
  sandbox.requests.all().filter((request) => path.test(request.path)).length

async function call(sandbox: Sandbox, method: string, path: string, body?: object): Promise<void> {
  const { status } = await fetch(`${sandbox.url}/api/v2/${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.credentials.accessToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (status >= 300) throw new Error(`${method} ${path}: ${status}`)
}

test('contents of the Help Center equal the account, and later only the changed articles and posts are asked', async () => {
  const sandbox = await openStill({ tickets: 60 })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: [...OF_ARTICLES, ...OF_POSTS] })
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  for (const name of [...OF_ARTICLES, ...OF_POSTS]) expect(first.records(name).length, name).toBeGreaterThan(0)
  expect(connection.differences()).toEqual({})

  // Nothing changed: nothing is told, and no list below an article or a post is read but those that nothing tells of.
  sandbox.requests.reset()
  const quiet = await connection.sync()
  expect(quiet.lines.filter(({ record }) => record)).toEqual([])
  expect(asked(sandbox, /articles\/\d+\/(translations|votes|attachments)/)).toBe(0)
  expect(asked(sandbox, /posts\/\d+\/votes/)).toBe(0)
  expect(connection.differences()).toEqual({})

  // A comment of each is deleted, votes are turned round, and a whole post goes, as a person does it.
  account.advance(100)
  const rows = (table: string) => [...account.truth(table).live.values()]
  const [comment] = rows('article_comments')
  await call(sandbox, 'DELETE', `help_center/articles/${comment?.['source_id']}/comments/${comment?.['id']}`)
  const [answer] = rows('post_comments')
  await call(sandbox, 'DELETE', `community/posts/${answer?.['post_id']}/comments/${answer?.['id']}`)
  const [post] = rows('posts').filter(({ id, vote_count }) => id !== answer?.['post_id'] && Number(vote_count) > 0)
  await call(sandbox, 'DELETE', `community/posts/${post?.['id']}`)
  const [article] = rows('articles')
  await call(sandbox, 'POST', `help_center/articles/${article?.['id']}/up`)
  const [translation] = rows('article_translations')
  await call(
    sandbox,
    'PUT',
    `help_center/articles/${translation?.['source_id']}/translations/${translation?.['locale']}`,
    { translation: { title: 'Renamed' } },
  )
  sandbox.requests.reset()
  const second = await connection.sync()
  expect(second.errors).toEqual([])
  expect(connection.differences()).toEqual({})
  expect(second.records('article_translations').map(({ title }) => title)).toEqual(['Renamed'])
  expect(asked(sandbox, /articles\/\d+\/(translations|votes|attachments)/)).toBeLessThan(12)
})

test('a deleted article is told once, also where the list of articles fails for a while', async () => {
  const sandbox = await openStill({ tickets: 20 })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: ['articles'] })
  await connection.sync()
  const [gone] = [...account.truth('articles').live.keys()]
  await call(sandbox, 'DELETE', `help_center/articles/${gone}`)
  account.advance(3600)

  sandbox.faults.next({ path: /help_center\/articles\?/, kind: 'status', status: 403, body: '{"error":"Forbidden"}' })
  const failed = await connection.sync()
  expect(failed.logs.join('\n')).toMatch(/WARN articles: its deleted records could not be determined now/)
  expect([failed.exitCode, failed.records('articles')]).toEqual([0, []])
  const told = await connection.sync()
  expect(told.records('articles')).toEqual([
    { id: Number(gone), updated_at: expect.any(String), _ab_cdc_deleted_at: expect.any(String) },
  ])
  expect(connection.differences()).toEqual({})
  expect((await connection.sync()).records('articles')).toEqual([])
  // A row that the list gives twice, or not at all for a moment, is asked for by itself.
  sandbox.faults.next({
    path: /help_center\/articles\?/,
    kind: 'status',
    status: 200,
    body: '{"articles":[],"meta":{"has_more":false}}',
  })
  expect((await connection.sync()).records('articles')).toEqual([])
  expect(connection.differences()).toEqual({})
})

test('a list that two streams want is asked for once, and one that was empty no more until its article changes', async () => {
  const sandbox = await openStill({ tickets: 60 })
  const { account } = sandbox
  const names = ['article_comments', 'article_comment_votes', 'post_comments', 'post_comment_votes']
  const connection = await connect(sandbox, { names })
  await connection.sync()
  expect(connection.differences()).toEqual({})
  const articles = [...account.truth('articles').live.keys()].map(Number)
  const commented = new Set([...account.truth('article_comments').live.values()].map((row) => Number(row['source_id'])))
  const posts = [...account.truth('posts').live.values()].filter((row) => Number(row['comment_count']) > 0)
  const silent = articles.find((id) => !commented.has(id))!
  expect(commented.size).toBeGreaterThan(2)
  expect(asked(sandbox, /articles\/\d+\/comments$/)).toBe(articles.length)
  expect(asked(sandbox, /posts\/\d+\/comments$/)).toBe(posts.length)

  sandbox.requests.reset()
  const quiet = await connection.sync()
  expect(names.flatMap((name) => quiet.records(name))).toEqual([])
  expect(asked(sandbox, /articles\/\d+\/comments$/)).toBe(commented.size)
  expect(asked(sandbox, /posts\/\d+\/comments$/)).toBe(posts.length)

  account.advance(100)
  await call(sandbox, 'POST', `help_center/articles/${silent}/comments`, {
    comment: { body: 'First!', locale: account.truth('articles').live.get(silent)?.['locale'] },
  })
  const [fresh] = [...account.truth('article_comments').live.values()].filter((row) => row['source_id'] === silent)
  await call(sandbox, 'POST', `help_center/articles/${silent}/comments/${fresh?.['id']}/up`)
  const third = await connection.sync()
  expect(third.records('article_comments').map(({ id }) => id)).toEqual([fresh?.['id']])
  expect(third.records('article_comment_votes').map(({ item_id }) => item_id)).toEqual([fresh?.['id']])
  expect(connection.differences()).toEqual({})
})

test('an article that was deleted before an earlier start date was asked for is told all the same', async () => {
  const sandbox = await openStill({ tickets: 20 })
  const { account } = sandbox
  const start_date = new Date((account.now() - 300 * 86_400) * 1000).toISOString().replace(/\.\d+Z/, 'Z')
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date }
  const connection = await connect(sandbox, { config, names: ['articles'] })
  await connection.sync()
  const [gone] = connection.warehouse.rows('articles').keys()
  expect(connection.warehouse.rows('articles').size).toBeLessThan(account.truth('articles').live.size)
  await call(sandbox, 'DELETE', `help_center/articles/${gone}`)
  account.advance(3600)
  delete config['start_date']
  const again = await connection.sync()
  expect(again.logs.join('\n')).toMatch(/"articles" is read again from the beginning/)
  expect(connection.differences()).toEqual({})
})
