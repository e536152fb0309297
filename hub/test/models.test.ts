// Sets of models: made, kept right, taken away.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { refreshModels } from '../src/models/make.ts'
import type { Model } from '../src/models/model.ts'
import { MODEL_SETS } from '../src/models/sets.ts'
import { configFor, DATABASES, load, sourceOf } from './support/here.ts'
import { hub } from './support/hub.ts'

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip)('a set is made, follows its tables, and goes', async () => {
    const sandbox = await startSandbox({ tickets: 20, seed: 4 })
    const database = await make()
    const withTables = async <Result>(
      work: (warehouse: Awaited<ReturnType<typeof database.open>>) => Promise<Result>,
    ) => {
      const warehouse = await database.open()
      try {
        return await work(warehouse)
      } finally {
        await warehouse.close()
      }
    }
    try {
      const source = await sourceOf(configFor(sandbox))
      await withTables((warehouse) => load(source, warehouse, { streams: ['groups'] }))
      const made = await hub('models', 'fivetran', '--to', database.to)
      expect(made).toMatchObject({ code: 0 })
      expect(made.said).toContain('user is left out: stream "users" was not loaded')
      expect((await hub('models', 'fivetran', '--to', database.to)).out).toContain('unchanged')
      expect((await hub('models', '--to', database.to)).out).toMatch(/zendesk_fivetran\.group/)

      const groups = await withTables(async (warehouse) => {
        // A column that a view names gets wider, and tables come that the set lacked.
        const [stream] = (await source.streams()).filter(({ name }) => name === 'groups')
        const properties = { ...stream!.properties, url: { type: 'object' } }
        await load({ ...source, streams: async () => [{ ...stream!, properties }] }, warehouse, { streams: ['groups'] })
        expect((await warehouse.columnsOf('groups')).find(({ name }) => name === 'url')?.type).toBe('json')
        await load(source, warehouse, { streams: ['users'] })
        await refreshModels(warehouse)
        expect(await warehouse.rows('select id from zendesk_fivetran."user"')).not.toEqual([])
        return await warehouse.rows('select id from zendesk_fivetran."group" where not _fivetran_deleted')
      })
      expect(groups.length).toBe([...sandbox.account.truth('groups').live].length)

      expect((await hub('models', 'fivetran', '--to', database.to, '--drop')).out).toMatch(
        /^\d+ views of "fivetran" were/,
      )
      expect((await hub('models', '--to', database.to)).out).toContain('(group)')
      await withTables(async (warehouse) => {
        await expect(warehouse.rows('select id from zendesk_fivetran."group"')).rejects.toThrow()
      })
    } finally {
      await database.remove()
      await sandbox.close()
    }
  })

  test.skipIf(skip)('where nothing can be made of what is there, nothing is made', async () => {
    const sandbox = await startSandbox({ tickets: 5, seed: 4 })
    const database = await make()
    try {
      const before = await hub('models', 'graph', '--to', database.to)
      expect(before).toMatchObject({
        code: 1,
        out: '',
        said: expect.stringMatching(/zendesk-hub sync (makes it|loads)/),
      })
      if (database.to.startsWith('duckdb:')) expect(existsSync(database.to.slice('duckdb:'.length))).toBe(false)
      const warehouse = await database.open()
      await load(await sourceOf(configFor(sandbox)), warehouse, { streams: ['groups'] })
      await warehouse.close()
      expect(await hub('models', 'graph', '--to', database.to)).toMatchObject({
        ...{ code: 1, out: '' },
        said: expect.stringMatching(/^zendesk-hub: No view of "graph" can be made: .*contacts: stream "users" was not/),
      })
      const again = await database.open()
      const schemas = await again.rows(
        `select 1 as found from information_schema.schemata where schema_name like '%graph'`,
      )
      await again.close()
      expect(schemas).toEqual([])
    } finally {
      await database.remove()
      await sandbox.close()
    }
  })

  test('a set that is not there is named', async () => {
    expect((await hub('models', 'nothing')).said).toBe(
      'zendesk-hub: There are no models "nothing": there are graph, metrics, fivetran.\n',
    )
  })
})

describe('docs/models.md', () => {
  test('has the columns of each view as the models have them', async () => {
    const path = join(import.meta.dirname, '../../docs/models.md')
    let page = readFileSync(path, 'utf8')
    for (const set of MODEL_SETS) {
      const region = new RegExp(`(<!-- columns of ${set.name} -->\n)[^]*?(<!-- end -->)`)
      const tables = set.models.filter(({ columns }) => columns !== undefined).map(described)
      if (tables.length > 0) expect(page).toMatch(region)
      page = page.replace(region, (_, begin, end) => `${begin}${tables.join('')}${end}`)
    }
    // vitest -u writes it.
    await expect(page).toMatchFileSnapshot(path)
  })
})

function described({ name, about, from, also = {}, columns = {} }: Model): string {
  const list = (streams: readonly string[]) => streams.map((stream) => `\`${stream}\``).join(', ')
  const more = Object.keys(also)
  const rows = Object.entries(columns).map(([column, what]) => `| \`${column}\` | ${what} |\n`)
  return `
### ${name}
${about} Of ${list(from)}${more.length > 0 ? `; ${list(more)} add to it` : ''}.

| column | what it holds |
| --- | --- |
${rows.join('')}
`
}
