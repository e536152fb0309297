// A file of DuckDB that is opened twice in one process: one instance, so that nobody writes over the other's pages.
import { expect, test } from 'vitest'
import { openDuckdb } from '../src/warehouse/duckdb/open.ts'
import { duckdbFile } from './support/here.ts'

test('two who write and one who looks see each other, and the file is whole when the last has closed it', async () => {
  const file = duckdbFile()
  try {
    const path = file.to.replace('duckdb:', '')
    const open = (readOnly = false) => openDuckdb({ path, schema: 'main', memory: '100MB', readOnly })
    const [one, other] = [await open(), await open()]
    const reader = await open(true)
    await one.run('create table t (i integer)')
    await Promise.all([one.run('insert into t select range from range(1000)'), other.rows('select 1')])
    await one.close()
    await other.run('insert into t values (1000)')
    expect(await reader.rows('select count(*) as n from t')).toEqual([{ n: 1001 }])
    await other.close()
    await reader.close()
    const again = await open(true)
    expect(await again.rows('select count(*) as n from t')).toEqual([{ n: 1001 }])
    await again.close()
  } finally {
    await file.remove()
  }
})
