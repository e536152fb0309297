// Views that unnest lists, against the truth.
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, DATABASES, load, sourceOf } from './support/here.ts'

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip).each(['merge', 'history'] as const)(
    'views have the elements of living rows: mode %s',
    async (mode) => {
      const sandbox = await startSandbox({ tickets: 60, seed: 4 })
      const database = await make()
      const warehouse = await database.open()
      try {
        const source = await sourceOf(configFor(sandbox))
        const plan = { streams: ['tickets', 'ticket_comments', 'users', 'organizations'], mode }
        await load(source, warehouse, plan)
        sandbox.account.changeAtRandom(40, 1)
        sandbox.account.advance(3600)
        await load(source, warehouse, plan)
        const rowsOf = (stream: string) =>
          [...sandbox.account.truth(stream).live.values()] as unknown as Record<string, unknown[]>[]
        const elements = (stream: string, list: string) => rowsOf(stream).flatMap((row) => row[list] ?? [])
        const read = async (view: string) => await warehouse.rows(`select * from ${warehouse.schema}.${view}`)
        const sorted = (texts: readonly unknown[]) => texts.map(String).toSorted()
        const tags = async (view: string, column = 'tag') => sorted((await read(view)).map((row) => row[column]))
        expect(await tags('ticket_tags')).toEqual(sorted(elements('tickets', 'tags')))
        expect(await tags('user_tags')).toEqual(sorted(elements('users', 'tags')))
        expect(await tags('organization_domains', 'domain_name')).toEqual(
          sorted(elements('organizations', 'domain_names')),
        )
        const fields = elements('tickets', 'custom_fields') as { id: number; value: unknown }[]
        expect(fields.length).toBeGreaterThan(100)
        const custom = await read('ticket_custom_fields')
        expect(sorted(custom.map(({ field_id }) => field_id))).toEqual(sorted(fields.map(({ id }) => id)))
        const texts = fields.map(({ value }) => value).filter((value) => typeof value === 'string')
        const values = new Set(custom.map(({ value }) => value))
        expect(texts.filter((text) => !values.has(text.replaceAll('\0', '')) && !values.has(text))).toEqual([])
        const attachments = elements('ticket_comments', 'attachments') as { id: number; size: number }[]
        const found = await read('comment_attachments')
        expect(sorted(found.map((row) => `${row['attachment_id']} ${row['size']}`))).toEqual(
          sorted(attachments.map(({ id, size }) => `${id} ${size}`)),
        )
      } finally {
        await warehouse.close()
        await database.remove()
        await sandbox.close()
      }
    },
  )
})

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip)('custom fields stand under their titles; one that is renamed changes the view alone', async () => {
    const sandbox = await startSandbox({ tickets: 30, seed: 4 })
    const database = await make()
    const warehouse = await database.open()
    try {
      const source = await sourceOf(configFor(sandbox))
      const plan = { streams: ['tickets', 'ticket_fields', 'users', 'user_fields'] }
      await load(source, warehouse, plan)
      const [field] = await warehouse.rows(
        `select f.id, f.title, count(*) as n, min(c.value) as value from ${warehouse.schema}.ticket_fields as f
         join ${warehouse.schema}.ticket_custom_fields as c on c.field_id = f.id where c.value is not null
         group by f.id, f.title order by n desc limit 1`,
      )
      const valuesUnder = async (title: unknown) =>
        await warehouse.rows(
          `select "${title}" as value, count(*) over () as n from ${warehouse.schema}.tickets_by_title
           where "${title}" is not null order by 1`,
        )
      const before = await valuesUnder(field!['title'])
      expect(before[0]).toMatchObject({ n: field!['n'], value: field!['value'] })
      const tickets = await warehouse.rows(
        `select count(*) as n from ${warehouse.schema}.tickets where _deleted_at is null`,
      )
      expect(await warehouse.rows(`select count(*) as n from ${warehouse.schema}.tickets_by_title`)).toEqual(tickets)

      await warehouse.run(
        `update ${warehouse.schema}.ticket_fields set title = 'It''s "new"' where id = ${field!['id']}`,
      )
      const result = await load(source, warehouse, { streams: ['tickets'] })
      expect(result.tallies.get('tickets')).toMatchObject({ rows: 0 })
      expect(await valuesUnder('It\'s ""new""')).toEqual(before)

      const users = await warehouse.rows(`select * from ${warehouse.schema}.users_by_title limit 1`)
      const fields = await warehouse.rows(`select title from ${warehouse.schema}.user_fields`)
      expect(Object.keys(users[0]!)).toEqual(['id', ...fields.map(({ title }) => title)])
    } finally {
      await warehouse.close()
      await database.remove()
      await sandbox.close()
    }
  })
})
