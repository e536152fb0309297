// Flags that several commands have, and how they are understood.
import { parseArgs } from 'node:util'
import { HubError } from '../errors.ts'
import { type Contracts, type Deleted, MODES, type Mode } from '../load/target.ts'

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>

/** The flags of a command line, and what stands beside them. Throws a HubError for one that the command does not have. */
export function readFlags<const Known extends Options>(args: readonly string[], known: Known) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (error) {
    throw new HubError(`${(error as Error).message.split('. To specify')[0]?.replace(/\.?$/, '.')} See --help.`)
  }
}

/** `a,b`. */
export const names = (text: string | undefined): readonly string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')

/** `merge`, or `tickets=history,users=merge`, or both: `merge,tickets=history`. */
export function modes(text: string | undefined): { mode?: Mode; modeOf: Readonly<Record<string, Mode>> } {
  let mode: Mode | undefined
  const modeOf: Record<string, Mode> = {}
  for (const part of names(text) ?? []) {
    const [stream, named] = part.includes('=') ? (part.split('=') as [string, string]) : [undefined, part]
    const one = oneOf('mode', named, MODES)
    if (stream === undefined) mode = one
    else modeOf[stream] = one
  }
  return { ...(mode && { mode }), modeOf }
}

export const deletedIn = (text: string | undefined): Deleted => oneOf('deleted', text ?? 'mark', ['mark', 'delete'])
export const contractsIn = (text: string | undefined): Contracts =>
  oneOf('contracts', text ?? 'evolve', ['evolve', 'freeze'])

function oneOf<const Choice extends string>(flag: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new HubError(`--${flag} takes ${choices.join(', ')}, not "${text}".`)
  return found
}
