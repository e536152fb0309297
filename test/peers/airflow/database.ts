// A database of this test's own, on the server of POSTGRES_URL.
import pg from 'pg'

export type Database = Awaited<ReturnType<typeof createDatabase>>

export async function createDatabase(name: string) {
  const server = new URL(process.env['POSTGRES_URL']!)
  const onServer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.href })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await onServer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url,
    // A connection each time: they are cut on purpose.
    async rows(sql: string): Promise<Record<string, unknown>[]> {
      const client = new pg.Client({ connectionString: url.href, application_name: 'the test' })
      await client.connect()
      try {
        return (await client.query(sql)).rows
      } finally {
        await client.end()
      }
    },
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  }
}
