// The commands beside sync, on both databases: what was loaded is asked for, read anew, and loaded from lines of any connector.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, DATABASES } from './support/here.ts'
import { hub, hubReading } from './support/hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-'))
const sandbox = await startSandbox({ tickets: 30 })
const config = join(folder, 'config.json')
writeFileSync(config, JSON.stringify(configFor(sandbox)))
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

const lines = (...objects: unknown[]): string => `${objects.map((one) => JSON.stringify(one)).join('\n')}\n`

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip)('status, query and reset', async () => {
    const { to, remove } = await make()
    expect(await hub('status', '--to', to)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/does not exist. zendesk-hub sync makes it|Nothing was loaded/),
    })
    await hub('sync', '--source', config, '--to', to, '--streams', 'groups,tickets')
    const status = await hub('status', '--to', to)
    expect(status.code).toBe(0)
    expect(status.out).toMatch(/^groups +merge +complete +\d+/m)
    const schema = to.startsWith('duckdb') ? 'main' : 'zendesk'
    const asked = await hub(
      'query',
      `select count(*) as n from ${schema}.tickets where _deleted_at is null`,
      '--to',
      to,
      '--json',
    )
    expect(JSON.parse(asked.out)).toEqual({ n: sandbox.account.truth('tickets').live.size })
    expect((await hub('query', `delete from ${schema}.tickets`, '--to', to)).code).toBe(1)
    expect((await hub('query', 'select 1 as one', '--to', to)).out).toMatch(/^one\n/)
    expect(await hub('query', ' ; -- nothing', '--to', to)).toMatchObject({
      code: 1,
      said: expect.stringContaining('query takes one statement'),
    })

    const group = [...sandbox.account.truth('groups').live.keys()][0]!
    await hub('reset', 'groups', '--to', to)
    const again = await hub('sync', '--source', config, '--to', to, '--streams', 'groups')
    expect(again.out).toMatch(new RegExp(`^groups +complete +${sandbox.account.truth('groups').live.size}`, 'm'))
    const rows = await hub(
      'query',
      `select count(*) as n from ${schema}.groups where id = ${group}`,
      '--to',
      to,
      '--json',
    )
    expect(JSON.parse(rows.out)).toEqual({ n: 1 })
    expect(await hub('reset', 'nothing', '--to', to)).toMatchObject({
      code: 1,
      said: 'There is no state of "nothing".\n',
    })
    await remove()
  })

  test.skipIf(skip)('query changes nothing, and looks at no file', async () => {
    const { to, remove } = await make()
    const isFile = to.startsWith('duckdb')
    const schema = isFile ? 'main' : 'zendesk'
    await hub('sync', '--source', config, '--to', to, '--streams', 'groups')
    const count = async () =>
      (await hub('query', `select count(*) as n from ${schema}.groups`, '--to', to, '--json')).out
    const before = await count()
    const out = join(folder, 'out.csv')
    const refused = [
      `insert into ${schema}.groups select * from ${schema}.groups`,
      `create table ${schema}.more as select 1 as one`,
      `drop table ${schema}.groups`,
      ...(isFile
        ? [
            `copy ${schema}.groups to '${out}'`,
            `export database '${out}'`,
            `attach '${out}' as other`,
            `select * from read_csv('${config}')`,
            `set enable_external_access = true; copy ${schema}.groups to '${out}'`,
          ]
        : [`set transaction read write; delete from ${schema}.groups`]),
    ]
    for (const sql of refused) expect(await hub('query', sql, '--to', to), sql).toMatchObject({ code: 1, out: '' })
    expect(existsSync(out)).toBe(false)
    expect(await count()).toBe(before)
    await remove()
  })

  test.skipIf(skip)('load takes the lines of a Singer tap, and hands its state back', async () => {
    const { to, remove } = await make()
    const schema = {
      properties: {
        id: { type: 'integer' },
        at: { type: ['null', 'string'], format: 'date-time' },
        tags: { type: 'array' },
      },
    }
    const state = { type: 'STATE', value: { bookmarks: { things: 3 } } }
    const input = lines(
      { type: 'SCHEMA', stream: 'things', schema, key_properties: ['id'] },
      { type: 'RECORD', stream: 'things', record: { id: 1, at: '0001-01-01T00:00:00Z', tags: ['a\0b', '\u2028'] } },
      { type: 'RECORD', stream: 'things', record: { id: 2, at: 'never', tags: [], shade: 'blue' } },
      { type: 'RECORD', stream: 'things', record: { id: 1, at: null, tags: ['c'] } },
      { type: 'RECORD', stream: 'things', record: { id: 3, _sdc_deleted_at: '2024-01-01T00:00:00Z' } },
      state,
    )
    const { code, out, said } = await hubReading(input, 'load', '--to', to)
    expect([code, out]).toEqual([0, lines(state)])
    expect(said).toMatch(/things +complete +3 +1 +1/)
    const name = to.startsWith('duckdb') ? 'main.things' : 'zendesk.things'
    const rows = await hub(
      'query',
      `select id, "at", tags, _more, _deleted_at from ${name} order by id`,
      '--to',
      to,
      '--json',
    )
    expect(
      rows.out
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row)),
    ).toMatchObject([
      { id: 1, at: null, tags: '["c"]', _more: null, _deleted_at: null },
      { id: 2, at: null, _more: expect.stringContaining('_misfits') },
      { id: 3, _deleted_at: '2024-01-01T00:00:00Z' },
    ])
    await remove()
  })

  test.skipIf(skip)("load takes Airbyte's messages with their catalog", async () => {
    const { to, remove } = await make()
    const catalog = join(folder, 'catalog.json')
    const stream = {
      name: 'things',
      json_schema: { properties: { id: { type: 'string' }, big: { type: ['null', 'integer'] } } },
    }
    writeFileSync(catalog, JSON.stringify({ streams: [{ stream, sync_mode: 'incremental', primary_key: [['id']] }] }))
    const state = {
      type: 'STATE',
      state: { type: 'STREAM', stream: { stream_descriptor: { name: 'things' }, stream_state: { n: 1 } } },
    }
    const statusOf = (status: string) => ({
      type: 'TRACE',
      trace: { type: 'STREAM_STATUS', stream_status: { stream_descriptor: { name: 'things' }, status } },
    })
    const records = [
      { type: 'RECORD', record: { stream: 'things', data: { id: 'a\ud800', big: 1e30 }, emitted_at: 1 } },
      { type: 'RECORD', record: { stream: 'things', data: { id: 'b', big: '9007199254740993' }, emitted_at: 1 } },
    ]
    const whole = await hubReading(
      lines(...records, state, statusOf('COMPLETE')),
      'load',
      '--catalog',
      catalog,
      '--to',
      to,
    )
    expect([whole.code, whole.out]).toEqual([0, lines(state)])
    const name = to.startsWith('duckdb') ? 'main.things' : 'zendesk.things'
    const rows = await hub('query', `select id, big::text as big, _more from ${name} order by id`, '--to', to, '--json')
    const [first, second] = rows.out
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row))
    expect([first.id, first.big, JSON.parse(first._more)]).toEqual(['a\ufffd', null, { big: 1e30, _misfits: ['big'] }])
    expect([second.big, second._more]).toEqual(['9007199254740993', null])
    const cut = await hubReading(
      lines(...records, state, statusOf('INCOMPLETE')),
      'load',
      '--catalog',
      catalog,
      '--to',
      to,
    )
    expect([cut.code, cut.out]).toEqual([1, lines(state)])
    await remove()
  })
})
