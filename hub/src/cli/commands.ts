// The commands, by name.
import { ACCOUNTS_USAGE, accountsCommand } from './accounts.ts'
import { SIGN_IN_USAGE, signInCommand } from './console.ts'
import { isExpected } from './expected.ts'
import { unknown } from './flags.ts'
import { INIT_USAGE, initCommand } from './init.ts'
import { LISTEN_USAGE, listenCommand } from './listen.ts'
import { LOAD_USAGE, loadCommand } from './load.ts'
import { METRICS_USAGE, metricsCommand } from './metrics.ts'
import { MODELS_USAGE, modelsCommand } from './models.ts'
import { PASSWORD_USAGE, passwordCommand } from './password.ts'
import type { Program } from './program.ts'
import { REPORT_USAGE, reportCommand } from './report.ts'
import { RUN_USAGE, runRunCommand } from './run.ts'
import { SERVE_USAGE, serveCommand } from './serve.ts'
import { QUERY_USAGE, queryCommand, RESET_USAGE, resetCommand, STATUS_USAGE, statusCommand } from './status.ts'
import { SYNC_USAGE, syncCommand } from './sync.ts'
import { WEBHOOKS_USAGE, webhooksCommand } from './webhooks.ts'
import { WRITE_USAGE, writeCommand } from './write.ts'

interface Command {
  readonly usage: string
  readonly run: (program: Program, args: readonly string[]) => Promise<number>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  sync: { usage: SYNC_USAGE, run: syncCommand },
  write: { usage: WRITE_USAGE, run: writeCommand },
  listen: { usage: LISTEN_USAGE, run: listenCommand },
  webhooks: { usage: WEBHOOKS_USAGE, run: webhooksCommand },
  status: { usage: STATUS_USAGE, run: statusCommand },
  query: { usage: QUERY_USAGE, run: queryCommand },
  models: { usage: MODELS_USAGE, run: modelsCommand },
  report: { usage: REPORT_USAGE, run: reportCommand },
  reset: { usage: RESET_USAGE, run: resetCommand },
  serve: { usage: SERVE_USAGE, run: serveCommand },
  'sign-in': { usage: SIGN_IN_USAGE, run: signInCommand },
  password: { usage: PASSWORD_USAGE, run: passwordCommand },
  init: { usage: INIT_USAGE, run: initCommand },
  load: { usage: LOAD_USAGE, run: loadCommand },
  run: { usage: RUN_USAGE, run: runRunCommand },
  accounts: { usage: ACCOUNTS_USAGE, run: accountsCommand },
  metrics: { usage: METRICS_USAGE, run: metricsCommand },
}

const USAGE = `Usage: zendesk-hub COMMAND [options]

Zendesk in a database, and kept there.

  sync      reads an account and loads what changed
  write     writes rows of the database back into Zendesk
  listen    takes Zendesk's webhooks, and loads what changed within seconds
  webhooks  sets up the webhook in Zendesk that listen needs; says what differs
  status    how the last sync went, and how fresh each stream is
  query     runs SQL on what was loaded
  models    makes views over the tables: the customer graph, support metrics, Fivetran's schema
  report    writes a page with charts of support metrics
  reset     lets the next sync read a stream from its beginning
  serve     keeps accounts fresh on a schedule, and shows them in a browser
  sign-in   prints a link to the console of serve
  password  prints a line for serve's password file
  init      asks five questions and writes a configuration
  load      loads what a connector writes: Airbyte's messages or Singer's
  accounts  many accounts: adds, lists, pauses, resets those of a store
  run       syncs one account of a store, on any machine
  metrics   tells Prometheus of the accounts of a store

zendesk-hub COMMAND --help tells the flags of each.
`

function withoutCommand(program: Program, name: string): number {
  if (name === '--version') return version(program)
  if (['', '--help', '-h', 'help'].includes(name)) {
    program.write(USAGE)
    return name === '' ? 1 : 0
  }
  const isFlag = name.startsWith('-')
  const what = isFlag ? `Unknown flag ${name}` : `there is no command "${name}"`
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
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) return withoutCommand(program, name)
  // What stands behind `--` is another program's command line.
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (own.includes('--version')) return version(program)
  if (own.includes('--help') || own.includes('-h')) {
    program.write(command.usage)
    return 0
  }
  try {
    return await command.run(program, args)
  } catch (error) {
    if (program.signal.aborted && error === program.signal.reason) return 1
    program.say(`zendesk-hub: ${isExpected(error) ? error.message : ((error as Error).stack ?? String(error))}\n`)
    return 1
  }
}
