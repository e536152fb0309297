// One process at a time loads into a schema: it has a lock for as long as it is connected. A process that hangs stays
// connected, so who has the account's newer lease ends its connection.
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/** The lease under which a warehouse is opened: the higher number is the newer one. */
export interface LeaseNumber {
  readonly account: string
  readonly fence: number
}

/** For how long the server may take to find out that the client of a lock was killed, in milliseconds. */
const LOCK_PATIENCE = 3000

const KEY = 'hashtextextended($1, 8151)'

/** What others see of a connection: PostgreSQL cuts names after 63 bytes, and takes no others than ASCII. */
export const connectionName = (lease: LeaseNumber | undefined): string =>
  lease === undefined ? 'zendesk-hub' : `${nameOf(lease)}${lease.fence}`

const nameOf = ({ account }: LeaseNumber): string =>
  `zendesk-hub ${createHash('sha256').update(account).digest('hex').slice(0, 24)} `

/** Resolves to whether this client is the one that loads into the schema. */
export async function lockSchema(client: pg.Client, schema: string, lease?: LeaseNumber): Promise<boolean> {
  for (let waited = 0; ; waited += 250) {
    const { rows } = await client.query(`select pg_try_advisory_lock(${KEY}) as locked`, [schema])
    if (rows[0].locked === true) return true
    if (waited >= LOCK_PATIENCE) return false
    if (lease !== undefined) await endReplaced(client, schema, lease)
    await pause(250)
  }
}

/** Ends the connection that has the lock, if it was made under an older lease of the same account: what it has not committed is gone. */
async function endReplaced(client: pg.Client, schema: string, lease: LeaseNumber): Promise<void> {
  const name = nameOf(lease)
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objsubid = 1 and granted and datname = current_database() and usename = current_user
       and (classid::bigint << 32) | objid::bigint = ${KEY}
       and case when starts_with(application_name, $2) then substr(application_name, $3)::bigint end < $4`,
    [schema, name, name.length + 1, lease.fence],
  )
}
