// Writing, seen: `npm run demo:write`. A small warehouse of customers that nobody has, and a sandbox: two syncs, a conflict, a
// rejected row, a replay, an audience. Each step says what was done; at the end a table of what Zendesk holds.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from 'zendesk-sandbox'
import { type Body, send } from '../test/support/send.ts'
import { type Customer, runDestinationOn, type Sync } from './demo-write-run.ts'

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const folder = join(import.meta.dirname, '../demo-output/write')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const sandbox = await startSandbox({ tickets: 20 })
await send(sandbox, 'POST', 'user_fields', {
  user_field: { type: 'integer', title: 'Health score', key: 'health_score' },
})
await send(sandbox, 'POST', 'user_fields', { user_field: { type: 'text', title: 'Spenders', key: 'spenders' } })

/** The warehouse. */
const customers: Customer[] = [
  ['1', 'Ada Lind', 81],
  ['2', 'Ben Okoro', 44],
  ['3', 'Chiara Russo', 67],
  ['4', 'Dev Patel', 92],
  ['5', 'Eva Novak', 18],
].map(([id, name, score]) => ({
  customer_id: String(id),
  full_name: String(name),
  mail: `${String(name).split(' ')[0]?.toLowerCase()}@example.com`,
  health_score: Number(score),
  notes: 'From the warehouse',
  changed_at: '2026-01-01T00:00:00Z',
}))
const config = {
  folder: join(folder, 'ledger'),
  mappings: [
    {
      stream: 'customers',
      object: 'users',
      key: ['customer_id'],
      columns: { customer_id: 'external_id', full_name: 'name', mail: 'email' },
      conflicts: { policy: 'newest', fields: { notes: 'zendesk_wins' }, time: 'changed_at' },
    },
    {
      stream: 'members',
      object: 'users',
      key: ['customer_id'],
      columns: { customer_id: 'external_id', mail: 'email', surname: 'last_name', given: 'first_name' },
      conflicts: { owner: { name: 'zendesk' } },
      audiences: [
        { name: 'spenders', field: 'Spenders' },
        { name: 'vip', tag: 'vip' },
      ],
    },
  ],
}
const held = (id: string): Body =>
  ([...sandbox.account.truth('users').live.values()] as Body[]).find(({ external_id }) => external_id === id)
const faults: string[] = []
const expect = (holds: boolean, what: string): void => {
  if (!holds) faults.push(what)
}
const counted = ({ written, unchanged, rejected, requests }: Sync): string =>
  `${written} written, ${unchanged} unchanged, ${rejected} rejected, in ${requests} requests`

say('A warehouse of five customers, and a Zendesk that knows none of them.')
// One address is wrong.
const wrong = customers.map((one) => (one.customer_id === '3' ? { ...one, mail: 'chiara at example' } : one))
const first = await runDestinationOn(sandbox, config, 'customers', wrong)
say(`1. First sync: ${counted(first)}.`)
expect(first.written === 4 && first.rejected === 1, 'the first sync writes four and keeps one')
const rejectedFolder = join(config.folder, 'rejected')
const [file = ''] = existsSync(rejectedFolder) ? readdirSync(rejectedFolder) : []
say(`   Kept with its reason: ${first.reasons.join('; ')}`)

const second = await runDestinationOn(
  sandbox,
  config,
  'customers',
  wrong.filter((one) => one.customer_id !== '3'),
)
say(`2. Second sync, the same rows: ${counted(second)}; nothing is written twice.`)
expect(second.written === 0 && second.unchanged === 4, 'the second sync writes nothing')

await send(sandbox, 'PUT', `users/${held('1').id}`, {
  user: { notes: 'Ada called: prefers mail', name: 'Ada Lind-Berg' },
})
customers[0] = { ...customers[0]!, notes: 'Renewal in May', health_score: 85 }
const third = await runDestinationOn(sandbox, config, 'customers', customers.slice(0, 1))
say(`3. A conflict: an agent and the warehouse both change Ada's notes (${counted(third)}).`)
say(
  `   Zendesk's notes win: "${held('1').notes}". Only the warehouse changed the score: ${held('1').user_fields.health_score}.`,
)
expect(held('1').notes.startsWith('Ada called') && held('1').user_fields.health_score === 85, 'the conflict is decided')
expect(held('1').name === 'Ada Lind-Berg', 'what only Zendesk changed stays')

sandbox.account.createUser({ name: 'Chiara R.', email: 'chiara@example.com', externalId: '3' })
const replayed = await runDestinationOn(sandbox, config, 'replay', join(rejectedFolder, file))
say(
  `4. An agent has made Chiara's user meanwhile. A replay of the row that was rejected finds it: ${counted(replayed)}.`,
)
expect(replayed.written === 1 && replayed.rejected === 0, 'the replay writes the row')
expect(
  held('3').email === 'chiara@example.com' && held('3').user_fields.health_score === 67,
  'and takes the newer address',
)

const members = customers.map(({ customer_id, full_name, mail, health_score }) => ({
  customer_id,
  mail,
  given: full_name.split(' ')[0],
  surname: full_name.split(' ')[1],
  spenders: health_score > 60 ? 'realized' : 'exited',
  vip: health_score > 80 ? 'realized' : null,
}))
const audience = await runDestinationOn(sandbox, config, 'members', members)
say(`5. An audience: ${counted(audience)}.`)
const again = await runDestinationOn(sandbox, config, 'members', members)
say(`   Once more: ${counted(again)}, all of them for the account's fields.`)
expect(again.written === 0, 'the same members cost no write')
expect(sandbox.account.mails().length === 0, 'no mail was sent')

say('\nWhat Zendesk holds:\n')
const cells = ['external_id', 'name', 'email', 'score', 'notes', 'spenders', 'tags']
const rows = customers.map(({ customer_id }) => {
  const { external_id, name, email, notes, tags, user_fields } = held(customer_id)
  return [external_id, name, email, user_fields.health_score, notes, user_fields.spenders, tags.join(' ')].map((one) =>
    String(one ?? ''),
  )
})
const widths = cells.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]!.length)))
for (const row of [cells, widths.map((width) => '-'.repeat(width)), ...rows])
  say(
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  )
say(`\nMails that were sent: ${sandbox.account.mails().length}.`)
await sandbox.close()
for (const fault of faults) say(`FAILED: ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
