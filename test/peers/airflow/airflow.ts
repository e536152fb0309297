// A fleet under Airflow, on one machine: see run.sh.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { createChecks } from '../fleets/fleet.ts'
import { commandsUnder, killGroup, killWhole } from '../processes.ts'
import { listenForAlerts } from './alerts.ts'
import { createDatabase, type Database } from './database.ts'
import { type Engine, startAirflow } from './engine.ts'
import { measure } from './measure.ts'
import { type MeltanoProject, makeProject, underMeltano } from './meltano.ts'
import { exitCodes, type Tools, tooLate } from './outcomes.ts'
import { differences, hashes, STREAMS, schemaOf } from './tables.ts'

const [work = '', python = '', meltano = ''] = process.argv.slice(2)
const project = join(import.meta.dirname, '../../..')
const hubProgram = join(project, 'hub/dist/zendesk-hub.js')
// More than a worker has slots for, so that both of two get some; what is measured fills the slots of both.
const ACCOUNTS = Array.from({ length: process.env['MEASURE'] === undefined ? 5 : 8 }, (_, nth) => `account-${nth + 1}`)

const checks = createChecks()
const { check, until } = checks

interface Ended {
  readonly code: number | null
  readonly out: string
}

const environment: Record<string, string> = {
  ZENDESK_HUB_KEY: randomBytes(32).toString('base64'),
  ZENDESK_FLEET_COMMAND: `${process.execPath} ${hubProgram}`,
  ZENDESK_FLEET_RUN_FLAGS: '--lease 8 --commit-rows 100',
  ZENDESK_FLEET_RETRY_SECONDS: '2',
}

async function hub(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [hubProgram, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  const [code] = await once(child, 'close')
  return { code: code as number | null, out }
}

/** Accounts whose answers are slow, so that there is time to kill, and that stand still, so that a second run finds nothing. */
async function startAccounts(to: URL): Promise<Map<string, Sandbox>> {
  const sandboxes = new Map<string, Sandbox>()
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
    sandbox.faults.next({ kind: 'slow', seconds: 0.8, times: Number.POSITIVE_INFINITY })
    sandboxes.set(id, sandbox)
    const { email, apiToken: api_token } = sandbox.credentials
    const credentials = { credentials: 'api_token', email, api_token }
    const source = { subdomain: id, base_url: sandbox.url, credentials }
    connections.push({ name: id, source, to: to.href, schema: schemaOf(id), streams: STREAMS, schedule: 'every 24h' })
  }
  writeFileSync(join(work, 'hub.json'), JSON.stringify({ connections }))
  const { code } = await hub('accounts', 'add', '--config', join(work, 'hub.json'))
  check(`${ACCOUNTS.length} accounts are added to the store`, code === 0)
  return sandboxes
}

interface Status {
  readonly id: string
  readonly outcome: string
  readonly tier: string
  readonly holder?: string
  readonly runs: number
}

const statuses = async (): Promise<readonly Status[]> => JSON.parse((await hub('accounts', 'list', '--json')).out)

/** The accounts as Airflow's file has them. */
const writeAccounts = async (): Promise<void> =>
  writeFileSync(join(work, 'accounts.json'), (await hub('accounts', 'list', '--json')).out)

const trigger = (engine: Engine, id: string, conf: object = {}) =>
  engine.api('POST', `dags/zendesk_${id}/dagRuns`, { logical_date: null, conf })

/** Kills, cuts and doubles while the first syncs run. */
async function disturb(engine: Engine, fleet: Database): Promise<void> {
  for (const id of ACCOUNTS) {
    const { status, body } = await trigger(engine, id)
    if (status !== 200) check(`${id} is triggered`, false, body)
  }
  const accountsWithRows = async (): Promise<number> => {
    const [row] = await fleet.rows('select count(distinct account) as n from zendesk_hub_store.runs where commits > 0')
    return Number(row!['n'])
  }
  await until('accounts have rows', 120, async () => (await accountsWithRows()) >= 3)
  const double = hub('run', ACCOUNTS[0]!, '--lease', '8')
  check('a worker is killed with all its processes', killWhole(engine.workers[0]!) > 3)
  engine.startWorker('worker-3')
  await pause(2000)
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name <> 'the test'`
  await until('connections to the database are cut', 60, async () => (await fleet.rows(cut)).length > 0)
  const [, other] = engine.workers
  await until('the other worker syncs', 60, async () => commandsUnder(other!.pid!, hubProgram, 'run').length > 0)
  const orphans = await killGroup(other!)
  check('a worker is killed with its group only, and the processes of its tasks live on', orphans.length > 0, orphans)
  check(
    'a second run of an account at once does it, or is busy, or goes on later',
    [0, 1, 75].includes((await double).code!),
  )
}

interface StreamOfRun {
  readonly stream: string
  readonly rows: number
}

/** The streams of all runs that began since then, and are complete. */
async function streamsSince(fleet: Database, since: unknown, where = 'true'): Promise<readonly StreamOfRun[]> {
  const rows = await fleet.rows(
    `select streams from zendesk_hub_store.runs where began_at > ${since} and outcome = 'complete' and ${where}`,
  )
  return rows.flatMap(({ streams }) => JSON.parse(String(streams)) as StreamOfRun[])
}

const withRows = (streams: readonly StreamOfRun[]): readonly StreamOfRun[] => streams.filter(({ rows }) => rows > 0)

const lastRun = async (fleet: Database): Promise<unknown> =>
  (await fleet.rows('select max(began_at) as at from zendesk_hub_store.runs'))[0]!['at']

/** Runs all accounts once more, of which nothing changed. Resolves to the seconds that it took. */
async function runAgain(engine: Engine, fleet: Database): Promise<number> {
  const since = await lastRun(fleet)
  const before = await hashes(fleet, ACCOUNTS)
  const began = performance.now()
  for (const id of ACCOUNTS) await trigger(engine, id)
  await until('all accounts run once more', 120, async () => {
    const runs = await fleet.rows(`select outcome from zendesk_hub_store.runs where began_at > ${since}`)
    return runs.length >= ACCOUNTS.length && runs.every(({ outcome }) => outcome === 'complete')
  })
  const took = (performance.now() - began) / 1000
  const streams = await streamsSince(fleet, since)
  const isSilent = streams.length >= ACCOUNTS.length * STREAMS.length && withRows(streams).length === 0
  check('the second run reads no record', isSilent, streams)
  const after = await hashes(fleet, ACCOUNTS)
  const written = [...after].filter(([table, hash]) => hash !== before.get(table)).map(([table]) => table)
  check('it leaves all tables as they are', after.size > 0 && written.length === 0, written)
  return took
}

/** The parameter `reset`: one stream is read from its beginning, and no other. */
async function readAnew(engine: Engine, fleet: Database): Promise<void> {
  const since = await lastRun(fleet)
  const [id] = ACCOUNTS
  const streams = () => streamsSince(fleet, since, `account = '${id}'`)
  await trigger(engine, id!, { reset: ['users'] })
  await until('a run with reset ends', 120, async () => (await streams()).length > 0)
  const read = withRows(await streams()).map(({ stream }) => stream)
  check('it reads that stream anew, and no other', read.join() === 'users', read)
}

/** The form for tiny accounts: all of them in one DAG, a mapped task each. */
async function inOneDag(engine: Engine, fleet: Database): Promise<void> {
  await writeAccounts()
  engine.setDags({ ZENDESK_FLEET_FORM: 'mapped' })
  await until(
    'all accounts are in one DAG',
    120,
    async () => (await engine.api('GET', 'dags/zendesk-group-0')).status === 200,
  )
  const since = await lastRun(fleet)
  await engine.api('POST', 'dags/zendesk-group-0/dagRuns', { logical_date: null, conf: {} })
  await until('each of its mapped tasks syncs an account', 180, async () => {
    const done = await fleet.rows(
      `select distinct account from zendesk_hub_store.runs where began_at > ${since} and outcome = 'complete'`,
    )
    return done.length === ACCOUNTS.length
  })
}

async function main(): Promise<void> {
  const mine = `fleet_test_${process.pid}`
  const [fleet, airflow] = [await createDatabase(mine), await createDatabase(`${mine}_airflow`)]
  environment['ZENDESK_HUB_STORE'] = fleet.url.href
  // Whoever stops it finds nothing of it left: its processes end when it does.
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void Promise.allSettled([airflow.drop(), fleet.drop()]).then(() => process.exit(1)))
  const alerts = await listenForAlerts()
  environment['ZENDESK_FLEET_ALERT_URL'] = alerts.url
  let engine: Engine | undefined
  let sandboxes = new Map<string, Sandbox>()
  let ofMeltano: MeltanoProject | undefined
  try {
    sandboxes = await startAccounts(fleet.url)
    await writeAccounts()
    environment['ZENDESK_FLEET_ACCOUNTS'] = join(work, 'accounts.json')
    ofMeltano = await makeProject(work, meltano, fleet.url)
    Object.assign(environment, ofMeltano.environment)
    engine = await startAirflow({ work, python, project, database: airflow.url, environment })
    check('Airflow is up', true)
    for (const name of ['zendesk_first', 'zendesk_regular'])
      await engine.api('POST', 'pools', { name, slots: 16, description: '', include_deferred: false })
    const { api } = engine
    await until('each account has its DAG', 90, async () => {
      const { body } = await api('GET', 'dags?tags=zendesk&limit=50')
      return Number(body['total_entries']) >= ACCOUNTS.length + 1
    })
    const own = { engine, accounts: ACCOUNTS, trigger: (id: string) => trigger(engine!, id) }
    if (process.env['MEASURE'] !== undefined) return await measure({ ...own, fleet, sandboxes })
    await disturb(engine, fleet)
    for (const sandbox of sandboxes.values()) sandbox.faults.clear()
    await until('all accounts are whole', 240, async () =>
      (await statuses()).every(({ tier, holder }) => tier === 'regular' && holder === undefined),
    )
    const wrong = await differences(fleet, sandboxes)
    check('ids of all accounts equal their truth', wrong.length === 0, wrong)
    const left = async () => (await api('GET', 'dags/~/dagRuns?state=running&state=queued&limit=100')).body
    const tasks = async () => (await api('GET', 'dags/~/dagRuns/~/taskInstances?state=running&state=queued')).body
    await until('no task is left behind', 120, async () => Number((await left())['total_entries']) === 0, tasks)
    const took = await runAgain(engine, fleet)
    await readAnew(engine, fleet)
    await until('what waits for an account ran after it', 60, async () => {
      const { body } = await api('GET', 'dags/after_zendesk/dagRuns?state=success')
      return Number(body['total_entries']) > 0
    })
    const tools: Tools = { ...own, ...checks, work, airflow, alerts, hub, writeAccounts }
    await exitCodes(tools)
    await tooLate(tools)
    await inOneDag(engine, fleet)
    await underMeltano({ ...tools, fleet, project: ofMeltano })
    const runs = await fleet.rows('select outcome, count(*) as n from zendesk_hub_store.runs group by 1 order by 1')
    process.stdout.write(
      `${runs.map(({ outcome, n }) => `${n} ${outcome}`).join(', ')}; the second runs took ${took.toFixed(0)} s\n`,
    )
  } finally {
    engine?.end()
    alerts.close()
    for (const sandbox of sandboxes.values()) await sandbox.close()
    await ofMeltano?.sandbox.close()
    await pause(500)
    await airflow.drop()
    await fleet.drop()
  }
}

await main()
process.exit(checks.end())
