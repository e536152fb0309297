// Whether a connection works, in steps that say what to do.
import { messageOf } from '../../errors.ts'
import type { SourceUser } from '../../source/source.ts'
import type { Hub } from '../console.ts'
import { isConnected } from './connected.ts'
import { listOf, objectOf, Refusal, type Schema, text, yesNo } from './operation.ts'

interface Step {
  readonly what: string
  readonly ok: boolean
  readonly note: string
}

export interface TestResult {
  readonly ok: boolean
  readonly steps: readonly Step[]
  /** Streams that cannot be read, with the reason. */
  readonly unreadable: readonly { readonly stream: string; readonly reason: string }[]
}

export const TEST: Schema = objectOf({
  ok: yesNo(),
  steps: listOf(objectOf({ what: text(), ok: yesNo(), note: text() })),
  unreadable: listOf(objectOf({ stream: text(), reason: text() })),
})

/** Tests the account and the warehouse of a connection. Throws a Refusal if there is none of this name. */
export async function testOf(hub: Hub, name: string | undefined): Promise<TestResult> {
  const written = hub.file.read().find((one) => one.name === name)
  if (!written) throw new Refusal(404, `There is no connection "${name}".`)
  if (!isConnected(written['source']))
    return {
      ok: false,
      unreadable: [],
      steps: [{ what: 'Consent', ok: false, note: 'It is not connected yet: press Connect.' }],
    }
  const connection = hub.connections().find((one) => one.name === name)
  if (!connection) throw new Refusal(404, `Connection "${name}" is not in use.`)
  const [account, warehouse] = await Promise.all([
    hub
      .account(connection)
      .then((open) => open.signedIn())
      .then(accountSteps)
      .catch((error: unknown) => ({ unreadable: [], steps: [{ what: 'Sign in', ok: false, note: messageOf(error) }] })),
    warehouseStep(hub, connection),
  ])
  const steps = [...account.steps, warehouse]
  return { ok: steps.every(({ ok }) => ok), steps, unreadable: account.unreadable }
}

function accountSteps({
  origin,
  name,
  role,
  token,
  wayEnds,
  requestsPerMinute,
  unreadable,
}: SourceUser): Omit<TestResult, 'ok'> {
  const step = (what: string, note: string, ok = true): Step => ({ what, ok, note })
  const steps = [
    step('Account', `${new URL(origin).host} answers.`),
    step('Sign in', `As ${name} (${role}).`, role !== 'end-user'),
    ...(token ? [step('Token', `${scopesOf(token.scopes)} ${endsOf(token)}`)] : []),
    ...(wayEnds === undefined ? [] : [step('Way to sign in', `${wayEnds}.`)]),
    ...(requestsPerMinute === undefined
      ? []
      : [step('Limit', `The account allows ${requestsPerMinute} requests a minute.`)]),
    step(
      'Streams',
      unreadable.size === 0 ? 'Every stream can be read.' : `${unreadable.size} cannot be read; the others can.`,
    ),
  ]
  return { steps, unreadable: [...unreadable].map(([stream, reason]) => ({ stream, reason })) }
}

const scopesOf = (scopes: readonly string[]): string => `Scopes: ${scopes.join(' ') || 'none'}.`

function endsOf({ expiresAt, refreshExpiresAt }: NonNullable<SourceUser['token']>): string {
  if (expiresAt === undefined) return 'It has no end.'
  return refreshExpiresAt === undefined
    ? `It ends at ${expiresAt}.`
    : `It is renewed; the consent ends at ${refreshExpiresAt}.`
}

async function warehouseStep(hub: Hub, connection: Parameters<Hub['warehouse']>[0]): Promise<Step> {
  if (hub.running.of(connection.name)) return { what: 'Warehouse', ok: true, note: 'A sync loads into it now.' }
  try {
    const warehouse = await hub.warehouse(connection, false)
    await warehouse.close()
    return { what: 'Warehouse', ok: true, note: `${warehouse.name} can be written.` }
  } catch (error) {
    return { what: 'Warehouse', ok: false, note: messageOf(error) }
  }
}
