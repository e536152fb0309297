// How many runs an hour one worker and two get through, and what Airflow adds to each: MEASURE=1.
import { cpus, loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sandbox } from 'zendesk-sandbox'
import { statOf, withDescendants } from '../processes.ts'
import type { Database } from './database.ts'
import type { Engine } from './engine.ts'

/** Of each measurement: how often every account runs. */
const ROUNDS = 3

export interface Measured {
  readonly engine: Engine
  readonly fleet: Database
  readonly accounts: readonly string[]
  readonly sandboxes: ReadonlyMap<string, Sandbox>
  readonly trigger: (id: string) => Promise<unknown>
}

/** Prints it for quiet runs of the hub, and for tasks that do nothing (`true` in the hub's place). */
export async function measure(measured: Measured): Promise<void> {
  for (const sandbox of measured.sandboxes.values()) sandbox.faults.clear()
  for (const command of [undefined, '/bin/true'])
    for (const workers of [1, 2]) {
      measured.engine.withoutWorkers()
      measured.engine.setDags(command === undefined ? {} : { ZENDESK_FLEET_COMMAND: command })
      for (let nth = 0; nth < workers; nth++) measured.engine.startWorker(`measured-${workers}-${nth}`)
      // The first round loads all, and starts what starts once.
      await round(measured)
      process.stdout.write(`${workers} workers, ${command ?? 'quiet runs'}: ${await rounds(measured)}\n`)
    }
}

async function rounds(measured: Measured): Promise<string> {
  const { engine, fleet, accounts } = measured
  const [last] = await fleet.rows('select max(began_at) as at from zendesk_hub_store.runs')
  const [from, before] = [performance.now(), seconds(engine.roots())]
  for (let nth = 0; nth < ROUNDS; nth++) await round(measured)
  const took = (performance.now() - from) / 1000
  const after = seconds(engine.roots())
  const tasks = ROUNDS * accounts.length
  const used = [...after].map(([name, spent]) => [name, (spent - (before.get(name) ?? 0)) / tasks] as const)
  const each = used.map(([name, spent]) => `${name} ${spent.toFixed(2)}`).join(', ')
  const sum = used.reduce((all, [, spent]) => all + spent, 0)
  const [own] = await fleet.rows(
    `select count(*) as n, avg(ended_at - began_at) / 1000 as s from zendesk_hub_store.runs where began_at > ${last!['at']}`,
  )
  const runs = Number(own!['n']) === 0 ? '' : `; a run by itself took ${Number(own!['s']).toFixed(2)} s`
  const hourly = ((tasks * 3600) / took).toFixed(0)
  const load = loadavg()[0]!.toFixed(1)
  return `${tasks} tasks in ${took.toFixed(1)} s, ${hourly} an hour${runs}; CPU seconds a task ${sum.toFixed(2)} (${each}); load ${load} on ${cpus().length} cores`
}

/** Every account once, all at the same time. */
async function round({ engine, accounts, trigger }: Measured): Promise<void> {
  for (const id of accounts) await trigger(id)
  const left = async (): Promise<number> => {
    const { body } = await engine.api('GET', 'dags/~/dagRuns?state=running&state=queued&limit=100')
    return Number(body['total_entries'])
  }
  while ((await left()) > 0) await pause(200)
}

/** By process of the engine: the CPU seconds that it, what it started, and what that started, have used until now. */
function seconds(roots: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map(
    [...roots].map(([name, root]) => [name, withDescendants(root).reduce((all, id) => all + spent(id), 0)]),
  )
}

/** Its own and those of its children that have ended, in seconds: Linux counts hundredths. */
function spent(id: number): number {
  try {
    const ticks = statOf(id).slice(11, 15)
    return ticks.reduce((all, one) => all + Number(one), 0) / 100
  } catch {
    // It has ended meanwhile: its parent has its time.
    return 0
  }
}
