// What the accounts of a store tell a monitoring system: OpenMetrics' text, which Prometheus reads.
import type { AccountSummary } from '../store/accounts.ts'

interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly unit?: 'seconds'
  readonly help: string
  /** undefined: this account says nothing of it. */
  readonly of: (account: AccountSummary, now: number) => number | undefined
}

const FAMILIES: readonly Family[] = [
  {
    name: 'zendesk_account_age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Since all streams were complete for the last time.',
    of: ({ completeAt }, now) => (completeAt === undefined ? undefined : Math.max(0, (now - completeAt) / 1000)),
  },
  {
    name: 'zendesk_account_complete_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When all streams were complete for the last time.',
    of: ({ completeAt }) => (completeAt === undefined ? undefined : completeAt / 1000),
  },
  { name: 'zendesk_account_runs', type: 'counter', help: 'Runs that ended.', of: ({ runs }) => runs },
  { name: 'zendesk_account_rows', type: 'counter', help: 'Rows that were loaded.', of: ({ rows }) => rows },
  {
    name: 'zendesk_account_waited_seconds',
    type: 'counter',
    unit: 'seconds',
    help: "Time in which runs waited for Zendesk's limits.",
    of: ({ waited }) => waited / 1000,
  },
  {
    name: 'zendesk_account_failures',
    type: 'gauge',
    help: 'Runs that failed since all streams were complete.',
    of: ({ failures }) => failures,
  },
  {
    name: 'zendesk_account_needs_change',
    type: 'gauge',
    help: 'Whether nothing helps but a change of its configuration, or to sign in again.',
    of: ({ outcome }) => Number(outcome === 'configuration'),
  },
  {
    name: 'zendesk_account_running',
    type: 'gauge',
    help: 'Whether a run holds the lease.',
    of: ({ holder }) => Number(holder !== undefined),
  },
  {
    name: 'zendesk_account_paused',
    type: 'gauge',
    help: 'Whether it is paused.',
    of: ({ isPaused }) => Number(isPaused),
  },
]

/** The text; `now` in milliseconds since 1970. */
export function openMetrics(accounts: readonly AccountSummary[], now: number): string {
  const families = FAMILIES.map(({ name, type, unit, help, of }) => {
    const head = [
      `# TYPE ${name} ${type}`,
      ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
      `# HELP ${name} ${help}`,
    ]
    const samples = accounts.flatMap((account) => {
      const value = of(account, now)
      const { id, tier } = account
      return value === undefined
        ? []
        : [`${name}${type === 'counter' ? '_total' : ''}{account="${escaped(id)}",tier="${tier}"} ${value}`]
    })
    return [...head, ...samples].join('\n')
  })
  return `${families.join('\n')}\n# EOF\n`
}

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))
