// A fleet under Dagster, on one machine: see run.sh.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createChecks, killRun, startFleet } from '../fleets/fleet.ts'
import { createProcesses } from '../processes.ts'

const [work = '', python = ''] = process.argv.slice(2)
const deploy = join(import.meta.dirname, '../../../deploy/dagster')
const definitions = join(deploy, 'zendesk_fleet.py')
const checks = createChecks()
const { check, until } = checks

const fleet = await startFleet(work)
const home = join(work, 'dagster')
mkdirSync(home)
copyFileSync(join(deploy, 'dagster.yaml'), join(home, 'dagster.yaml'))
const environment = {
  ...fleet.environment,
  DAGSTER_HOME: home,
  PATH: `${join(python, 'bin')}:${process.env['PATH']}`,
  PYTHONWARNINGS: 'ignore',
}
const processes = createProcesses(work, environment)
/** Runs one partition here, as Dagster runs it; its exit code. */
async function materialize(account: string): Promise<number | null> {
  const args = ['asset', 'materialize', '--select', 'zendesk', '--partition', account, '-f', definitions]
  const child = spawn(join(python, 'bin/dagster'), args, { env: { ...process.env, ...environment }, stdio: 'ignore' })
  const [code] = await once(child, 'close')
  return code
}
try {
  processes.start('daemon', join(python, 'bin/dagster-daemon'), ['run', '-f', definitions])
  await until(
    'the sensor asks for runs of accounts that are due',
    90,
    async () => (await fleet.one('one')).holder !== undefined,
  )
  await until('a sync is killed', 60, async () => killRun('one', fleet.environment['ZENDESK_HUB_STORE']!))
  await until('the accounts are whole', 120, fleet.isWhole)
  const wrong = await fleet.differences()
  check('their ids equal the truth', wrong.length === 0, wrong)
  const outcomes = await fleet.outcomes('one')
  check('the sync that was killed went on in a retry', outcomes.length === 2 && outcomes[1] === 'lost', outcomes)
  await until('a wrong configuration is found', 60, async () => (await fleet.one('wrong')).outcome === 'configuration')
  processes.end()
  const before = await fleet.one('wrong')
  check('a wrong configuration fails the run', (await materialize('wrong')) !== 0)
  check('and is not tried again', (await fleet.one('wrong')).runs === before.runs + 1, await fleet.one('wrong'))
  const skipped = await materialize('paused')
  check('an account that is paused is skipped', skipped === 0 && (await fleet.one('paused')).runs === 0, skipped)
} finally {
  processes.end()
  await fleet.end()
}
process.exit(checks.end())
