// Rows on their way from the database to Zendesk: however many there are, few of them are held at a time.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { openWriter } from '../src/source/writer.ts'
import type { Row } from '../src/table/batch.ts'
import { rowsOf } from '../src/write/records.ts'
import { spooled } from '../src/write/spool.ts'
import { writeRows, writerConfig } from '../src/write/write-rows.ts'
import { configFor, DATABASES, type TestDatabase } from './support/here.ts'

const ROWS = 8_000
/** Rows of batches that are under way, and what the collector has not come to. */
const HELD = 3_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** How many of these are still held by somebody. */
async function heldOf(rows: readonly WeakRef<Row>[]): Promise<number> {
  await turn()
  collect()
  await turn()
  collect()
  return rows.filter((row) => row.deref() !== undefined).length
}

describe.each(DATABASES)('%s', (_, make, skip) => {
  let [sandbox, database, folder]: [Sandbox?, TestDatabase?, string?] = []
  beforeAll(async () => {
    if (skip) return
    sandbox = await startSandbox({ tickets: 5 })
    database = await make()
    folder = mkdtempSync(join(tmpdir(), 'hub-'))
  })
  afterAll(async () => {
    await sandbox?.close()
    await database?.remove()
    if (folder) rmSync(folder, { recursive: true })
  })
  const asked = (count = ROWS): { query: string } => {
    const numbers = database!.to.startsWith('duckdb:')
      ? `range(1, ${count + 1}) as t(n)`
      : `(select generate_series(1, ${count}) as n) as t`
    return { query: `select 'many-' || n as external_id, 'Many ' || n as name from ${numbers}` }
  }

  test.skipIf(skip)('a query gives its rows in pieces, and those that nobody takes are not read', async () => {
    const warehouse = await database!.open()
    const [sizes, all] = [[] as number[], new Set<unknown>()]
    for await (const some of rowsOf(asked(), warehouse)) {
      sizes.push(some.length)
      for (const { external_id } of some) all.add(external_id)
    }
    expect(all.size).toBe(ROWS)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_048)
    // A thousand million rows would not end.
    for await (const [first] of rowsOf(asked(1_000_000_000), warehouse)) {
      expect(first).toEqual({ external_id: expect.stringMatching(/^many-\d+$/), name: expect.any(String) })
      break
    }
    expect(await warehouse.rows('select 1 as one')).toEqual([{ one: 1 }])
    await expect(rowsOf({ query: 'select nothing from nowhere' }, warehouse).next()).rejects.toThrow(
      /The query cannot be run: .*nowhere/,
    )
    await warehouse.close()
  })

  test.skipIf(skip)('of many rows few are held while they are written, and their file is gone afterwards', async () => {
    const warehouse = await database!.open()
    writeFileSync(join(folder!, 'rows-1.jsonl'), 'left by a run that was killed')
    const spool = await spooled(folder!, 2, rowsOf(asked(), warehouse))
    await warehouse.close()
    expect([spool.count, readdirSync(folder!)]).toEqual([ROWS, ['rows-2.jsonl']])
    const settings = { name: 'many', object: 'users', mode: 'append_dedup' as const, key: ['external_id'] }
    const isDryRun = true
    const config = writerConfig({ source: configFor(sandbox!) }, settings, { folder: folder!, isDryRun })
    let planned = 0
    const writer = await openWriter(config, { onPlanned: () => void planned++ })
    const rows: WeakRef<Row>[] = []
    const held: number[] = []
    const watched = async function* (): AsyncGenerator<Row> {
      for await (const row of spool.rows()) {
        rows.push(new WeakRef(row))
        if (rows.length % (ROWS / 4) === 0) held.push(await heldOf(rows))
        yield row
      }
    }
    const counts = await writeRows(writer, settings, watched())
    writer.close()
    await spool.close()
    expect([counts?.written, planned, rows.length]).toEqual([ROWS, ROWS, ROWS])
    expect(held).toHaveLength(4)
    expect(Math.max(...held)).toBeLessThan(HELD)
    expect(readdirSync(folder!).filter((name) => name.endsWith('.jsonl'))).toEqual([])
  })
})
