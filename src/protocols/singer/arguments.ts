import { parseArgs } from 'node:util'
import { ConnectorError } from '../../model/errors.ts'

export const USAGE = `Usage:
  tap-zendesk --config <file> --discover
  tap-zendesk --config <file> [--catalog <file>] [--state <file>]
  tap-zendesk --config <file> --test
  tap-zendesk --about [--format json|markdown]
  tap-zendesk --version

Several --config files are merged, later ones before earlier ones. --config=ENV takes what they lack from variables
TAP_ZENDESK_<SETTING>. --properties is the older name of --catalog. Without a catalog the streams are read that most
people want.

Refresh tokens are good for one use. The next ones are written into the configuration's file, or into that of
--state-of-credentials <file>.

--log-level debug (or ZENDESK_LOG=debug) logs every request; info, warn and error log less.
`

/** What was asked for on the command line. */
export interface Arguments {
  readonly command: 'sync' | 'discover' | 'test' | 'about' | 'version' | 'help'
  readonly configs: readonly string[]
  readonly catalog: string | undefined
  readonly state: string | undefined
  /** Where renewed tokens are kept; '' where the flag stands without a file. */
  readonly tokens: string | undefined
  readonly format: string
  readonly logLevel: string | undefined
}

/** Understands a command line. Throws a ConnectorError for what it does not know. */
export function argumentsFrom(argv: readonly string[]): Arguments {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values, positionals } = parseArgs({
    // `--test=schema`, as some ask, is a test like any other.
    args: argv.map((one) => one.replace(/^--test=.*$/, '--test').replace(/^-d$/, '--discover')),
    options: {
      config: { type: 'string', short: 'c', multiple: true },
      catalog: text,
      properties: { type: 'string', short: 'p' },
      state: { type: 'string', short: 's' },
      'state-of-credentials': text,
      format: text,
      'log-level': text,
      discover: flag,
      about: flag,
      version: flag,
      test: flag,
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    strict: false,
  })
  if (positionals.length > 0)
    throw new ConnectorError(`There is no argument "${positionals[0]}".\n${USAGE}`, 'config_error')
  const given = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
  const tokens = values['state-of-credentials']
  const command = (['help', 'version', 'about', 'discover', 'test'] as const).find((one) => values[one] === true)
  return {
    command: command ?? 'sync',
    configs: ((values.config ?? []) as unknown[]).flatMap((one) => given(one) ?? []),
    catalog: given(values.catalog) ?? given(values.properties),
    state: given(values.state),
    tokens: tokens === undefined ? undefined : (given(tokens) ?? ''),
    format: given(values.format) ?? 'text',
    logLevel: given(values['log-level']),
  }
}
