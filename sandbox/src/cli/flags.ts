import { parseArgs } from 'node:util'
import { PLANS, type PlanName } from '../account/plan.ts'
import { DEVIATIONS, type Deviation } from '../deviations/names.ts'
import type { SandboxOptions } from '../options.ts'
import { deliveriesIn } from './deliveries.ts'
import { nearest } from './nearest.ts'

/** The text of `--help`. */
export const USAGE = `Usage: zendesk-sandbox [options]

A local Zendesk with a generated account, to try clients on. It prints its address and credentials, and runs until a
signal stops it. The page at / shows the account's records and the latest requests.

Address
  --port N            port for HTTP (8080; 0 takes any free one)
  --tls-port N        port for HTTPS (any free one). If given, addresses in rows begin with https://NAME.zendesk.com
  --host ADDRESS      address to listen on (127.0.0.1; 0.0.0.0 lets other machines in)
  --subdomain NAME    the account's name (sandbox); it answers to every other name too
  --ca FILE           where to write the certificate that clients must trust (a new file in a temporary folder)

Account
  --tickets N         number of tickets (1000)
  --seed N            another seed gives another account (1)
  --plan NAME         ${PLANS.join(', ')} (enterprise_plus)
  --now TIME          where the account's clock starts, such as 2026-01-15T12:00:00Z (the real time): the same seed and
                      time give the same account
  --activity N        random changes a minute for as long as it runs (0)
  --time-scale X      the account's clock runs X times as fast (1)
  --frozen            the account's clock stands still, and nothing in the account changes by itself

Answers
  --no-limits         no limits of the plan, except those set by the next two flags
  --account-limit N   requests a minute to the account (as the plan grants: 10 to 2500)
  --export-limit N    requests a minute to the incremental exports (as the plan grants: 10 or 30)
  --export-page N     most rows in one page of an export (1000)
  --without-exports N the incremental exports are closed and answer with 403, 404 or 410
  --silent-restorations
                      restoring a ticket writes no audit, and so no event
  --has-more WHEN     lists of Support by cursor have meta.has_more always, if include_boundary_indicators asks for it
                      (asked), or never
  --deliveries LIST   how webhooks are delivered: lost=0.1,duplicated=0.2 (shares), shuffled-for=2 (seconds), per-minute=60,
                      without-retries, without-breaker, escaped (placeholders), of-imports (imports make events),
                      without-events=ticket+user (kinds that nobody can subscribe to)
  --deviate NAME      differs in one thing from what is assumed of Zendesk; may be given several times (a wrong name
                      lists them all)
  --faults FILE       faults to inject, in JSON: a list of them, or {"next": [...], "random": {...}}
  --control           serves the control API under /__sandbox/: truth, changes, clock, requests, faults

  --json              prints one line of JSON when it is ready, instead of the text
  --help, -h          prints this text
  --version           prints the version
`

/** The parsed command line; `faults` and `ca` are paths of files. */
export type Flags = {
  readonly options: SandboxOptions
  readonly json: boolean
  readonly help: boolean
  readonly version: boolean
  readonly faults: string | undefined
  readonly ca: string | undefined
}

const CLOSED = [403, 404, 410] as const
const HAS_MORE = ['always', 'asked', 'never'] as const
const LARGEST_PORT = 65_535

/** Understands the command line. Throws an Error that says what is wrong in one line. */
export function readFlags(args: readonly string[]): Flags {
  const values = parsed(args)
  const deviations = (values.deviate ?? []).map((name) => oneOf('deviate', name, DEVIATIONS) as Deviation)
  const number = (name: keyof typeof values, least: number, most = Number.MAX_SAFE_INTEGER) =>
    wholeNumber(name, values[name] as string | undefined, least, most)
  return {
    json: values.json,
    help: values.help,
    version: values.version,
    faults: values.faults,
    ca: values.ca,
    options: {
      ...given({
        host: values.host,
        subdomain: subdomainIn(values.subdomain),
        tickets: number('tickets', 1),
        seed: number('seed', 0),
        plan: oneOf('plan', values.plan, PLANS) as PlanName | undefined,
        now: timeIn(values.now),
        activity: number('activity', 0),
        timeScale: scaleIn(values['time-scale']),
        deliveries: deliveriesIn(values.deliveries),
        accountLimit: number('account-limit', 1),
        exportLimit: number('export-limit', 1),
        exportPageSize: number('export-page', 1, 1000),
        boundaryIndicators: HAS_MORE.find((one) => one === oneOf('has-more', values['has-more'], HAS_MORE)),
        withoutExports: CLOSED.find(
          (one) => String(one) === oneOf('without-exports', values['without-exports'], CLOSED.map(String)),
        ),
      }),
      port: number('port', 0, LARGEST_PORT) ?? 8080,
      tlsPort: number('tls-port', 0, LARGEST_PORT) ?? 0,
      addresses: values['tls-port'] === undefined ? 'http' : 'https',
      limits: !values['no-limits'],
      control: values.control,
      silentRestorations: values['silent-restorations'],
      ...(deviations.length > 0 && { deviations }),
      frozen: values.frozen,
    },
  }
}

const TEXT = { type: 'string' } as const
const YES = { type: 'boolean', default: false } as const
const FLAGS = {
  port: TEXT,
  'tls-port': TEXT,
  host: TEXT,
  subdomain: TEXT,
  ca: TEXT,
  tickets: TEXT,
  seed: TEXT,
  plan: TEXT,
  now: TEXT,
  activity: TEXT,
  'time-scale': TEXT,
  frozen: YES,
  'no-limits': YES,
  'account-limit': TEXT,
  'export-limit': TEXT,
  'export-page': TEXT,
  'without-exports': TEXT,
  'silent-restorations': YES,
  'has-more': TEXT,
  deliveries: TEXT,
  deviate: { type: 'string', multiple: true },
  faults: TEXT,
  control: YES,
  json: YES,
  help: { ...YES, short: 'h' },
  version: YES,
} as const

function parsed(args: readonly string[]) {
  try {
    const { values, tokens } = parseArgs({ args: [...args], options: FLAGS, tokens: true })
    checkOnce(tokens.flatMap((token) => (token.kind === 'option' ? token.name : [])))
    return values
  } catch (error) {
    const unknown = /^Unknown option '(--?([^']+))'/.exec((error as Error).message)
    const meant = unknown?.[2] === undefined ? undefined : nearest(unknown[2], Object.keys(FLAGS))
    if (meant !== undefined) throw new Error(`Unknown flag ${unknown?.[1]}; did you mean --${meant}?`)
    if (unknown !== null) throw new Error(`Unknown flag ${unknown[1]}. See --help.`)
    const lacking = /^Option '(?:-\w, )?(--[\w-]+)( <value>)?' argument (missing|is ambiguous)/.exec(
      (error as Error).message,
    )
    if (lacking !== null) throw new Error(`${lacking[1]} needs a value. See --help.`)
    // Node explains in more than one line how an argument would be written that begins with a hyphen.
    throw new Error((error as Error).message.replaceAll('\n', ' '))
  }
}

/** Of two values one would be passed over. */
function checkOnce(names: readonly string[]): void {
  const twice = names.find((name, at) => name !== 'deviate' && names.indexOf(name) < at)
  if (twice !== undefined) throw new Error(`--${twice} is given twice. See --help.`)
}

/** Leaves out absent values: the sandbox has its own defaults. */
function given<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof given<T>
  >
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`
  throw new Error(`--${name} takes a whole number ${range}, not "${text}".`)
}

function timeIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(ms)) return ms / 1000
  throw new Error(`--now takes a time such as 2026-01-15T12:00:00Z, not "${text}".`)
}

function scaleIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (value > 0) return value
  throw new Error(`--time-scale takes a number above 0, not "${text}".`)
}

function subdomainIn(name: string | undefined): string | undefined {
  if (name === undefined || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) return name
  throw new Error(`--subdomain takes a name of small letters, digits and hyphens, not "${name}".`)
}

function oneOf(name: string, text: string | undefined, choices: readonly string[]): string | undefined {
  if (text === undefined || choices.includes(text)) return text
  throw new Error(`--${name} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not "${text}".`)
}
