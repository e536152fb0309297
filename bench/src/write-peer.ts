// drt (PyPI) beside ours: the same users into the same sandbox, 3 % of them bad, and a job that vanishes.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Sandbox } from 'zendesk-sandbox'
import { freshFolder, rejectedIn } from '../../test/support/destination.ts'
import type { Body } from '../../test/support/send.ts'
import { tempFolder } from '../../test/support/temp-folder.ts'
import { type Customer, customers, writtenInAccountTime } from './write-run.ts'

const COUNT = 1_000
const BAD = 0.03

/** What a run came to. `said`: rows that the program reports as written. */
interface Outcome {
  readonly said: number
  readonly refused: number
  readonly right: number
  readonly unaccounted: number
  readonly requests: number
  readonly seconds: number
}

/** Every 33rd has an address that Zendesk does not take. */
const rowsOf = (): Customer[] =>
  customers(COUNT, 'peer').map((one, nth) =>
    nth % Math.round(1 / BAD) === 7 ? { ...one, email: `no address ${nth}` } : one,
  )

/** Both into an account each, with bulk imports of users and without. */
export async function comparedWithPeer(
  open: () => Promise<Sandbox>,
): Promise<{ readonly text: string; readonly failures: readonly string[] }> {
  const python = environmentOf()
  const cells = ['1,000 users, 3 % bad', 'said written', 'said rejected', 'right', 'unaccounted', 'requests', 'seconds']
  const lines = [cells, cells.map(() => '---')]
  const failures: string[] = []
  for (const [name, isOpen] of [
    ['a job vanishes', true],
    ['bulk imports not switched on', false],
  ] as const) {
    const ours = await inAccount(open, isOpen, oursIn)
    lines.push([`destination-zendesk, ${name}`, ...cellsOf(ours)])
    if (ours.unaccounted > 0) failures.push(`all accounted for, ${name}`)
    if (python === undefined) continue
    lines.push([`drt 1.2.1, ${name}`, ...cellsOf(await inAccount(open, isOpen, (...of) => peerIn(python, ...of)))])
  }
  const skipped = python === undefined ? '\n\nSKIPPED: drt could not be installed.' : ''
  return { text: lines.map((one) => `| ${one.join(' | ')} |`).join('\n') + skipped, failures }
}

const cellsOf = ({ said, refused, right, unaccounted, requests, seconds }: Outcome): readonly string[] => [
  ...[said, refused, right, unaccounted, requests].map((one) => one.toLocaleString('en-US')),
  seconds.toFixed(0),
]

type Write = (sandbox: Sandbox, rows: readonly Customer[]) => Promise<Pick<Outcome, 'said' | 'refused' | 'seconds'>>

async function inAccount(open: () => Promise<Sandbox>, isOpen: boolean, write: Write): Promise<Outcome> {
  const sandbox = await open()
  sandbox.account.setUserImports(isOpen)
  sandbox.account.setJobs({ lost: 1 })
  const rows = rowsOf()
  sandbox.requests.reset()
  const { said, refused, seconds } = await write(sandbox, rows)
  const requests = sandbox.requests.all().length
  // What jobs still do is part of what was brought.
  sandbox.account.advance(3_600)
  const held = new Map(
    ([...sandbox.account.truth('users').live.values()] as Body[]).map((row) => [row.external_id, row]),
  )
  const right = rows.filter(({ external_id, name, email }) => {
    const row = held.get(external_id)
    return row?.name === name && row?.email === email
  }).length
  await sandbox.close()
  // Neither there nor said to be missing.
  return { said, refused, right, unaccounted: Math.max(0, rows.length - right - refused), requests, seconds }
}

const oursIn: Write = async (sandbox, rows) => {
  const folder = freshFolder()
  const { written, seconds } = await writtenInAccountTime(sandbox, { folder }, 'users', rows)
  return { said: written, refused: rejectedIn(folder).length, seconds }
}

async function peerIn(python: string, sandbox: Sandbox, rows: readonly Customer[]): ReturnType<Write> {
  const { email, apiToken } = sandbox.credentials
  const child = spawn(python, [join(import.meta.dirname, 'write_peer.py'), `${sandbox.url}/api/v2`, email, apiToken], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(rows))
  let text = ''
  for await (const some of child.stdout.setEncoding('utf8')) text += some
  const { success, failed, seconds } = JSON.parse(text) as { success: number; failed: number; seconds: number }
  return { said: success, refused: failed, seconds }
}

/** Its Python, in an environment that is made once; undefined if it cannot be. */
function environmentOf(): string | undefined {
  const requirements = join(import.meta.dirname, 'requirements-drt.txt')
  const script = `. "$1/tools/environments.sh" && python_environment bench-drt "$2" && echo "$environment/bin/python"`
  const root = join(import.meta.dirname, '../..')
  const cwd = tempFolder('drt')
  const { status, stdout } = spawnSync('bash', ['-euc', script, 'bash', root, requirements], { encoding: 'utf8', cwd })
  return status === 0 ? stdout.trim() : undefined
}
