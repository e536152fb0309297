// What writing costs and brings: `npm run bench:write`. A sandbox with the limits of the Team plan and jobs as long as they were
// measured, in the account's time: waits are skipped. Prints Markdown. ROWS=10000 for fewer rows; ONLY=unchanged, changed, bad,
// tags, kills or peer for a part. The peer is drt, from PyPI, in an environment of its own; KILLS=100 is the default of `kills`.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { freshFolder, rejectedIn } from '../../test/support/destination.ts'
import { type Body, send } from '../../test/support/send.ts'
import { comparedWithPeer } from './write-peer.ts'
import { customers, type Measured, writtenInAccountTime } from './write-run.ts'

const ROWS = Number(process.env['ROWS'] ?? 100_000)
const only = process.env['ONLY']
const root = join(import.meta.dirname, '../..')

const teamAccount = async (): Promise<Sandbox> => {
  const sandbox = await startSandbox({ tickets: 20, limits: true, plan: 'team', accountLimit: 200 })
  sandbox.account.setJobs({ measured: true })
  return sandbox
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const row = (cells: readonly (string | number)[]): void =>
  print(`| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)).join(' | ')} |`)
const heading = (): void => {
  row(['what', 'written', 'unchanged', 'rejected', 'reads', 'writes', 'minutes', 'bar'])
  row(Array.from({ length: 8 }, () => '---'))
}
const line = (what: string, { written, unchanged, rejected, reads, writes, seconds }: Measured, bar: string): void =>
  row([what, written, unchanged, rejected, reads, writes, (seconds / 60).toFixed(1), bar])

const failures: string[] = []
const hold = (holds: boolean, what: string): string => {
  if (!holds) failures.push(what)
  return `${what}: ${holds ? 'yes' : '**no**'}`
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  unchanged: async () => {
    const sandbox = await teamAccount()
    const rows = customers(ROWS, 'same')
    for (const { external_id, name, email } of rows)
      sandbox.account.createUser({ externalId: external_id, name, email })
    const measured = await writtenInAccountTime(sandbox, { folder: freshFolder() }, 'users', rows)
    const { reads, writes, seconds } = measured
    const isHeld = reads <= ROWS / 100 && writes === 0 && seconds <= Math.max(60, ROWS / 333)
    line(`${ROWS.toLocaleString('en-US')} unchanged users`, measured, hold(isHeld, '1,000 look-ups, no write, 5 min'))
    await sandbox.close()
  },
  changed: async () => {
    const sandbox = await teamAccount()
    const rows = customers(ROWS, 'other')
    for (const { external_id, email } of rows)
      sandbox.account.createUser({ externalId: external_id, name: 'Before', email })
    const measured = await writtenInAccountTime(sandbox, { folder: freshFolder() }, 'users', rows)
    const requests = measured.reads + measured.writes
    const isHeld = requests <= Math.max(100, ROWS * 0.027) && measured.written === ROWS
    line(`${ROWS.toLocaleString('en-US')} changed users`, measured, hold(isHeld, '2,700 requests'))
    await sandbox.close()
  },
  bad: async () => {
    const sandbox = await teamAccount()
    const rows = customers(100, 'bad').map((one, nth) => (nth === 42 ? { ...one, email: 'no address' } : one))
    const folder = freshFolder()
    const measured = await writtenInAccountTime(sandbox, { folder }, 'users', rows)
    const isHeld = measured.written === 99 && /email/i.test(rejectedIn(folder)[0]?.message ?? '')
    line('100 users, one of them bad', measured, hold(isHeld, '99 written'))
    await sandbox.close()
  },
  tags: tagsOfOthers,
  kills: async () => {
    const began = Date.now()
    const { status, stdout } = spawnSync('npx', ['vitest', 'run', 'test/e2e/destination-kills.test.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, KILLS: process.env['KILLS'] ?? '100' },
    })
    if (status !== 0) print(stdout)
    const minutes = ((Date.now() - began) / 60_000).toFixed(1)
    const what = `${process.env['KILLS'] ?? '100'} kills`
    row([what, '', '', '', '', '', minutes, hold(status === 0, 'nothing twice, nothing lost')])
  },
}

/** An agent edits tags of 50 tickets every second of the account's time, while they are written. */
async function tagsOfOthers(): Promise<void> {
  const sandbox = await teamAccount()
  const rows = Array.from({ length: 50 }, (_, nth) => ({ external_id: `tagged-${nth}`, description: `Tagged ${nth}` }))
  const folder = freshFolder()
  await writtenInAccountTime(sandbox, { folder }, 'tickets', rows)
  const held = (): readonly Body[] =>
    [...sandbox.account.truth('tickets').live.values()].filter((one: Body) => /^tagged-/.test(one.external_id ?? ''))
  const ids = held().map(({ id }) => id)
  let nth = 0
  const edit = (): Promise<unknown> =>
    send(sandbox, 'PUT', `tickets/${ids[nth % ids.length]}/tags`, { tags: [`agent_${Math.floor(nth++ / ids.length)}`] })
  const tagged = rows.map((one, at) => ({ ...one, tags: ['ours'], subject: `Subject ${at}` }))
  const measured = await writtenInAccountTime(sandbox, { folder }, 'tickets', tagged, edit)
  const tags = held().map((one) => one.tags as readonly string[])
  const edited = Math.min(nth, ids.length)
  const isHeld =
    tags.filter((some) => some.includes('agent_0')).length === edited && tags.every((some) => some.includes('ours'))
  line(`tags of 50 tickets, ${nth} edits meanwhile`, measured, hold(isHeld && nth > 0, 'all tags are there'))
  await sandbox.close()
}

heading()
for (const [name, part] of Object.entries(parts)) if (only === undefined || only === name) await part()
if (only === undefined || only === 'peer') {
  const lines = await comparedWithPeer(teamAccount)
  print(`\n${lines.text}`)
  failures.push(...lines.failures)
}
if (failures.length > 0) {
  print(`\nNot held: ${failures.join('; ')}`)
  process.exitCode = 1
}
