import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'
import { answer, record } from './fixtures.ts'

const sandbox = await openSandbox()
const live = (table: string): Body[] => [...sandbox.account.truth(table).live.values()]
const send = async (method: string, path: string, body?: Body, token = sandbox.credentials.accessToken) => {
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
}
const open = () => live('articles').find((one) => !one.draft && one.user_segment_id === null && !one.comments_disabled)
const endUser = sandbox.credentials.endUserToken

describe('lists', () => {
  const lists: [path: string, key: string, table: string][] = [
    ['help_center/articles', 'articles', 'articles'],
    ['help_center/articles?sort=-updated_at', 'articles', 'articles'],
    ['help_center/articles?sort=title', 'articles', 'articles'],
    ['help_center/categories', 'categories', 'categories'],
    ['help_center/sections', 'sections', 'sections'],
    ['help_center/user_segments', 'user_segments', 'user_segments'],
    ['community/topics', 'topics', 'topics'],
    ['community/posts', 'posts', 'posts'],
    ['guide/content_tags', 'records', 'content_tags'],
  ]
  test.each(lists)('%s gives everything once by cursor', async (path, key, table) => {
    const rows = await rowsOf(listPages(sandbox, `${path}${path.includes('?') ? '&' : '?'}page[size]=3`), key)
    expect(ids(rows).toSorted()).toEqual(ids(live(table)).toSorted())
  })

  test('the last page by cursor lacks next, the first lacks prev, and a Link header repeats the links', async () => {
    const { body, headers } = await call(sandbox, 'help_center/sections?page[size]=2')
    expect(Object.keys(body.links)).toEqual(['first', 'last', 'next'])
    expect(headers.get('link')).toContain(`<${body.links.next}>; rel="next"`)
    const last = await get(sandbox, body.links.last)
    expect(Object.keys(last.links)).toEqual(['first', 'last', 'prev'])
    const before = await get(sandbox, last.links.prev)
    expect(before.links.next).toBeDefined()
  })

  test('offset pages count 30 a page, and 100 for topics', async () => {
    const page = await get(sandbox, 'help_center/articles?page=2&sort_by=title&sort_order=desc')
    expect(page.articles).toHaveLength(30)
    expect(page).toMatchObject({ page: 2, per_page: 30, sort_by: 'title', sort_order: 'desc' })
    expect(page.page_count).toBe(Math.ceil(live('articles').length / 30))
    expect((await get(sandbox, 'community/topics')).per_page).toBe(100)
  })

  test('nested lists are those of their parent, and the counts in rows agree with them', async () => {
    for (const article of live('articles').slice(0, 12)) {
      const { votes } = await get(sandbox, `help_center/articles/${article.id}/votes?per_page=100`)
      expect(article.vote_count).toBe(votes.length)
      expect(article.vote_sum).toBe(votes.reduce((sum: number, vote: Body) => sum + vote.value, 0))
    }
    for (const post of live('posts').slice(0, 12)) {
      const { comments } = await get(sandbox, `community/posts/${post.id}/comments?page[size]=100`)
      expect(comments).toHaveLength(post.comment_count)
      expect(comments.every((one: Body) => one.post_id === post.id)).toBe(true)
    }
  })

  test('the incremental list gives all, comes to its end, and repeats the last second only', async () => {
    const seen: Body[] = []
    let next: string | null = 'help_center/incremental/articles?start_time=0&per_page=20'
    while (next !== null) {
      const page: Body = await get(sandbox, next)
      seen.push(...page.articles)
      next = page.next_page
    }
    expect(new Set(ids(seen))).toEqual(new Set(ids(live('articles'))))
    expect(seen.length).toBeLessThan(live('articles').length * 1.2)
    expect(seen.map((one) => one.updated_at)).toEqual(seen.map((one) => one.updated_at).toSorted())
  })
})

describe('who sees what', () => {
  test('drafts and restricted articles are hidden from strangers', async () => {
    const hidden = live('articles').filter((one) => one.draft || one.user_segment_id !== null)
    const { body } = await call(sandbox, 'help_center/articles?per_page=1', {})
    expect(body.count).toBe(live('articles').length - hidden.length)
    expect((await call(sandbox, `help_center/articles/${hidden[0].id}`, {})).status).toBe(404)
    expect((await call(sandbox, 'help_center/incremental/articles?start_time=0', {})).status).toBe(401)
  })

  test('a language in the path gives the translations into it', async () => {
    const { articles } = await get(sandbox, 'help_center/ja/articles?per_page=100')
    expect(articles.length).toBeGreaterThan(0)
    for (const article of articles) expect(article).toMatchObject({ locale: 'ja' })
    const foreign = articles.find((one: Body) => one.source_locale !== 'ja')
    const { translation } = await get(sandbox, `help_center/articles/${foreign.id}/translations/ja`)
    expect(foreign).toMatchObject({ title: translation.title, body: translation.body })
  })

  test('an account without a Help Center or community answers 404', async () => {
    sandbox.account.setPlan({ features: { help_center: false, community: false } })
    expect((await call(sandbox, 'help_center/articles')).status).toBe(404)
    expect((await call(sandbox, 'community/posts')).status).toBe(404)
    sandbox.account.setPlan({ features: { help_center: true, community: true } })
  })
})

describe('writes', () => {
  test('an article is created as a draft, published by its translation, and archived with all it has', async () => {
    const made = await send('POST', `help_center/sections/${open().section_id}/articles`, {
      article: { title: 'Neu & neu', body: '<p>x</p>', draft: true, label_names: ['fresh'], nonsense: 1 },
    })
    expect(made.status).toBe(201)
    const { id } = made.body.article
    await send('PUT', `help_center/articles/${id}`, { article: { title: 'ignored', promoted: true } })
    await send('PUT', `help_center/articles/${id}/translations/en-us`, { translation: { title: 'New', draft: false } })
    await send('POST', `help_center/articles/${id}/translations`, { translation: { locale: 'da', title: 'Ny' } })
    expect((await get(sandbox, `help_center/articles/${id}`)).article).toMatchObject({ title: 'New', promoted: true })
    expect((await get(sandbox, `help_center/articles/${id}/translations/missing`)).locales).toEqual(['ja', 'he'])
    expect((await get(sandbox, 'help_center/articles?label_names=fresh')).count).toBe(1)
    expect((await send('DELETE', `help_center/articles/${id}`)).status).toBe(204)
    expect(sandbox.account.truth('articles').deleted.has(id)).toBe(true)
    expect(live('article_translations').some((one) => one.source_id === id)).toBe(false)
  })

  test('a vote counts once for each user and moves the article in the incremental list', async () => {
    const { id, vote_count } = open()
    const first = await send('POST', `help_center/articles/${id}/up`, {}, endUser)
    const second = await send('POST', `help_center/articles/${id}/down`, {}, endUser)
    expect(second.body.vote).toMatchObject({ id: first.body.vote.id, value: -1, item_type: 'Article' })
    expect((await get(sandbox, `help_center/articles/${id}`)).article.vote_count).toBeLessThanOrEqual(vote_count + 1)
    const since = await get(sandbox, `help_center/incremental/articles?start_time=${sandbox.account.now() - 60}`)
    expect(ids(since.articles)).toContain(id)
    expect((await send('DELETE', `help_center/votes/${first.body.vote.id}`)).status).toBe(204)
  })

  test('comments are refused without text or user, and changed by their authors only', async () => {
    const path = `help_center/articles/${open().id}/comments`
    expect((await send('POST', path, { comment: { body: ' ' } })).status).toBe(422)
    expect((await fetch(`${sandbox.url}/api/v2/${path}`, { method: 'POST' })).status).toBe(401)
    const { body } = await send('POST', path, { comment: { body: '<p>hi</p>' } })
    expect((await send('PUT', `${path}/${body.comment.id}`, { comment: { body: 'x' } }, endUser)).status).toBe(403)
    expect((await send('DELETE', `${path}/${body.comment.id}`)).status).toBe(204)
  })

  test('a file comes back as it was sent, and a generated one has its size', async () => {
    const form = new FormData()
    form.set('inline', 'true')
    form.set('file', new File(['hello\0'], 'é.txt', { type: 'text/plain' }))
    const path = `${sandbox.url}/api/v2/help_center/articles/${open().id}/attachments`
    const response = await fetch(path, {
      method: 'POST',
      headers: bearer(sandbox.credentials.accessToken),
      body: form,
    })
    const { article_attachment: file } = (await response.json()) as Body
    expect(file).toMatchObject({ file_name: 'é.txt', size: 6, inline: true })
    expect(await (await fetch(file.content_url)).text()).toBe('hello\0')
    const [other] = live('article_attachments')
    expect((await (await fetch(other.content_url)).arrayBuffer()).byteLength).toBe(other.size)
  })

  test('a content tag that is not there answers 404 with an empty body, and pages hold 30', async () => {
    expect(await call(sandbox, 'guide/content_tags/none')).toMatchObject({ status: 404, body: undefined })
    expect((await call(sandbox, 'guide/content_tags?page[size]=31')).status).toBe(400)
  })
})

describe('records have the keys of real ones, in their order', () => {
  const real: [file: string, table: string][] = [
    ...['articles', 'sections', 'categories', 'topics', 'posts', 'article_attachments'].map(
      (name): [string, string] => [name, name],
    ),
    ['article_comments', 'article_comments'],
    ['content_tags', 'content_tags'],
  ]
  test.each(real)('%s', (file, table) => {
    expect(Object.keys(live(table)[0])).toEqual(Object.keys(record(file)))
  })

  const samples: [file: string, key: string, table: string][] = [
    ['hc_vote', 'vote', 'article_votes'],
    ['hc_translation', 'translation', 'article_translations'],
    ['hc_post_comment', 'comment', 'post_comments'],
    ['hc_user_segment', 'user_segment', 'user_segments'],
  ]
  test.each(samples)('%s', (file, key, table) => {
    expect(Object.keys(live(table)[0])).toEqual(Object.keys(answer(file)[key]))
  })

  test.each(['cursor', 'offset'])('the envelope of pages by %s', async (kind) => {
    const page = await get(sandbox, `help_center/articles?${kind === 'cursor' ? 'page[size]=1' : 'per_page=1'}`)
    expect(Object.keys(page)).toEqual(Object.keys(answer(`hc_articles_${kind}`)))
  })
})
