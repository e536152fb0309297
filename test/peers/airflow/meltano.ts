// Meltano under Airflow: an account's second run is killed, refused while Meltano takes it for alive, goes on, and then finds nothing new.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import type { Checks } from '../fleets/fleet.ts'
import { commandsUnder, killWhole } from '../processes.ts'
import type { Database } from './database.ts'
import type { Engine } from './engine.ts'

const STREAMS = ['tickets', 'users', 'organizations'] as const
const EXPORT = '/api/v2/incremental/tickets/cursor'
const SLOW = { kind: 'slow', seconds: 0.4, times: Number.POSITIVE_INFINITY } as const

export interface MeltanoProject {
  readonly sandbox: Sandbox
  /** For all of Airflow's processes. */
  readonly environment: Readonly<Record<string, string>>
}

/** A project with one environment, for an account that answers slowly. `meltano`: the folder of its Python. */
export async function makeProject(work: string, meltano: string, database: URL): Promise<MeltanoProject> {
  const sandbox = await startSandbox({ tickets: 100, exportPageSize: 10, frozen: true, holdsProcess: true })
  sandbox.account.advance(3600)
  sandbox.faults.next(SLOW)
  const { hostname: host, port, username: user, password, pathname } = database
  const acme = { subdomain: 'acme', base_url: sandbox.url, email: sandbox.credentials.email }
  const rows = { host, port: Number(port || 5432), user, password: password || 'none', database: pathname.slice(1) }
  const project = {
    environments: [{ name: 'acme', config: { plugins: { extractors: [{ name: 'tap-zendesk', config: acme }] } } }],
    send_anonymous_usage_stats: false,
    plugins: {
      extractors: [
        {
          name: 'tap-zendesk',
          namespace: 'tap_zendesk',
          executable: 'tap-zendesk',
          capabilities: ['catalog', 'discover', 'state', 'about', 'activate-version'],
          settings: [{ name: 'api_token', kind: 'string', sensitive: true }],
          select: STREAMS.map((stream) => `${stream}.*`),
        },
      ],
      loaders: [
        {
          name: 'target-postgres',
          namespace: 'target_postgres',
          executable: 'target-postgres',
          config: { ...rows, default_target_schema: 'acme' },
        },
      ],
    },
  }
  const folder = join(work, 'meltano')
  mkdirSync(folder)
  // JSON is YAML as well.
  writeFileSync(join(folder, 'meltano.yml'), JSON.stringify(project))
  return {
    sandbox,
    environment: {
      MELTANO_FLEET_PROJECT: folder,
      MELTANO_FLEET_COMMAND: join(meltano, 'bin/meltano'),
      MELTANO_FLEET_SCHEDULE: '',
      MELTANO_FLEET_RETRIES: '9',
      MELTANO_FLEET_RETRY_SECONDS: '2',
      AIRFLOW_VAR_MELTANO_DATABASE_SECRET: database.href.replace(/^\w+:/, 'postgresql+psycopg:'),
      AIRFLOW_VAR_ZENDESK_SECRET_ACME: JSON.stringify({ TAP_ZENDESK_API_TOKEN: sandbox.credentials.apiToken }),
    },
  }
}

export interface MeltanoTools extends Pick<Checks, 'check' | 'until'> {
  readonly engine: Engine
  /** Where rows go, and Meltano's own tables are. */
  readonly fleet: Database
  readonly project: MeltanoProject
}

export async function underMeltano(tools: MeltanoTools): Promise<void> {
  const { engine, fleet, check, until, project } = tools
  const { sandbox } = project
  const whole = await triggered(engine)
  await until('a run of Meltano ends', 120, async () => (await stateOf(engine, whole)) === 'success')
  // The next one waits for a page that does not come, so that it cannot end before it is killed.
  sandbox.faults.clear()
  sandbox.faults.next({ kind: 'hang', path: EXPORT, times: Number.POSITIVE_INFINITY }, SLOW)
  const first = await triggered(engine)
  await until('the next one goes on', 120, async () => {
    const sql = `select 1 from runs where state = 'RUNNING'`
    return (await fleet.rows(sql)).length > 0 && running(engine).length > 0
  })
  for (const pid of running(engine)) killWhole({ pid })
  sandbox.faults.clear()
  sandbox.faults.next(SLOW)
  await until('its run was killed, and a retry is refused: to Meltano it goes on', 120, async () =>
    (await logOf(engine, first, 2)).includes('pipeline is already running'),
  )
  sandbox.requests.reset()
  // As if five minutes had gone by, in which Meltano heard nothing of that run.
  await fleet.rows(
    `update runs set last_heartbeat_at = last_heartbeat_at - interval '6 minutes' where state = 'RUNNING'`,
  )
  await until('the next retry is a success', 180, async () => (await stateOf(engine, first)) === 'success')
  const asked = sandbox.requests.all().filter(({ path }) => path === EXPORT)
  const isOn = asked.length > 0 && asked.every(({ query }) => query['cursor'] !== undefined)
  check('it goes on from where the run before had come to', isOn, asked)
  const wrong = await wrongIds(tools)
  check('the ids in its tables equal the account', wrong.length === 0, wrong)
  const hash = await hashes(fleet)
  const second = await triggered(engine)
  await until('a second run ends', 120, async () => (await stateOf(engine, second)) === 'success')
  check('it writes no row', (await hashes(fleet)) === hash)
}

const DAG = 'dags/meltano_acme/dagRuns'

async function triggered(engine: Engine): Promise<string> {
  const { status, body } = await engine.api('POST', DAG, { logical_date: null, conf: {} })
  if (status !== 200) throw new Error(`Airflow does not run Meltano: ${status} ${JSON.stringify(body)}`)
  return encodeURIComponent(String(body['dag_run_id']))
}

const stateOf = async (engine: Engine, run: string): Promise<unknown> =>
  (await engine.api('GET', `${DAG}/${run}`)).body['state']

/** What an attempt of the run's task said. */
const logOf = async (engine: Engine, run: string, attempt: number): Promise<string> =>
  JSON.stringify((await engine.api('GET', `${DAG}/${run}/taskInstances/run/logs/${attempt}`)).body)

/** Meltano's processes below those of Airflow. */
const running = (engine: Engine): readonly number[] =>
  [...engine.roots().values()].flatMap((root) => commandsUnder(root, '--environment=acme', 'run'))

async function wrongIds({ fleet, project }: MeltanoTools): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const stream of STREAMS) {
    const rows = await fleet.rows(`select id from acme.${stream} where _sdc_deleted_at is null`)
    const ids = new Set(rows.map(({ id }) => String(id)))
    const { live } = project.sandbox.account.truth(stream)
    if (ids.size !== rows.length || ids.size !== live.size || [...live.keys()].some((id) => !ids.has(String(id))))
      wrong.push(`${stream}: ${rows.length} of ${live.size}`)
  }
  return wrong
}

/** A hash of all rows, and of when they came. */
async function hashes(fleet: Database): Promise<string> {
  const all: unknown[] = []
  for (const stream of STREAMS) {
    const sql = `select md5(string_agg(to_jsonb(t)::text, ' ' order by t.id)) as hash from acme.${stream} as t`
    all.push((await fleet.rows(sql))[0]!['hash'])
  }
  return all.join()
}
