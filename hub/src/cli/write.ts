// `zendesk-hub write`: rows of the database, back into Zendesk.
import type { WriteSettings } from '../config/connection.ts'
import { differencesOf, rejectedOf } from '../console/journal/writes.ts'
import { HubError } from '../errors.ts'
import { readFlags } from './flags.ts'
import { journalOf } from './journal.ts'
import type { Program } from './program.ts'
import { chosen } from './sync.ts'
import { writeConnection } from './write-connection.ts'
import { sentence } from './write-sentence.ts'

export const WRITE_USAGE = `Usage: zendesk-hub write [NAME] --config FILE [--connection NAME] [--dry-run | --replay]

Writes rows of the database back into Zendesk, as "writes" of the configuration says (docs/hub.md). Each row is looked up and
compared first, and only what differs is written. Rows that Zendesk refuses are kept. The exit code is 0 only if none was refused.

  NAME                 one of the writes (all of them)
  --config FILE        the hub's configuration
  --connection NAME    only the writes of this connection
  --dry-run            finds out what would be written, and shows the first differences
  --replay             sends the rows again that were refused and not written since
`

const FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  'dry-run': { type: 'boolean' },
  replay: { type: 'boolean' },
} as const

/** Rows that one replay takes. */
const MOST = 10_000
/** Differences and rejected rows that are shown. */
const SHOWN = 20

export async function writeCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, 2)
  const { config, connection: named } = values
  const [name, more] = positionals
  if (more !== undefined) throw new HubError('write takes one name. See --help.')
  if (config === undefined) throw new HubError('Say which configuration has the writes: --config hub.yaml.')
  if (values['dry-run'] && values.replay) throw new HubError('A replay has no dry run: leave out one of the two.')
  const all = (await chosen(program, config, named)).flatMap((connection) =>
    (connection.writes ?? []).map((settings) => ({ connection, settings })),
  )
  const due = all.filter(({ settings }) => name === undefined || settings.name === name)
  if (due.length === 0) throw new HubError(nothingCalled(name, all))
  const journal = journalOf(config)
  const kind = values['dry-run'] ? 'dry-run' : values.replay ? 'replay' : 'run'
  let code = 0
  try {
    for (const { connection, settings } of due) {
      const which = { connection: connection.name, write: settings.name }
      const rejected =
        kind === 'replay' ? rejectedOf(journal, { ...which, limit: MOST }).map(({ id }) => id) : undefined
      const run = await writeConnection(program, journal, config, { connection, settings, kind, rejected })
      program.write(sentence(run))
      for (const change of differencesOf(journal, run.id).slice(0, SHOWN))
        program.write(`  ${JSON.stringify(change)}\n`)
      for (const { code: reason, message, row } of rejectedOf(journal, { ...which, run: run.id, limit: SHOWN }))
        program.write(`  rejected (${reason}): ${message} ${row}\n`)
      if (run.error !== null) program.say(`zendesk-hub: ${run.error}\n`)
      if (run.status !== 'complete' || run.rejected > 0) code = 1
      if (program.signal.aborted) break
    }
  } finally {
    journal.close()
  }
  return code
}

function nothingCalled(name: string | undefined, all: readonly { readonly settings: WriteSettings }[]): string {
  const names = all.map(({ settings }) => settings.name).join(', ') || 'none'
  return name === undefined
    ? 'No connection of this file has "writes".'
    : `There is no write "${name}": there are ${names}.`
}
