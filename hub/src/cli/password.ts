// `zendesk-hub password`: a line of the password file.
import { createInterface } from 'node:readline/promises'
import { passwordLine } from '../console/access/people.ts'
import { ROLES } from '../console/access/sessions.ts'
import { HubError } from '../errors.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'

export const PASSWORD_USAGE = `Usage: zendesk-hub password NAME [--role viewer|admin]

Reads a password from standard input, and prints a line for the file of zendesk-hub serve --password-file.

  --role ROLE          viewer: may look; admin: may change things too (viewer)
`

export async function passwordCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, { role: { type: 'string' } }, 2)
  const [name, more] = positionals
  const role = ROLES.find((one) => one === (values.role ?? 'viewer'))
  if (name === undefined || more !== undefined) throw new HubError('password takes one name.')
  if (role === undefined) throw new HubError(`--role takes ${ROLES.join(', ')}, not "${values.role}".`)
  program.say(`Password of ${name}, twelve characters or more: `)
  const lines = createInterface({ input: program.input })[Symbol.asyncIterator]()
  const { value = '' } = await lines.next()
  program.write(`${await passwordLine(name, role, String(value))}\n`)
  return 0
}
