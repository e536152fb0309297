// Meltano copies people from one account into another: tap-zendesk, target-zendesk. node write.ts WORK MELTANO PROGRAMS
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { startMeltano } from './commands.ts'

const [work = '', meltano = '', programs = ''] = process.argv.slice(2)
const say = (text: string): void => void process.stdout.write(`${text}\n`)
// biome-ignore lint/suspicious/noExplicitAny: rows are what is compared
type Row = any

const [from, to] = [await startSandbox({ tickets: 60, seed: 7 }), await startSandbox({ tickets: 5, seed: 99 })]
const rowsOf = ({ account }: Sandbox, name: string): readonly Row[] => [...account.truth(name).live.values()]
const settingsOf = ({ url, subdomain, credentials: { email, apiToken } }: Sandbox) => ({
  subdomain,
  base_url: url,
  email,
  api_token: apiToken,
  rate_limit_percent: 100,
})

/** People whom the other account cannot know. */
const NEW = 60
for (let nth = 0; nth < NEW; nth++)
  from.account.createUser({ name: `Copied ${nth}`, email: `copied-${nth}@example.com`, tags: [`tag_${nth % 7}`] })
// The export has nothing of the last minute.
from.account.advance(3_600)

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  organizations: ['name', 'details', 'notes', 'tags'],
  users: ['name', 'email', 'notes', 'details', 'tags'],
}
const target = {
  ...settingsOf(to),
  folder: join(work, 'ledger'),
  // A copy loses what the original loses.
  tags_mode: 'set',
  // What an id was there is the external id here, and memberships follow.
  mappings: [
    { stream: 'organizations', key: ['id'], columns: { id: 'external_id' } },
    { stream: 'users', key: ['id'], columns: { id: 'external_id', organization_id: 'organization_external_id' } },
  ],
}
/** Values for the settings of a plugin, as variables: each that is typed costs Meltano seconds, and run.sh types them. */
const variablesOf = (plugin: string, settings: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `${plugin}_${key}`.toUpperCase().replaceAll('-', '_'),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
/** The definition that users add, with a program of this clone. */
function plugin(name: string): string {
  const text = readFileSync(join(import.meta.dirname, `../../../meltano/${name}.yml`), 'utf8')
  const file = join(work, `${name}.yml`)
  writeFileSync(file, text.replace(`executable: ${name}`, `executable: ${join(programs, `${name}.js`)}`))
  return file
}
const select = Object.entries(COLUMNS).flatMap(([stream, columns]) =>
  ['id', ...columns, ...(stream === 'users' ? ['organization_id'] : [])].map((column) => `${stream}.${column}`),
)
const project = join(work, 'project')
mkdirSync(project)
writeFileSync(
  join(project, 'meltano.yml'),
  'default_environment: dev\nenvironments:\n- name: dev\nsend_anonymous_usage_stats: false\n',
)

const env = {
  ...process.env,
  ...variablesOf('tap-zendesk', { ...settingsOf(from), _select: select }),
  ...variablesOf('target-zendesk', target),
}

const { type, end } = startMeltano(meltano, work, () => env)

async function setUp(): Promise<void> {
  await type('add', '--plugin-type', 'extractor', 'tap-zendesk', '--from-ref', plugin('tap-zendesk'), '--no-install')
  await type('add', '--plugin-type', 'loader', 'target-zendesk', '--from-ref', plugin('target-zendesk'), '--no-install')
  // A decimal in a variable stops Meltano (docs/meltano.md).
  await type('config', 'set', 'target-zendesk', 'max_rejected_percent', '100')
}

const run = (): Promise<string> => type('run', 'tap-zendesk', 'target-zendesk')

/** Rows that the target kept, as `stream id`: both accounts have people of some addresses, and firms of some names, from the start. */
function rejected(): ReadonlySet<string> {
  const folder = join(work, 'ledger/rejected')
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
  const rows = lines.map((line) => JSON.parse(line) as { object: string; key: readonly string[]; code: string })
  const strange = rows.filter(({ code }) => code !== 'duplicate_value' && code !== 'not_found')
  if (strange.length > 0) throw new Error(`A row was rejected as ${strange[0]?.code}.`)
  return new Set(rows.map(({ object, key }) => `${object} ${key[0]}`))
}

/** How the copy differs, by row and column. */
function differences(): readonly string[] {
  const organizations = new Map(rowsOf(to, 'organizations').map((row) => [String(row.id), row.external_id]))
  return Object.entries(COLUMNS).flatMap(([stream, columns]) => {
    const there = new Map(rowsOf(to, stream).map((row) => [String(row.external_id), row]))
    const kept = rejected()
    const wanted = rowsOf(from, stream).filter(({ id }) => !kept.has(`${stream} ${id}`))
    if (stream === 'users' && wanted.length < NEW) return [`only ${wanted.length} users were not rejected`]
    return wanted.flatMap((row) => {
      const copy = there.get(String(row.id))
      if (copy === undefined) return [`${stream} ${row.id} is missing`]
      const isOf =
        stream !== 'users' ||
        String(organizations.get(String(copy.organization_id))) === String(row.organization_id ?? undefined)
      const plain = (value: unknown): string =>
        Array.isArray(value) ? [...value].sort().join() : String(value ?? '').toLowerCase()
      return [
        ...columns.filter((one) => plain(copy[one]) !== plain(row[one])).map((one) => `${stream} ${row.id}: ${one}`),
        ...(isOf ? [] : [`${stream} ${row.id}: organization_id`]),
      ]
    })
  })
}

let failed = 0
const check = (what: string, faults: readonly string[]): void => {
  if (faults.length > 0) failed++
  say(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} meltano: ${what}${faults.length > 0 ? `: ${faults.slice(0, 8).join('; ')} (${faults.length})` : ''}`,
  )
}
const writes = (): number => to.requests.all().filter(({ method }) => method !== 'GET').length
try {
  await setUp()
  await run()
  check('every organization and user of one account is in the other one, or was kept with its reason', differences())
  const before = writes()
  from.account.changeAtRandom(60, 3)
  from.account.advance(3_600)
  await run()
  check('and so are the changes', differences())
  check('which are written', writes() > before ? [] : ['nothing was written'])
  const settled = writes()
  await run()
  check('a run without changes writes nothing', writes() === settled ? [] : [`${writes() - settled} writes`])
  check(
    'no mail was sent',
    to.account.mails().map(({ kind }) => kind),
  )
} catch (error) {
  check('the runs', [String(error).slice(-1500)])
} finally {
  await end()
  await from.close()
  await to.close()
}
say(`${5 - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
