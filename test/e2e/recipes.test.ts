// The recipes of docs/destination.md, as they stand there: each is written to a sandbox, and what it promises is looked at.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  freshFolder,
  recordLine,
  rejectedIn,
  type StreamForWriting,
  write,
  writingTo,
} from '../support/destination.ts'
import { type Body, send } from '../support/send.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/destination.md'), 'utf8')
const [, section = ''] = page.split('\n## Recipes\n')
/** By what stands in bold: the objects below it. */
const recipes = new Map(
  [...section.matchAll(/\*\*([^*]+)\*\*[\s\S]*?```json\n([\s\S]*?)```/g)].map(([, title = '', code = '']) => [
    title,
    objectsIn(code),
  ]),
)

/** JSON objects one behind the other, which may have several lines each. */
function objectsIn(code: string): readonly Body[] {
  const lines = code.trim().split(/\n(?=\{)/)
  return lines.map((one) => JSON.parse(one) as Body)
}

const sandbox = await openSandbox({ tickets: 20 })
const rowsOf = (name: string): readonly Body[] => [...sandbox.account.truth(name).live.values()]
const heldOf = (name: string, externalId: string): Body =>
  rowsOf(name).find(({ external_id }) => external_id === externalId)
const recipe = (title: string): readonly Body[] => recipes.get(title) ?? []
const folder = freshFolder()
const sent = async (stream: StreamForWriting, rows: readonly object[], options: object = {}): Promise<void> => {
  const config = writingTo(sandbox, folder, options)
  const lines = rows.map((row) => recordLine(stream.name, row))
  const { errors } = await write(config, catalogFor(stream), lines)
  expect([errors, rejectedIn(folder)]).toEqual([[], []])
}
await send(sandbox, 'POST', 'organization_fields', {
  organization_field: { type: 'integer', title: 'Health score', key: 'health_score' },
})
await send(sandbox, 'POST', 'user_fields', { user_field: { type: 'text', title: 'Big spenders', key: 'big_spenders' } })
await send(sandbox, 'POST', 'organizations', { organization: { name: 'Acme', external_id: 'acme' } })
await send(sandbox, 'POST', 'users', {
  user: { name: 'Seventeen', email: 'c17@example.com', external_id: 'customer-17', tags: ['theirs'] },
})
await send(sandbox, 'POST', 'tickets', { ticket: { comment: { body: 'Where?' }, external_id: 'order-4711' } })

describe('recipes', () => {
  const tests: Readonly<Record<string, () => Promise<void>>> = {
    'health score': async () => {
      await sent({ name: 'organizations', mode: 'update' }, recipe('health score'))
      expect(heldOf('organizations', 'acme').organization_fields.health_score).toBe(87)
    },
    'VIP tag': async () => {
      await sent({ name: 'users', mode: 'update' }, recipe('VIP tag'), { tags_mode: 'add' })
      expect(heldOf('users', 'customer-17').tags.toSorted()).toEqual(['theirs', 'vip'])
    },
    note: async () => {
      for (const _ of [1, 2]) await sent({ name: 'tickets', mode: 'update' }, recipe('note'))
      const { id } = heldOf('tickets', 'order-4711')
      const comments = rowsOf('ticket_comments').filter(({ ticket_id }) => ticket_id === id)
      expect(comments.map((one) => [one.body, one.public]).slice(1)).toEqual([['The parcel came back.', false]])
    },
    Articles: async () => {
      const [article, translation] = recipe('Articles')
      const [permission] = rowsOf('permission_groups')
      await sent({ name: 'categories', key: ['name'] }, [{ name: 'Accounts', locale: 'en-us' }])
      await sent({ name: 'sections', key: ['name'] }, [
        { name: article.section_name, category_name: 'Accounts', locale: 'en-us' },
      ])
      await sent({ name: 'articles', key: ['title'] }, [{ ...article, permission_group_id: permission.id }])
      // The sandbox has this language in place of the recipe's.
      await sent({ name: 'article_translations', key: ['source_title', 'locale'] }, [{ ...translation, locale: 'da' }])
      const made = rowsOf('articles').find(({ title }) => title === article.title)
      const other = rowsOf('article_translations').find((one) => one.source_id === made.id && one.locale === 'da')
      expect([made.body, other.title]).toEqual([article.body, translation.title])
    },
    'Old tickets': async () => {
      await sent({ name: 'ticket_imports', mode: 'append' }, recipe('Old tickets'))
      const made = heldOf('tickets', 'old-1')
      expect([made.created_at, made.status]).toEqual(['2019-03-01T10:00:00Z', 'closed'])
    },
    audience: async () => {
      const [config, row] = recipe('audience')
      await sent({ name: 'members', object: 'users' }, [row], config)
      const user = heldOf('users', row.customer)
      expect([user.name, user.user_fields.big_spenders, user.tags]).toEqual(['Ann Miller', 'realized', []])
    },
  }
  test('each that the page has is tried here', () => {
    expect([...recipes.keys()]).toEqual(Object.keys(tests))
  })
  test.each(Object.entries(tests))('%s', (_, act) => act())
})
