// What a user of Meltano types, and what comes of it: node test/peers/meltano/meltano.ts WORK DATABASE MELTANO NAME=TARGET…
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, compareWithAccount } from '../../support/expected-rows.ts'
import type { CatalogStream } from '../../support/program.ts'
import { startSandboxProcess } from '../../support/sandbox-process.ts'
import { accountOf } from '../../support/truth.ts'
import { startMeltano } from './commands.ts'
import { accountAsTransferwise, comparableAccount, recordRows, rowsAsTransferwise, tablesOf } from './postgres.ts'

const [work = '', database = '', meltano = '', ...targets] = process.argv.slice(2)
const executables = new Map(targets.map((one) => one.split('=') as [string, string]))
const project = join(work, 'project')
const root = join(import.meta.dirname, '../../..')
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** MeltanoLabs' target cannot load a table with a column of the name `version`: docs/meltano.md. */
const LEFT_OUT = 'themes'

/** The loaders, by the name that they have in the project. */
const LOADERS: Readonly<Record<string, { readonly of: string; readonly config: Readonly<Record<string, unknown>> }>> = {
  'target-jsonl': { of: 'jsonl', config: { destination_path: join(work, 'rows'), do_timestamp_file: false } },
  'target-postgres-transferwise': {
    of: 'transferwise',
    config: {
      ...postgres('dbname'),
      default_target_schema: 'transferwise',
      hard_delete: true,
      primary_key_required: false,
    },
  },
  'target-postgres-meltanolabs': {
    of: 'meltanolabs',
    config: { ...postgres('database'), default_target_schema: 'meltanolabs' },
  },
}

function postgres(name: string): Readonly<Record<string, unknown>> {
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD } = process.env
  return { host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD ?? 'none', [name]: database }
}

let passed = 0
let failed = 0

/** Runs one check: it throws, or gives faults, where something is wrong. */
async function check(name: string, act: () => unknown): Promise<void> {
  let faults: readonly string[]
  let note: unknown
  try {
    note = await act()
    faults = Array.isArray(note) ? (note as string[]) : []
  } catch (error) {
    faults = [error instanceof Error ? error.message : String(error)]
  }
  if (faults.length === 0) passed++
  else failed++
  say(`${faults.length === 0 ? 'ok  ' : 'FAIL'} meltano: ${name}${typeof note === 'string' ? ` (${note})` : ''}`)
  for (const fault of faults.slice(0, 15)) say(`       ${fault.slice(0, 1500)}`)
}

const { type, end } = startMeltano(meltano, work)

/** A loader as it stands in the project, with values for its settings. */
function definitionOf(name: string, executable: string, config: object): object {
  const kindOf = (value: unknown): string =>
    typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'integer' : 'string'
  const settings = Object.entries(config).map(([key, value]) => ({ name: key, kind: kindOf(value), value }))
  return { name, namespace: name.replaceAll('-', '_'), executable, settings }
}

const sandbox = await startSandboxProcess(['--control', '--tickets', '120', '--seed', '7'])
async function runChecks(): Promise<void> {
  await check('a project with the tap and three targets', setUp)
  await check('without a selection every stream is read, as docs/meltano.md warns', async () => {
    const listed = await type('select', 'tap-zendesk', '--list')
    return listed.includes('[selected') && !listed.includes('[excluded') ? [] : ['Meltano selects some by itself now.']
  })
  await check('the streams that docs/meltano.md selects', selectAsWritten)
  let streams: readonly CatalogStream[] = []
  await check('every stream is in the catalog that Meltano keeps', async () => {
    streams = await catalogStreams()
    return streams.length > 60 ? `${streams.length} streams` : [`only ${streams.length} streams`]
  })
  await runAll('first run', streams)
  await compareAll('first run', streams)
  await check('the account changes', async () => {
    for (let round = 1; round <= 4; round++) {
      await sandbox.control('changes', { count: 60, seed: round })
      await sandbox.control('advance', { seconds: 900 })
    }
    await sandbox.control('advance', { seconds: 3600 })
  })
  await runAll('second run', streams)
  await compareAll('second run', streams)
  await check('a third run, with nothing new, brings no ticket', async () => {
    const before = linesIn('tickets')
    await type('run', 'tap-zendesk', 'target-jsonl')
    return linesIn('tickets') === before ? [] : [`${linesIn('tickets') - before} tickets came again`]
  })
  await check('one table, and some of its columns', onlySome)
}

async function setUp(): Promise<void> {
  mkdirSync(project)
  const loaders = Object.entries(LOADERS).map(([name, { of, config }]) =>
    definitionOf(name, executables.get(of)!, config),
  )
  const whole = {
    default_environment: 'dev',
    environments: [{ name: 'dev' }],
    send_anonymous_usage_stats: false,
    plugins: { loaders },
  }
  // JSON is YAML as well.
  writeFileSync(join(project, 'meltano.yml'), JSON.stringify(whole))
  const plugin = join(root, 'meltano/tap-zendesk.yml')
  await type('add', '--plugin-type', 'extractor', 'tap-zendesk', '--from-ref', plugin, '--no-install')
  const { subdomain, base_url, credentials } = sandbox.config as Record<string, string | Record<string, string>>
  const { email, api_token } = credentials as Record<string, string>
  // A decimal in a variable stops Meltano (docs/meltano.md).
  const settings = { subdomain, email, api_token, max_deletions_percent: 100 }
  for (const [key, value] of Object.entries(settings)) await type('config', 'set', 'tap-zendesk', key, String(value))
  // No user of an account sets this one.
  process.env['TAP_ZENDESK_BASE_URL'] = base_url as string
  await type('config', 'test', 'tap-zendesk')
}

/** The loop of docs/meltano.md, as a shell runs it; then every stream, for what comes after. */
async function selectAsWritten(): Promise<readonly string[]> {
  const page = readFileSync(join(root, 'docs/meltano.md'), 'utf8')
  const [loop = 'exit 1', names = ''] = /^for stream in (.*?); do .*done$/m.exec(page) ?? []
  const shell = `meltano() { printf '%s\\0' "$@"; printf '\\n'; }; ${loop}`
  const typed = execFileSync('sh', ['-ec', shell], { encoding: 'utf8' }).split('\0\n').slice(0, -1)
  for (const args of typed) await type(...args.split('\0'))
  const listed = await type('select', 'tap-zendesk', '--list')
  const selected = [...new Set([...listed.matchAll(/^\s*\[selected *\] (\w+)\./gm)].map(([, name]) => name))]
  await type('select', 'tap-zendesk', '*', '*')
  await type('select', '--exclude', 'tap-zendesk', LEFT_OUT, '*')
  return selected.sort().join() === names.split(' ').sort().join() ? [] : [`It selected ${selected.join(', ')}.`]
}

interface SingerStream {
  readonly stream: string
  readonly schema: CatalogStream['json_schema']
  readonly key_properties: readonly string[]
  readonly metadata: readonly { readonly breadcrumb: readonly string[]; readonly metadata: { selected?: boolean } }[]
}

/** The streams as Meltano's copy of the catalog has them. */
async function catalogStreams(): Promise<readonly CatalogStream[]> {
  const catalog = JSON.parse(await type('invoke', '--dump=catalog', 'tap-zendesk')) as { streams: SingerStream[] }
  for (const { stream, metadata } of catalog.streams) {
    const isSelected = metadata.some((one) => one.breadcrumb.length === 0 && one.metadata.selected === true)
    if (isSelected !== (stream !== LEFT_OUT)) throw new Error(`${stream} is ${isSelected ? '' : 'not '}selected by *.*`)
  }
  return catalog.streams
    .filter(({ stream }) => stream !== LEFT_OUT)
    .map(({ stream, schema, key_properties: keys }) => ({
      name: stream,
      json_schema: schema,
      supported_sync_modes: [],
      ...(keys.length > 0 && { source_defined_primary_key: keys.map((key) => [key]) }),
    }))
}

const isIncremental = ({ json_schema }: CatalogStream): boolean => '_sdc_deleted_at' in json_schema.properties

/** Files hold every record that ever came; those of whole tables are of the last run only. */
async function runAll(when: string, streams: readonly CatalogStream[]): Promise<void> {
  for (const name of Object.keys(LOADERS))
    await check(`${when}: meltano run tap-zendesk ${name}`, async () => {
      const started = performance.now()
      if (name === 'target-jsonl') dropWholeTables(streams)
      await type('run', 'tap-zendesk', name)
      return `${((performance.now() - started) / 1000).toFixed(0)} s`
    })
}

function dropWholeTables(streams: readonly CatalogStream[]): void {
  for (const { name } of streams.filter((one) => !isIncremental(one))) rmSync(fileOf(name), { force: true })
}

const fileOf = (stream: string): string => join(work, 'rows', `${stream}.jsonl`)
function recordsIn(stream: string): readonly Readonly<Record<string, unknown>>[] {
  if (!existsSync(fileOf(stream))) return []
  const lines = readFileSync(fileOf(stream), 'utf8').split('\n')
  return lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}
const linesIn = (stream: string): number => recordsIn(stream).length

async function compareAll(when: string, streams: readonly CatalogStream[]): Promise<void> {
  const truth = comparableAccount(await accountOf(sandbox, streams))
  const compareIn = (
    where: string,
    rowsOf: (stream: CatalogStream) => ReadonlyMap<string, Readonly<Record<string, unknown>>>,
    { of, account }: { of: readonly CatalogStream[]; account: Account } = { of: streams, account: truth },
  ) =>
    check(`${when}: ${where}`, () => {
      let right = 0
      const faults = of.flatMap((stream) => {
        const found = compareWithAccount(account, stream, rowsOf(stream))
        right += found.right
        return [
          ...found.missing.slice(0, 1).map((key) => `${stream.name}: ${found.missing.length} missing (${key})`),
          ...found.surplus.slice(0, 1).map((key) => `${stream.name}: ${found.surplus.length} too many (${key})`),
          ...found.wrong.slice(0, 1).map((what) => `${stream.name}: ${found.wrong.length} wrong (${what})`),
        ]
      })
      return faults.length > 0 ? faults : `${right} rows in ${of.length} tables equal the account`
    })
  await compareIn('files', (stream) => recordRows(recordsIn(stream.name), stream))
  // It does not know of versions, so that whole tables keep what is gone.
  const incremental = streams.filter(isIncremental)
  const ofTransferwise = tablesOf(database, 'transferwise', incremental)
  await compareIn('PostgreSQL, transferwise, hard deletes', (stream) => rowsAsTransferwise(ofTransferwise(stream)), {
    of: incremental,
    account: accountAsTransferwise(truth),
  })
  await compareIn('PostgreSQL, meltanolabs', tablesOf(database, 'meltanolabs', streams))
}

/** A second tap of the same definition, for one table and two of its columns. */
async function onlySome(): Promise<readonly string[]> {
  await type('add', '--plugin-type', 'extractor', 'tap-zendesk--some', '--inherit-from', 'tap-zendesk', '--no-install')
  for (const column of ['subject', 'status']) await type('select', 'tap-zendesk--some', 'tickets', column)
  const lines = (await type('invoke', 'tap-zendesk--some'))
    .split('\n')
    .filter((line) => line.startsWith('{"type":"RECORD"'))
  const columns = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line).record)))
  const tables = new Set(lines.map((line) => JSON.parse(line).stream))
  const expected = ['_sdc_deleted_at', 'generated_timestamp', 'id', 'status', 'subject']
  const isRight = [...columns].sort().join() === expected.join() && [...tables].join() === 'tickets'
  return isRight ? [] : [`It brought ${[...columns].join(', ')} of ${[...tables].join(', ')}.`]
}

try {
  await runChecks()
} finally {
  await end()
  await sandbox.close()
}
say(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
