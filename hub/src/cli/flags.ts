// Flags that several commands have, and how they are understood.
import { parseArgs } from 'node:util'
import { HubError } from '../errors.ts'
import { type Contracts, type Deleted, MODES, type Mode } from '../load/target.ts'
import { nearest } from './nearest.ts'

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>

/**
 * The flags of a command line, and up to `words` words beside them. Throws a HubError for a flag that the command does not
 * have, one without a value or given twice, and for more words: nothing that somebody typed is passed over.
 */
export function readFlags<const Known extends Options>(args: readonly string[], known: Known, words = 0) {
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, allowPositionals: true, tokens: true })
  const given = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const type = Object.hasOwn(known, name) ? known[name]?.type : undefined
    if (type === undefined)
      throw unknown(
        `Unknown flag ${rawName}`,
        name,
        Object.keys(known).map((flag) => `--${flag}`),
        '--',
      )
    if (type === 'boolean' && value !== undefined) throw new HubError(`${rawName} takes no value. See --help.`)
    // What looks like a flag is one. A file with such a name is given as --flag=-name.
    if (type === 'string' && (value === undefined || value === '' || (!inlineValue && /^-./.test(value))))
      throw new HubError(`${rawName} needs a value. See --help.`)
    if (type === 'string' && given.has(name)) throw new HubError(`${rawName} is given twice. See --help.`)
    given.add(name)
  }
  const read = parseArgs({ args: [...args], options: known, allowPositionals: true })
  const surplus = read.positionals[words]
  if (surplus !== undefined) throw new HubError(`Unexpected argument "${surplus}". See --help.`)
  return read
}

/** The error for an unknown name, with the one that was probably meant. */
export function unknown(what: string, typed: string, names: readonly string[], prefix = ''): HubError {
  const meant = nearest(`${prefix}${typed}`, names)
  return new HubError(
    `${what}${meant === undefined ? '' : `; did you mean ${meant}`}${meant === undefined ? '.' : '?'} See --help.`,
  )
}

/** A flag's whole number. Throws a HubError for anything else. */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new HubError(`--${flag} takes a whole number from ${least} to ${most}, not "${text}".`)
}

export const portIn = (text: string, flag = 'port'): number => wholeNumber(flag, text, 0, 65_535)

/** How many rows a commit has. */
export const commitRows = (text: string | undefined): { readonly rows?: number } =>
  text === undefined ? {} : { rows: wholeNumber('commit-rows', text, 1, 1_000_000_000) }

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
  if (found === undefined) throw new HubError(`--${flag} takes one of ${choices.join(', ')}, not "${text}".`)
  return found
}
