import type { SandboxOptions } from '../options.ts'

type Deliveries = NonNullable<SandboxOptions['deliveries']>

const NUMBERS = {
  lost: 'lost',
  duplicated: 'duplicated',
  'shuffled-for': 'shuffledFor',
  'per-minute': 'perMinute',
} as const
const SWITCHES = {
  'without-retries': 'withoutRetries',
  'without-breaker': 'withoutBreaker',
  escaped: 'escaped',
  'of-imports': 'ofImports',
} as const
/** Shares, from 0 to 1. */
const SHARES: ReadonlySet<string> = new Set(['lost', 'duplicated'])

/** What `--deliveries` says: `lost=0.1,duplicated=0.2,shuffled-for=2,escaped`. Throws an Error in one line. */
export function deliveriesIn(text: string | undefined): Deliveries | undefined {
  if (text === undefined) return undefined
  return Object.assign({}, ...text.split(',').map(one)) as Deliveries
}

function one(part: string): Deliveries {
  const [name = '', value] = part.split('=')
  if (name in SWITCHES && value === undefined) return { [SWITCHES[name as keyof typeof SWITCHES]]: true }
  if (name === 'without-events' && value) return { withoutEvents: value.split('+') }
  if (name in NUMBERS) {
    const number = value === undefined || value === '' ? Number.NaN : Number(value)
    if (number >= 0 && (number <= 1 || !SHARES.has(name))) return { [NUMBERS[name as keyof typeof NUMBERS]]: number }
    throw new Error(
      `--deliveries ${name}= takes a number${SHARES.has(name) ? ' from 0 to 1' : ''}, not "${value ?? ''}".`,
    )
  }
  const known = [...Object.keys(NUMBERS), ...Object.keys(SWITCHES), 'without-events=KIND+KIND']
  throw new Error(`--deliveries has no "${part}". It has ${known.join(', ')}.`)
}
