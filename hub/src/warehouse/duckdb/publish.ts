import { rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { literal } from '../../table/names.ts'

/**
 * Writes a copy of the file that other programs can read while the next sync runs: always whole, put in place at once. It
 * is as small as its rows.
 */
export async function publishDuckdb(
  from: string,
  to: string,
  rename: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const unfinished = `${to}.unfinished`
  await rm(unfinished, { force: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`attach ${literal(from)} as source (read_only)`)
    await connection.run(`attach ${literal(unfinished)} as target`)
    await connection.run('copy from database source to target')
    await connection.run('detach target')
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  await rename(unfinished, to)
}
