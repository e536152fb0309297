// A fleet under Temporal, on one machine: see run.sh.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { createChecks } from '../fleets/fleet.ts'
import { freePort } from '../free-port.ts'
import { createProcesses, killWhole } from '../processes.ts'

const [work = '', temporal = '', worker = ''] = process.argv.slice(2)
const hubProgram = join(import.meta.dirname, '../../../hub/dist/zendesk-hub.js')
const ACCOUNTS = ['one', 'two', 'three', 'four']
const STREAMS = ['tickets', 'users', 'organizations']
const checks = createChecks()
const { check, until } = checks

const port = await freePort()
const environment: Record<string, string> = {
  ZENDESK_HUB_KEY: randomBytes(32).toString('base64'),
  ZENDESK_HUB_STORE: `sqlite:${join(work, 'fleet.sqlite')}`,
  ZENDESK_FLEET_COMMAND: `${process.execPath} ${hubProgram}`,
  ZENDESK_FLEET_RUN_FLAGS: '--lease 8 --commit-rows 50',
  ZENDESK_FLEET_SLOTS: '2',
  TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
}

async function hub(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [hubProgram, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  await once(child, 'close')
  return out
}

interface Shown {
  readonly id: string
  readonly tier: string
  readonly holder?: string
  readonly runs:
    | number
    | readonly { readonly outcome: string; readonly streams: readonly { stream: string; rows: number }[] }[]
}
const list = async (): Promise<readonly Shown[]> => JSON.parse(await hub('accounts', 'list', '--json'))

const sandboxes = new Map<string, Sandbox>()
const processes = createProcesses(work, environment)
const cli = (...args: readonly string[]): string =>
  execFileSync(temporal, [...args, '--address', environment['TEMPORAL_ADDRESS']!], { encoding: 'utf8', stdio: 'pipe' })
const trigger = (): void => {
  for (const id of ACCOUNTS) cli('schedule', 'trigger', '--schedule-id', `zendesk-${id}`)
}

try {
  const connections: object[] = []
  for (const [nth, id] of ACCOUNTS.entries()) {
    const sandbox = await startSandbox({
      tickets: 100,
      seed: nth + 1,
      exportPageSize: 10,
      frozen: true,
      holdsProcess: true,
    })
    sandbox.account.advance(3600)
    sandbox.faults.next({ kind: 'slow', seconds: 0.4, times: Number.POSITIVE_INFINITY })
    sandboxes.set(id, sandbox)
    const { email, apiToken: api_token } = sandbox.credentials
    const source = { subdomain: id, base_url: sandbox.url, credentials: { credentials: 'api_token', email, api_token } }
    const to = `duckdb:${join(work, `${id}.duckdb`)}`
    connections.push({ name: id, source, to, streams: STREAMS, schedule: 'every 24h' })
  }
  writeFileSync(join(work, 'hub.json'), JSON.stringify({ connections }))
  await hub('accounts', 'add', '--config', join(work, 'hub.json'))

  processes.start('server', temporal, [
    'server',
    'start-dev',
    '--headless',
    '--port',
    String(port),
    '--log-level',
    'error',
  ])
  await until('the server is up', 60, async () => cli('operator', 'cluster', 'health').includes('SERVING'))
  const start = (name: string) => processes.start(name, process.execPath, [join(worker, 'src/worker.ts')])
  const workers = [start('worker-1'), start('worker-2')]
  const accounts = await hub('accounts', 'list', '--json')
  const made = execFileSync(process.execPath, [join(worker, 'src/schedule.ts')], {
    input: accounts,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  check('each account has its schedule', made.trim() === '4 schedules.', made)
  trigger()
  await until(
    'all accounts have rows',
    90,
    async () =>
      ACCOUNTS.every((id) => existsSync(join(work, `${id}.duckdb`))) &&
      (await list()).every(({ holder }) => holder !== undefined),
  )
  await pause(1500)
  check('a worker is killed with all its processes', killWhole(workers[0]!) > 1)
  await until('all accounts are whole', 180, async () =>
    (await list()).every(({ tier, holder }) => tier === 'regular' && holder === undefined),
  )
  const wrong: string[] = []
  for (const [id, { account }] of sandboxes)
    for (const stream of STREAMS) {
      const sql = `select id from ${stream} where _deleted_at is null`
      const lines = await hub('query', sql, '--json', '--to', `duckdb:${join(work, `${id}.duckdb`)}`)
      const ids = lines
        .trim()
        .split('\n')
        .map((line) => String(JSON.parse(line).id))
      const truth = new Set([...account.truth(stream as 'tickets').live.keys()].map(String))
      if (ids.length !== truth.size || ids.some((one) => !truth.has(one))) wrong.push(`${id} ${stream}`)
    }
  check('ids of all accounts equal their truth', wrong.length === 0, wrong)
  const before = new Map((await list()).map(({ id, runs }) => [id, Number(runs)]))
  trigger()
  await until('all accounts run once more', 90, async () =>
    (await list()).every(({ id, runs, holder }) => Number(runs) > before.get(id)! && holder === undefined),
  )
  const read: unknown[] = []
  for (const id of ACCOUNTS) {
    const {
      accounts: [shown],
    } = JSON.parse(await hub('status', id, '--json')) as { accounts: Shown[] }
    const [last] = shown!.runs as Exclude<Shown['runs'], number>
    read.push(...last!.streams.filter(({ rows }) => rows > 0))
  }
  check('the second run reads no record', read.length === 0, read)
} finally {
  processes.end()
  for (const sandbox of sandboxes.values()) await sandbox.close()
}
process.exit(checks.end())
