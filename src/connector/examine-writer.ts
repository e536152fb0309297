import { resolve } from 'node:path'
import type { WriteConfig } from '../config/write-config.ts'
import type { RejectedBucket } from '../io/rejected-bucket.ts'
import type { Call } from '../model/call.ts'
import { ConnectorError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { Ledger } from '../model/writing.ts'
import { signedInUser } from '../zendesk/availability.ts'
import type { AccountConnection } from './account-connection.ts'
import { audiencesOf, guardrailsOf, SELL_ENDS } from './audiences.ts'
import type { AccountObject } from './operations.ts'
import { objectOf } from './targets.ts'

interface Examined {
  readonly config: WriteConfig
  readonly connection: AccountConnection
  readonly ledger: Ledger
  readonly bucket: RejectedBucket | undefined
  readonly accountObject: (name: string) => Promise<AccountObject>
}

/** Signs in, and says what is on, in sentences. Throws a ConnectorError if nothing can be written. */
export async function examineWriter({ config, connection, ledger, bucket, accountObject }: Examined) {
  const { allowed, sets, isDryRun, folder, mappings } = config
  const { get, call, clock, log } = connection
  const { origin, credentials } = connection.config
  const user = await signedInUser(get, origin, credentials.kind)
  if (user.role === 'end-user')
    throw new ConnectorError(
      `${user.name} is an end user, who may write nothing. Sign in as an administrator.`,
      'config_error',
    )
  await bucket?.examine()
  const guardrails: string[] = []
  for (const mapping of mappings) {
    const { stream, object = stream, audiences = [] } = mapping
    if (audiences.length === 0) continue
    const there = await accountObject(objectOf(stream, object).name)
    guardrails.push(...guardrailsOf(stream, object, audiencesOf(mapping, there, ledger, log)))
  }
  if (config.sell) guardrails.push(await sellSentence(call))
  const switches = Object.entries({
    send_mails: allowed.mails,
    notify_subscribers: allowed.subscribers,
    public_comments: allowed.publicComments,
    raise_roles: allowed.roles,
    create_options: allowed.options,
    create_fields: allowed.fields,
    allow_deletes: allowed.deletes,
    dry_run: isDryRun,
  })
  const on = switches.filter(([, isOn]) => isOn).map(([name]) => name)
  return [
    `Writes as ${user.name} (${user.role}). Switched on: ${on.join(', ') || 'nothing'}. Tags: ${sets.mode}${sets.mode === 'managed' ? `, those with ${sets.prefix}` : ''}.`,
    `Ledger: ${resolve(folder)}. Rejected rows: ${bucket?.where ?? resolve(folder, 'rejected')}. Checked at ${new Date(clock.now()).toISOString()}.`,
    ...guardrails,
  ]
}

/** Signs in to Zendesk Sell. Throws a ConnectorError if its token is not taken. */
async function sellSentence(call: Call): Promise<string> {
  const { status, body } = await call({ method: 'GET', path: 'users/self', product: 'sell' })
  if (status >= 300)
    throw new ConnectorError(`Zendesk Sell does not take the sign-in of "sell": HTTP ${status}.`, 'config_error')
  const { name } = (body['data'] ?? {}) as RecordData
  return `Writes to Zendesk Sell as ${String(name)}. Sell ends on ${SELL_ENDS}, and its data with it: audiences of users stay.`
}
