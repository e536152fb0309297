// `zendesk-hub run`: one account of a store, once, on any machine.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { ConnectorError, type TextFile } from 'zendesk-connector'
import { passed } from '../clock.ts'
import { connectionIn } from '../config/read.ts'
import { ConfigurationError, HubError, InUse, messageOf } from '../errors.ts'
import { fencedWarehouse } from '../fleet/fenced-warehouse.ts'
import { type RunOptions, type RunWork, runAccount, type WorkEnd } from '../fleet/run-account.ts'
import { forgetState, openBooks } from '../load/books.ts'
import { StoreAway } from '../store/database.ts'
import type { Store } from '../store/open.ts'
import { resetsOf, settleResets } from '../store/states.ts'
import { cutOffRenewal, tokensOf } from '../store/tokens.ts'
import type { SyncResult } from '../sync/sync.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { commitRows, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { runThrough } from './run-through.ts'
import { STORE_HELP, withStore } from './store-flags.ts'
import { summary } from './summary.ts'
import { syncConnection } from './sync-connection.ts'

export const RUN_USAGE = `Usage: zendesk-hub run ACCOUNT --store ADDRESS [options] [-- COMMAND …]

Syncs one account of a store, for engines that decide when: Airflow, Temporal, cron. It takes the account's lease, reads its
present configuration, continues from its last state, and records how it went. If two start at once, one of them runs.

${STORE_HELP}  --max-wait SECONDS   ends instead of waiting longer for one of Zendesk's limits; the next run continues (no limit)
  --lease SECONDS      how long a process that died keeps the account (60)
  --commit-rows N      rows after which a transaction ends; it also ends after 30 seconds (20000)
  -- COMMAND …         gives the records to this command as Airbyte's messages, instead of loading them into the account's own
                       destination. {catalog} in it is the file of the configured catalog. States that it writes are stored:
                       it must have loaded the records before them

Exit codes: 0 done, or more is to come and the next run continues; 1 failed, and a retry continues; 75 another process has
the account, or it is paused; 78 the configuration is wrong, and a retry does not help.
`

const FLAGS = {
  store: { type: 'string' },
  'max-wait': { type: 'string' },
  lease: { type: 'string' },
  'commit-rows': { type: 'string' },
} as const

/** Settings of a run. Times are milliseconds. */
interface Settings {
  readonly maxWait: number | undefined
  readonly most: { readonly rows?: number }
  readonly holder: string
  readonly patience: number
}

export async function runRunCommand(program: Program, args: readonly string[]): Promise<number> {
  try {
    return await runOnce(program, args)
  } catch (error) {
    if (!(error instanceof HubError) || error instanceof StoreAway) throw error
    // A wrong flag, or an address that is no store: no retry helps.
    program.say(`zendesk-hub: ${error.message}\n`)
    return 78
  }
}

async function runOnce(program: Program, args: readonly string[]): Promise<number> {
  const at = args.indexOf('--')
  const command = at < 0 ? undefined : args.slice(at + 1)
  const { values, positionals } = readFlags(at < 0 ? args : args.slice(0, at), FLAGS, 2)
  const [id, more] = positionals
  if (id === undefined || more !== undefined) throw new HubError('Say which account: zendesk-hub run acme --store …')
  const length = seconds('lease', values.lease ?? '60') * 1000
  const settings: Settings = {
    maxWait: values['max-wait'] === undefined ? undefined : seconds('max-wait', values['max-wait']) * 1000,
    most: commitRows(values['commit-rows']),
    // In containers every process has the number 1, so the name has something random in it.
    holder: `${hostname()}:${program.processId}:${randomUUID().slice(0, 8)}`,
    patience: length,
  }
  return await withStore(program, values.store, async (store) => {
    const options: RunOptions = {
      holder: settings.holder,
      length,
      signal: program.signal,
      say: program.say,
      isConfiguration: (error) => error instanceof ConnectorError && error.failureType === 'config_error',
    }
    const work = (run: RunWork): Promise<WorkEnd> =>
      command === undefined
        ? load(program, store, run, settings)
        : runThrough(program, store, run, command, accountOptions(store, run, settings))
    const explain = (error: unknown): Promise<unknown> => explained(store, id, settings.holder, error)
    const explainedWork = async (run: RunWork): Promise<WorkEnd> => {
      const end = await work(run).catch(async (error: unknown) => {
        throw await explain(error)
      })
      return { ...end, error: await explain(end.error) }
    }
    const { code, outcome, reason } = await runAccount(store, id, explainedWork, options)
    program.say(`zendesk-hub: ${id}: ${outcome}${reason === undefined ? '.' : `: ${reason}`}\n`)
    return code
  })
}

/** Reads the account and loads it into its own destination. */
async function load(program: Program, store: Store, run: RunWork, settings: Settings): Promise<WorkEnd> {
  const { account, held, tally, signal } = run
  const connection = connectionIn(account.connection, program.environment)
  const { schema } = connection
  const resets = await resetsOf(store, account.id)
  const attempt = (): Promise<SyncResult> =>
    syncConnection(
      { ...program, signal },
      connection,
      settings.most,
      { take: (message) => tally.take(message), costs: () => undefined },
      {
        lease: held.lease,
        guard: async (opened) => {
          const warehouse = await fencedWarehouse(opened, account.id, held.lease.fence)
          await reset(store, warehouse, account.id, resets)
          return warehouse
        },
        onCommit: () => run.committed(),
        account: accountOptions(store, run, settings),
      },
    )
  const result = await unlessInUse(attempt, settings.patience, signal, () =>
    program.say(
      `Its tables${schema === undefined ? '' : ` in schema "${schema}"`} are being loaded by somebody else. Waiting …\n`,
    ),
  )
  program.say(summary(result))
  const error = result.error ?? [...result.tallies.values()].find((one) => one.error !== undefined)?.error
  return {
    isComplete: result.status === 'complete',
    streams: [...result.tallies].map(([stream, { status, rows, deletions, error: why }]) => ({
      stream,
      status,
      rows,
      deletions,
      error: why,
    })),
    error: typeof error === 'string' ? new HubError(error) : error,
  }
}

/** If a process died, its schema is free only once the server has noticed. */
async function unlessInUse<Result>(
  attempt: () => Promise<Result>,
  patience: number,
  signal: AbortSignal,
  told: () => void,
): Promise<Result> {
  for (const until = passed() + patience; ; await pause(1000, undefined, { signal })) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof InUse) || passed() >= until) throw error
      told()
    }
  }
}

/** Lets streams be read from their beginning, as was asked for: in the warehouse first, so that a kill between leaves nothing out. */
async function reset(
  store: Store,
  warehouse: Warehouse,
  id: string,
  resets: ReadonlyMap<string, number>,
): Promise<void> {
  if (resets.size === 0) return
  await openBooks(warehouse)
  for (const stream of resets.keys()) await warehouse.atOnce(async () => void (await forgetState(warehouse, stream)))
  await settleResets(store, id, resets)
}

/** How the connector keeps renewed tokens, and how long it waits. */
function accountOptions(store: Store, { account }: RunWork, { holder, maxWait }: Settings) {
  return {
    tokensFile: transientWhileAway(tokensOf(store, account.id, holder)),
    ...(maxWait !== undefined && { maxWait }),
  }
}

/** A store that cannot be reached is no fault of the configuration. */
function transientWhileAway(tokens: TextFile): TextFile {
  const told =
    <Args extends readonly unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await act(...args)
      } catch (error) {
        if (error instanceof StoreAway) throw new ConnectorError(error.message, 'transient_error', { cause: error })
        throw error
      }
    }
  return { ...tokens, read: told(tokens.read), reserve: told(tokens.reserve), replace: told(tokens.replace) }
}

/** Explains an error about tokens that Zendesk refuses: names the process that died before it could keep the new ones. */
async function explained(store: Store, id: string, holder: string, error: unknown): Promise<unknown> {
  if (error === undefined || !REFUSED.test(messageOf(error))) return error
  const cutOff = await cutOffRenewal(store, id, holder)
  const why =
    cutOff === undefined
      ? ''
      : ` The renewal that ${cutOff.holder} began at ${new Date(cutOff.begunAt).toISOString()} was cut off before Zendesk's answer was kept.`
  return new ConfigurationError(
    `The connection of account "${id}" is lost: sign in again, and add the account with its new tokens.${why} ${messageOf(error)}`,
    { cause: error },
  )
}

/** In the connector's error for a refresh token that Zendesk refuses. */
const REFUSED = /refresh token was used before/

/** In seconds. A process that died keeps its account until its lease ends, so a longer lease is surely a mistake. */
const DAY = 86_400

function seconds(flag: string, text: string): number {
  const number = Number(text)
  if (!(number > 0 && number <= DAY))
    throw new HubError(`--${flag} takes a number of seconds, a day at most, not "${text}".`)
  return number
}
