// The commands, by name.
import { ConnectorError } from 'zendesk-connector'
import { HubError } from '../errors.ts'
import type { Program } from './program.ts'
import { SYNC_USAGE, syncCommand } from './sync.ts'

interface Command {
  readonly usage: string
  readonly run: (program: Program, args: readonly string[]) => Promise<number>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  sync: { usage: SYNC_USAGE, run: syncCommand },
}

const USAGE = `Usage: zendesk-hub COMMAND [options]

Zendesk in a database, and kept there.

  sync      reads an account and loads what changed
`

/** Runs the command that the command line names. Resolves to the exit code; failures are said on standard error. */
export async function runCommand(program: Program): Promise<number> {
  const [name = '', ...args] = program.argv
  const command = COMMANDS[name]
  if (command === undefined) {
    if (name === '' || name === '--help' || name === 'help') {
      program.write(USAGE)
      return name === '' ? 1 : 0
    }
    program.say(`zendesk-hub: there is no command "${name}". See zendesk-hub --help.\n`)
    return 1
  }
  if (args.includes('--help')) {
    program.write(command.usage)
    return 0
  }
  try {
    return await command.run(program, args)
  } catch (error) {
    if (program.signal.aborted && error === program.signal.reason) return 1
    const isExpected = error instanceof HubError || error instanceof ConnectorError
    program.say(`zendesk-hub: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`)
    return 1
  }
}
