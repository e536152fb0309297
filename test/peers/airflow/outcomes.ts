// How runs end that are no success, and who hears of it: exit codes, and a deadline that passes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checks } from '../fleets/fleet.ts'
import type { Alerts } from './alerts.ts'
import type { Database } from './database.ts'
import type { Engine } from './engine.ts'

export interface Tools extends Pick<Checks, 'check' | 'until'> {
  readonly work: string
  readonly engine: Engine
  /** Airflow's own. */
  readonly airflow: Database
  readonly accounts: readonly string[]
  readonly alerts: Alerts
  readonly hub: (...args: readonly string[]) => Promise<unknown>
  readonly trigger: (id: string) => ReturnType<Engine['api']>
  readonly writeAccounts: () => Promise<void>
}

interface TaskInstance {
  readonly state: string | null
  readonly try_number: number
}

/** Triggers an account's DAG, and waits for how its task ends. */
async function taskOf({ engine, trigger, until }: Tools, id: string): Promise<TaskInstance> {
  const { body } = await trigger(id)
  const path = `dags/zendesk_${id}/dagRuns/${encodeURIComponent(String(body['dag_run_id']))}/taskInstances`
  let task: TaskInstance | undefined
  await until(`the task of ${id} ends`, 120, async () => {
    ;[task] = (await engine.api('GET', path)).body['task_instances'] as TaskInstance[]
    return ['success', 'failed', 'skipped'].includes(task?.state ?? '')
  })
  return task!
}

/** Exit codes 75 and 78 as Airflow has them, and who hears of it. */
export async function exitCodes(tools: Tools): Promise<void> {
  const { work, accounts, hub, check, until } = tools
  const { told } = tools.alerts
  const config = JSON.parse(readFileSync(join(work, 'hub.json'), 'utf8'))
  config.connections[2].source.credentials.api_token = 'not this one'
  writeFileSync(join(work, 'wrong.json'), JSON.stringify(config))
  await hub('accounts', 'add', '--config', join(work, 'wrong.json'))
  const failed = await taskOf(tools, accounts[2]!)
  check(
    'a wrong token fails the task, and no retry is made',
    failed.state === 'failed' && failed.try_number === 1,
    failed,
  )
  await until('an alert tells of it', 60, async () => told.length > 0)
  check('it names the account', told.length === 1 && told[0]!.account === accounts[2], told)
  await hub('accounts', 'add', '--config', join(work, 'hub.json'))
  await hub('accounts', 'pause', accounts[3]!)
  const skipped = await taskOf(tools, accounts[3]!)
  check('the task of a paused account is skipped', skipped.state === 'skipped', skipped)
  await hub('accounts', 'resume', accounts[3]!)
}

/** A run that no worker takes: its deadline passes, and the triggerer tells of it. */
export async function tooLate({ engine, airflow, accounts, alerts, ...tools }: Tools): Promise<void> {
  const { check, until, trigger, writeAccounts } = tools
  const { told } = alerts
  const id = accounts[1]!
  check(
    'until now no run was late',
    told.every(({ error }) => !error.includes('late')),
    told,
  )
  await writeAccounts()
  engine.withoutWorkers()
  // Of a day: nine seconds.
  engine.setDags({ ZENDESK_FLEET_DEADLINE: '0.0001' })
  await until('its DAG has the deadline', 120, async () => {
    const sql = `select 1 from deadline_alert where name = '${id} is late' and interval::text like '%8.64%'`
    return (await airflow.rows(sql)).length > 0
  })
  await trigger(id)
  const late = () => told.filter(({ account, error }) => account === id && error.startsWith('Its run is late'))
  await until('a run that no worker takes is told of as late', 120, async () => late().length > 0)
  engine.startWorker('worker-late')
  await until('it ends once there is a worker', 120, async () => {
    const { body } = await engine.api('GET', `dags/zendesk_${id}/dagRuns?state=running&state=queued`)
    return Number(body['total_entries']) === 0
  })
  check('it was told once', late().length === 1, told)
}
