// What the accounts' tables hold, beside what is true.
import type { Sandbox } from 'zendesk-sandbox'
import type { Database } from './database.ts'

/** By stream of which an account has the truth. */
export const STREAMS = ['tickets', 'users', 'organizations', 'groups', 'ticket_metrics'] as const

export const schemaOf = (id: string): string => id.replace('-', '_')

/** By account and stream: how many ids are missing, and how many too many. */
export async function differences(
  fleet: Database,
  sandboxes: ReadonlyMap<string, Sandbox>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const [id, { account }] of sandboxes)
    for (const stream of STREAMS) {
      const key = stream === 'ticket_metrics' ? 'ticket_id' : 'id'
      const rows = await fleet.rows(`select ${key} as id from ${schemaOf(id)}.${stream} where _deleted_at is null`)
      const ids = new Set(rows.map((row) => String(row['id'])))
      const truth = new Set([...account.truth(stream).live.keys()].map(String))
      const missing = [...truth].filter((one) => !ids.has(one)).length
      const surplus = [...ids].filter((one) => !truth.has(one)).length
      if (missing + surplus > 0 || ids.size !== rows.length) found.push(`${id} ${stream}: -${missing} +${surplus}`)
    }
  return found
}

/** By account and stream: a hash of all that the table holds, and of when it came. */
export async function hashes(fleet: Database, accounts: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>()
  for (const id of accounts)
    for (const stream of STREAMS) {
      const sql = `select md5(string_agg(to_jsonb(t)::text, ' ' order by to_jsonb(t)::text)) as hash from ${schemaOf(id)}.${stream} as t`
      found.set(`${id} ${stream}`, (await fleet.rows(sql))[0]!['hash'])
    }
  return found
}
