// What an analyst does with the hub and dbt, and what comes of it: node test/peers/dbt/dbt.ts WORK DBT
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandboxProcess } from '../../support/sandbox-process.ts'
import { breaches, type Comparison, type Places, times } from './numbers.ts'

const [work = '', dbt = ''] = process.argv.slice(2)
const project = join(work, 'project')
const hub = join(import.meta.dirname, '../../../hub/dist/zendesk-hub.js')
const SERVER = new URL(process.env['POSTGRES_URL'] ?? 'postgres://postgres@localhost:5432/postgres')
const STREAMS = `tickets ticket_metrics ticket_audits ticket_comments ticket_metric_events ticket_events ticket_field_history
  ticket_fields ticket_forms users organizations groups brands sla_policies schedules schedule_holidays audit_logs`
const say = (text: string): void => void process.stdout.write(`${text}\n`)

let passed = 0
let failed = 0

/** Runs one check: it throws where something is wrong; what it gives is said. */
function check(name: string, act: () => string | undefined): void {
  try {
    const note = act()
    passed++
    say(`ok   dbt: ${name}${note === undefined ? '' : ` (${note})`}`)
  } catch (error) {
    failed++
    say(`FAIL dbt: ${name}`)
    say(`       ${(error as Error).message.slice(-2500)}`)
  }
}

function type(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: project, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 28 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${args.join(' ')}: ${stdout}${stderr}`)
  }
}

const typeHub = (...args: readonly string[]): string => type(process.execPath, [hub, ...args])

/** A place to load into: what the hub and dbt call it. */
interface Target {
  readonly name: 'duckdb' | 'postgres'
  readonly to: string
  readonly tables: string
  readonly variables: Readonly<Record<string, boolean>>
}

/** The schedule history of the package knows no DuckDB: it would be empty, without an error. */
const VARIABLES = { using_audit_log: true, using_holidays: true, using_ticket_chat: true }
const duckdb: Target = {
  name: 'duckdb',
  to: `duckdb:${join(work, 'zendesk.duckdb')}`,
  tables: 'main',
  variables: { ...VARIABLES, using_schedule_histories: false },
}

function postgres(): Target {
  const url = new URL(SERVER)
  url.pathname = `/hub_dbt_${process.pid}`
  return {
    name: 'postgres',
    to: url.href,
    tables: 'zendesk',
    variables: { ...VARIABLES, using_schedule_histories: false },
  }
}

/** The project that docs/models.md describes. */
function writeProject(targets: readonly Target[]): void {
  const dispatch = ['fivetran_utils', 'zendesk'].map((one) => ({
    macro_namespace: one,
    search_order: ['support', one],
  }))
  const vars = { zendesk_schema: 'zendesk_fivetran' }
  // JSON is YAML as well.
  const settings = { name: 'support', version: '1.0.0', 'config-version': 2, profile: 'support', vars, dispatch }
  writeFileSync(join(project, 'dbt_project.yml'), JSON.stringify(settings))
  const outputs = Object.fromEntries(targets.map((target) => [target.name, outputOf(target)]))
  writeFileSync(join(project, 'profiles.yml'), JSON.stringify({ support: { target: targets[0]?.name, outputs } }))
}

function outputOf({ name, to }: Target): object {
  const shared = { type: name, schema: 'zendesk_fivetran', threads: 2 }
  if (name === 'duckdb') return { ...shared, path: to.replace(/^duckdb:/, '') }
  const { hostname: host, port, username: user, password, pathname } = new URL(to)
  return { ...shared, host, port: Number(port || 5432), user, password: password || 'none', dbname: pathname.slice(1) }
}

/** Runs dbt, and gives what it says of its models and tests; throws where one of them failed. */
function typeDbt(target: Target, command: string, ...more: readonly string[]): string {
  const vars = ['--vars', JSON.stringify(target.variables)]
  const said = type(dbt, [command, '--profiles-dir', project, '--target', target.name, ...vars, ...more])
  const [done] = /Done\. PASS.*/.exec(said) ?? ['']
  if (!/PASS=[1-9]\d* WARN=0 ERROR=0 SKIP=0/.test(done)) throw new Error(said)
  return done
}

function compare(target: Target, { name, sql }: Comparison): void {
  check(`${target.name}: ${name}`, () => {
    const [row] = typeHub('query', '--json', '--to', target.to, sql).trim().split('\n')
    const { both, equal } = JSON.parse(row ?? '{}') as { readonly both: number; readonly equal: number }
    if (both === 0 || equal !== both) throw new Error(`${equal} of ${both} tickets agree`)
    return `${equal} of ${both}`
  })
}

function checkTarget(target: Target): void {
  const { name } = target
  check(`${name}: models are made of every stream`, () => {
    const said = typeHub('models', 'fivetran', '--to', target.to)
    if (!said.includes('22 views')) throw new Error(said)
    return undefined
  })
  check(`${name}: the package builds`, () => typeDbt(target, 'run', '--full-refresh'))
  check(`${name}: and again, incrementally`, () => typeDbt(target, 'run'))
  check(`${name}: its tests pass`, () => typeDbt(target, 'test'))
  const built = 'zendesk_fivetran_zendesk'
  const places: Places = { tables: target.tables, fivetran: 'zendesk_fivetran', built }
  for (const comparison of [...times(places), ...breaches(places)]) compare(target, comparison)
}

const psql = (sql: string): void => void type('psql', [SERVER.href, '--quiet', '--command', sql])
const sandbox = await startSandboxProcess(['--tickets', '600', '--seed', '11', '--frozen'])
const targets: Target[] = [duckdb]
const server = postgres()
try {
  psql(`create database ${new URL(server.to).pathname.slice(1)}`)
  targets.push(server)
} catch (error) {
  say(`LEFT OUT: there is no PostgreSQL: ${(error as Error).message.slice(-200).trim()}`)
}
try {
  writeProject(targets)
  writeFileSync(join(project, 'config.json'), JSON.stringify(sandbox.config))
  for (const target of targets)
    check(`${target.name}: the account is loaded`, () => {
      const streams = STREAMS.split(/\s+/).join(',')
      return typeHub('sync', '--source', 'config.json', '--to', target.to, '--streams', streams)
        .trim()
        .split('\n')
        .at(-1)
    })
  await sandbox.close()
  for (const target of targets) checkTarget(target)
} finally {
  if (targets.includes(server)) psql(`drop database ${new URL(server.to).pathname.slice(1)} with (force)`)
}
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
