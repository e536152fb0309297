// Airflow on this machine: its processes, and its API.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { createProcesses, killWhole, type Processes } from '../processes.ts'

export interface Engine {
  /** The two that there are from the start. */
  readonly workers: readonly ChildProcess[]
  startWorker(name: string): ChildProcess
  api(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>
  /** Ends all workers. */
  withoutWorkers(): void
  /** The DAGs of accounts, for what reads them and for all workers, as if these settings were Airflow's too. */
  setDags(settings: Readonly<Record<string, string>>): void
  /** The processes that are there now, by name: their ids. */
  roots(): ReadonlyMap<string, number>
  end(): void
}

export interface EngineOptions {
  readonly work: string
  /** The folder of Airflow's Python. */
  readonly python: string
  readonly project: string
  /** A PostgreSQL database for Airflow itself. */
  readonly database: URL
  readonly environment: Readonly<Record<string, string>>
}

/** Starts all of it, with two workers. */
export async function startAirflow({ work, python, project, database, environment }: EngineOptions): Promise<Engine> {
  const [port, redis] = [await freePort(), await freePort()]
  const home = join(work, 'airflow')
  mkdirSync(join(home, 'dags'), { recursive: true })
  mkdirSync(join(home, 'plugins'))
  for (const name of ['zendesk_fleet.py', 'meltano_fleet.py'])
    copyFileSync(join(project, 'deploy/airflow', name), join(home, 'dags', name))
  copyFileSync(join(project, 'deploy/airflow/plugins/zendesk_alerts.py'), join(home, 'plugins/zendesk_alerts.py'))
  copyFileSync(join(import.meta.dirname, 'after.py'), join(home, 'dags/after.py'))
  const secret = randomBytes(64).toString('hex')
  const inDatabase = `${database.username}${database.password && `:${database.password}`}@${database.host}${database.pathname}`
  // What is secret comes by Airflow's own means.
  const { ZENDESK_HUB_STORE: store = '', ZENDESK_HUB_KEY: key = '', ...others } = environment
  const settings: Record<string, string> = {
    ...others,
    AIRFLOW_CONN_ZENDESK_HUB_STORE: store,
    AIRFLOW_VAR_ZENDESK_HUB_SECRET_KEY: key,
    PATH: `${join(python, 'bin')}:${process.env['PATH']}`,
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__EXECUTOR: 'CeleryExecutor',
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://127.0.0.1:${port}/execution/`,
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: 'True',
    AIRFLOW__CORE__FERNET_KEY: `${randomBytes(32).toString('base64url')}=`,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://${inDatabase}`,
    AIRFLOW__CELERY__BROKER_URL: `redis://127.0.0.1:${redis}/0`,
    AIRFLOW__CELERY__RESULT_BACKEND: `db+postgresql://${inDatabase}`,
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API__SECRET_KEY: secret,
    AIRFLOW__API__WORKERS: '1',
    AIRFLOW__API_AUTH__JWT_SECRET: secret,
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
    AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: '5',
    AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES: '1',
    // A file that changes is read at once all the same.
    AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: '300',
    AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT: '10',
    AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL: '3',
    AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC: '3',
    // A task that a killed worker had taken, and not begun, is queued for ever to its broker. By itself Airflow waits ten minutes.
    AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT: '60',
    AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL: '5',
    PYTHONWARNINGS: 'ignore',
    NO_PROXY: '127.0.0.1,localhost',
  }
  const logs = join(work, 'logs')
  mkdirSync(logs)
  const processes = createProcesses(logs, settings)
  const airflow = join(python, 'bin/airflow')
  try {
    processes.start('redis', 'redis-server', [
      '--port',
      String(redis),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      work,
    ])
    execFileSync(airflow, ['db', 'migrate'], { env: { ...process.env, ...settings }, stdio: 'pipe' })
    const staying = ['api-server', 'scheduler', 'triggerer', 'dag-processor'].map((part) => {
      return [part, processes.start(part, airflow, [part])] as const
    })
    const changing: [name: string, ChildProcess][] = []
    const startWorker = (name: string): ChildProcess => {
      const one = worker(processes, airflow, name)
      changing.push([name, one])
      return one
    }
    const workers = [startWorker('worker-1'), startWorker('worker-2')]
    const api = await apiOf(`http://127.0.0.1:${port}`)
    const withoutWorkers = (): void => {
      for (const [, one] of changing.splice(0)) killWhole(one)
    }
    const setDags: Engine['setDags'] = (more) => {
      const file = join(project, 'deploy/airflow/zendesk_fleet.py')
      writeFileSync(join(home, 'dags/zendesk_fleet.py'), underSettings(more, file))
    }
    const roots = () => new Map([...staying, ...changing].map(([name, { pid }]) => [name, pid!]))
    return { workers, startWorker, api, withoutWorkers, setDags, roots, end: processes.end }
  } catch (error) {
    processes.end()
    throw error
  }
}

/**
 * A file of DAGs: this one, as if these variables were set for all of Airflow. A process of Airflow takes longer to start than a
 * changed file takes to be read.
 */
const underSettings = (settings: Readonly<Record<string, string>>, file: string): string =>
  `# Airflow looks for a DAG where a file has these words.
import os
from pathlib import Path

os.environ.update(${JSON.stringify(settings)})
exec(compile(Path(${JSON.stringify(file)}).read_text(), __file__, "exec"))
`

const worker = (processes: Processes, airflow: string, name: string): ChildProcess =>
  processes.start(name, airflow, [
    'celery',
    'worker',
    '--celery-hostname',
    `${name}@%h`,
    '--concurrency',
    '4',
    '--skip-serve-logs',
  ])

/** Waits until it answers, and signs in. */
async function apiOf(address: string): Promise<Engine['api']> {
  const isUp = async (): Promise<boolean> => {
    const health = await fetch(`${address}/api/v2/monitor/health`).catch(() => undefined)
    if (!health?.ok) return false
    const { scheduler, dag_processor: parser } = (await health.json()) as Record<string, { status: string } | undefined>
    return scheduler?.status === 'healthy' && parser?.status === 'healthy'
  }
  for (let left = 1200; !(await isUp()); left--) {
    if (left === 0) throw new Error('Airflow does not come up.')
    await pause(500)
  }
  const { access_token: token } = (await (await fetch(`${address}/auth/token`)).json()) as { access_token: string }
  return async (method, path, body) => {
    const answer = await fetch(`${address}/api/v2/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Record<string, unknown> }
  }
}
