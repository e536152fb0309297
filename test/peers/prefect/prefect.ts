// A fleet under Prefect, on one machine: see run.sh.
import { join } from 'node:path'
import { createChecks, killRun, startFleet } from '../fleets/fleet.ts'
import { freePort } from '../free-port.ts'
import { createProcesses } from '../processes.ts'

const [work = '', python = ''] = process.argv.slice(2)
const flows = join(import.meta.dirname, '../../../deploy/prefect/zendesk_fleet.py')
const checks = createChecks()
const { check, until } = checks

const port = await freePort()
const api = `http://127.0.0.1:${port}/api`
const fleet = await startFleet(work)
const processes = createProcesses(work, {
  ...fleet.environment,
  PREFECT_HOME: join(work, 'prefect'),
  PREFECT_API_URL: api,
  PREFECT_SERVER_ANALYTICS_ENABLED: 'false',
  DO_NOT_TRACK: '1',
  PREFECT_LOGGING_LEVEL: 'WARNING',
  PREFECT_RUNNER_POLL_FREQUENCY: '2',
  ZENDESK_FLEET_SECONDS: '15',
  PATH: `${join(python, 'bin')}:${process.env['PATH']}`,
})

interface FlowRun {
  readonly id: string
  readonly name: string
  readonly parameters: { readonly account?: string }
  readonly state: { readonly type: string; readonly name: string }
}

async function asked<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${api}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

const runsOf = async (account: string): Promise<readonly FlowRun[]> =>
  (await asked<FlowRun[]>('flow_runs/filter', {})).filter(({ parameters }) => parameters.account === account)

try {
  processes.start('server', join(python, 'bin/prefect'), [
    'server',
    'start',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ])
  await until('the server is up', 90, async () => (await fetch(`${api}/health`)).ok)
  processes.start('flows', join(python, 'bin/python'), [flows])
  await until(
    'runs of accounts that are due are asked for',
    90,
    async () => (await fleet.one('one')).holder !== undefined,
  )
  await until('a sync is killed', 60, async () => killRun('one', fleet.environment['ZENDESK_HUB_STORE']!))
  await until('the accounts are whole', 120, fleet.isWhole)
  const wrong = await fleet.differences()
  check('their ids equal the truth', wrong.length === 0, wrong)
  const outcomes = await fleet.outcomes('one')
  check(
    'the sync that was killed went on in a retry',
    outcomes.at(-1) === 'lost' && outcomes.includes('complete'),
    outcomes,
  )
  await until('a wrong configuration fails its run', 60, async () =>
    (await runsOf('wrong')).some(({ state }) => state.type === 'FAILED'),
  )
  const [{ runs }, failed] = [await fleet.one('wrong'), await runsOf('wrong')]
  check('and is not tried again', runs === failed.length, { runs, failed })
  const [deployment] = await asked<{ id: string }[]>('deployments/filter', {
    flows: { name: { any_: ['zendesk-account'] } },
  })
  await asked(`deployments/${deployment!.id}/create_flow_run`, { parameters: { account: 'paused' } })
  await until('an account that is paused is skipped', 60, async () =>
    (await runsOf('paused')).every(({ state }) => state.type === 'COMPLETED' && state.name === 'Skipped'),
  )
} finally {
  processes.end()
  await fleet.end()
}
process.exit(checks.end())
