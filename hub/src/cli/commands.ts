// The commands, by name. A command's code is loaded when it is asked for: the connector alone takes a quarter of a second.
import { isExpected } from './expected.ts'
import { unknown } from './flags.ts'
import type { Program } from './program.ts'

/** What a command prints for `--help`, and what it does. */
type Command = readonly [usage: string, run: (program: Program, args: readonly string[]) => Promise<number>]

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  sync: () => import('./sync.ts').then(({ SYNC_USAGE, syncCommand }) => [SYNC_USAGE, syncCommand]),
  write: () => import('./write.ts').then(({ WRITE_USAGE, writeCommand }) => [WRITE_USAGE, writeCommand]),
  listen: () => import('./listen.ts').then(({ LISTEN_USAGE, listenCommand }) => [LISTEN_USAGE, listenCommand]),
  webhooks: () =>
    import('./webhooks.ts').then(({ WEBHOOKS_USAGE, webhooksCommand }) => [WEBHOOKS_USAGE, webhooksCommand]),
  status: () => import('./status.ts').then(({ STATUS_USAGE, statusCommand }) => [STATUS_USAGE, statusCommand]),
  query: () => import('./status.ts').then(({ QUERY_USAGE, queryCommand }) => [QUERY_USAGE, queryCommand]),
  models: () => import('./models.ts').then(({ MODELS_USAGE, modelsCommand }) => [MODELS_USAGE, modelsCommand]),
  report: () => import('./report.ts').then(({ REPORT_USAGE, reportCommand }) => [REPORT_USAGE, reportCommand]),
  reset: () => import('./status.ts').then(({ RESET_USAGE, resetCommand }) => [RESET_USAGE, resetCommand]),
  serve: () => import('./serve.ts').then(({ SERVE_USAGE, serveCommand }) => [SERVE_USAGE, serveCommand]),
  'sign-in': () => import('./console.ts').then(({ SIGN_IN_USAGE, signInCommand }) => [SIGN_IN_USAGE, signInCommand]),
  password: () =>
    import('./password.ts').then(({ PASSWORD_USAGE, passwordCommand }) => [PASSWORD_USAGE, passwordCommand]),
  init: () => import('./init.ts').then(({ INIT_USAGE, initCommand }) => [INIT_USAGE, initCommand]),
  load: () => import('./load.ts').then(({ LOAD_USAGE, loadCommand }) => [LOAD_USAGE, loadCommand]),
  run: () => import('./run.ts').then(({ RUN_USAGE, runRunCommand }) => [RUN_USAGE, runRunCommand]),
  accounts: () =>
    import('./accounts.ts').then(({ ACCOUNTS_USAGE, accountsCommand }) => [ACCOUNTS_USAGE, accountsCommand]),
  metrics: () => import('./metrics.ts').then(({ METRICS_USAGE, metricsCommand }) => [METRICS_USAGE, metricsCommand]),
}

const USAGE = `Usage: zendesk-hub COMMAND [options]

Loads Zendesk into a database, and keeps it fresh.

  sync      reads an account and loads what changed
  write     writes rows of the database back into Zendesk
  listen    takes Zendesk's webhooks, and loads what changed within seconds
  webhooks  sets up the webhook in Zendesk that listen needs, and says what differs
  status    shows how the last sync went, and how fresh each stream is
  query     runs SQL on what was loaded
  models    makes views over the tables: the customer graph, support metrics, Fivetran's schema
  report    writes a page with charts of support metrics
  reset     lets the next sync read a stream from its beginning
  serve     keeps accounts fresh on a schedule, and shows them in a browser
  sign-in   prints a link to the console of serve
  password  prints a line for serve's password file
  init      asks five questions and writes a configuration
  load      loads what a connector writes: Airbyte's messages or Singer's
  accounts  adds, lists, pauses and resets the accounts of a store
  run       syncs one account of a store, on any machine
  metrics   serves metrics of the accounts of a store to Prometheus

zendesk-hub COMMAND --help explains a command and its flags; a flag's default is in brackets. zendesk-hub --version prints
the version.
`

function withoutCommand(program: Program, name: string): number {
  if (name === '--version') return version(program)
  if (['', '--help', '-h', 'help'].includes(name)) {
    program.write(USAGE)
    return name === '' ? 1 : 0
  }
  const isFlag = name.startsWith('-')
  const what = isFlag ? `Unknown flag ${name}` : `There is no command "${name}"`
  const error = unknown(what, name, isFlag ? ['--help', '--version'] : Object.keys(COMMANDS))
  program.say(`zendesk-hub: ${error.message}\n`)
  return 1
}

function version({ write }: Program): number {
  write(`zendesk-hub ${process.env.npm_package_version ?? 'from source'}\n`)
  return 0
}

/** Runs the command that the command line names. Resolves to the exit code; failures are said on standard error. */
export async function runCommand(program: Program): Promise<number> {
  const [name = '', ...args] = program.argv
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) return withoutCommand(program, name)
  // What stands behind `--` is another program's command line.
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (own.includes('--version')) return version(program)
  const [usage, run] = await load()
  if (own.includes('--help') || own.includes('-h')) {
    program.write(usage)
    return 0
  }
  try {
    return await run(program, args)
  } catch (error) {
    if (program.signal.aborted && error === program.signal.reason) return 1
    program.say(`zendesk-hub: ${isExpected(error) ? error.message : ((error as Error).stack ?? String(error))}\n`)
    return 1
  }
}
