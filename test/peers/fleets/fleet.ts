// A fleet of accounts of sandboxes for an engine to sync: two that are whole in the end, one whose token is wrong, one that is paused.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'

const hubProgram = join(import.meta.dirname, '../../../hub/dist/zendesk-hub.js')
const WHOLE = ['one', 'two']
const STREAMS = ['tickets', 'users', 'organizations']

/** An account as `accounts list --json` and `status --json` show it. */
export interface Shown {
  readonly id: string
  readonly tier: string
  readonly outcome?: string
  readonly holder?: string
  readonly runs: number
}

/** Checks, printed as they are made. */
export function createChecks() {
  const began = performance.now()
  let [passed, failed] = [0, 0]
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(0)
  const check = (what: string, isRight: boolean, more: unknown = ''): void => {
    if (isRight) passed++
    else failed++
    const fault = isRight ? '' : `: ${JSON.stringify(more)}`
    process.stdout.write(`${seconds().padStart(4)} s  ${isRight ? 'ok' : 'NOT OK'}  ${what}${fault}\n`)
  }
  return {
    check,
    /** Waits until this is so: five times as long as the `most` seconds that it takes on a quiet machine. `found` says what is there instead. */
    async until(
      what: string,
      most: number,
      isSo: () => Promise<boolean>,
      found: () => Promise<unknown> = async () => '',
    ): Promise<void> {
      for (const end = performance.now() + 5 * most * 1000; performance.now() < end; await pause(1000))
        if (await isSo().catch(() => false)) return check(what, true)
      check(what, false, [`not within ${5 * most} s`, await found()])
    },
    /** Says how many passed; the exit code. */
    end(): number {
      process.stdout.write(`All of it took ${seconds()} s.\n${passed} passed, ${failed} failed\n`)
      return failed === 0 ? 0 : 1
    },
  }
}

export type Checks = ReturnType<typeof createChecks>

/** Adds the accounts to a store of their own, below this folder. Their answers are slow, so that there is time to kill. */
export async function startFleet(work: string) {
  const environment: Record<string, string> = {
    ZENDESK_HUB_KEY: randomBytes(32).toString('base64'),
    ZENDESK_HUB_STORE: `sqlite:${join(work, 'fleet.sqlite')}`,
    ZENDESK_FLEET_COMMAND: `${process.execPath} ${hubProgram}`,
    ZENDESK_FLEET_RUN_FLAGS: '--lease 4 --commit-rows 50',
    ZENDESK_FLEET_RETRY_SECONDS: '2',
  }
  const hub = async (...args: readonly string[]): Promise<string> => {
    const child = spawn(process.execPath, [hubProgram, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    child.stdout.on('data', (bytes) => {
      out += bytes
    })
    await once(child, 'close')
    return out
  }
  const sandboxes = new Map<string, Sandbox>()
  const connections: object[] = []
  for (const [nth, id] of [...WHOLE, 'wrong', 'paused'].entries()) {
    const sandbox = await startSandbox({ tickets: 60, seed: nth + 1, exportPageSize: 10, frozen: true })
    sandbox.account.advance(3600)
    sandbox.faults.next({ kind: 'slow', seconds: 0.4, times: Number.POSITIVE_INFINITY })
    sandboxes.set(id, sandbox)
    const { email, apiToken } = sandbox.credentials
    const credentials = { credentials: 'api_token', email, api_token: id === 'wrong' ? 'not this one' : apiToken }
    const source = { subdomain: id, base_url: sandbox.url, credentials }
    const to = `duckdb:${join(work, `${id}.duckdb`)}`
    connections.push({ name: id, source, to, streams: STREAMS, schedule: 'every 24h' })
  }
  writeFileSync(join(work, 'hub.json'), JSON.stringify({ connections }))
  await hub('accounts', 'add', '--config', join(work, 'hub.json'))
  await hub('accounts', 'pause', 'paused')
  const list = async (): Promise<readonly Shown[]> => JSON.parse(await hub('accounts', 'list', '--json'))
  return {
    environment,
    list,
    one: async (id: string): Promise<Shown> => (await list()).find((account) => account.id === id)!,
    /** Whether the accounts that can be whole are, and nobody syncs them. */
    isWhole: async (): Promise<boolean> =>
      (await list()).filter(({ id }) => WHOLE.includes(id)).every(({ tier, holder }) => tier === 'regular' && !holder),
    /** The streams whose ids differ from the account's. */
    differences: async (): Promise<readonly string[]> => {
      const wrong: string[] = []
      for (const id of WHOLE)
        for (const stream of STREAMS) {
          const sql = `select id from ${stream} where _deleted_at is null`
          const lines = await hub('query', sql, '--json', '--to', `duckdb:${join(work, `${id}.duckdb`)}`)
          const ids = lines
            .trim()
            .split('\n')
            .map((line) => String(JSON.parse(line).id))
          const live = sandboxes.get(id)!.account.truth(stream as 'tickets').live
          const truth = new Set([...live.keys()].map(String))
          if (ids.length !== truth.size || ids.some((one) => !truth.has(one))) wrong.push(`${id} ${stream}`)
        }
      return wrong
    },
    /** The outcomes of an account's runs, the newest first. */
    outcomes: async (id: string): Promise<readonly string[]> => {
      const { accounts } = JSON.parse(await hub('status', id, '--json')) as {
        accounts: { runs: { outcome: string }[] }[]
      }
      return accounts[0]!.runs.map(({ outcome }) => outcome)
    },
    async end(): Promise<void> {
      for (const sandbox of sandboxes.values()) await sandbox.close()
    },
  }
}

/** Kills the process of `zendesk-hub run` for this account that was started with this store; whether there was one. */
export function killRun(account: string, store: string): boolean {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
      const at = args.indexOf(hubProgram)
      if (at < 0 || args[at + 1] !== 'run' || args[at + 2] !== account) continue
      if (!readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(`ZENDESK_HUB_STORE=${store}`)) continue
      process.kill(Number(id), 'SIGKILL')
      return true
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
  return false
}
