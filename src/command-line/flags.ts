// Command lines, for every program. Anything unknown is refused, never ignored.
import { parseArgs } from 'node:util'
import { ConnectorError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'

/** A flag: the name of its value in the usage (`<file>`), or none for a switch. */
export interface Flag {
  readonly value?: string
  /** One letter: `-c` for `--config`. */
  readonly short?: string
  /** Whether each occurrence counts; others are given once. */
  readonly multiple?: true
}

/** The flags that every command takes. */
export const HELP_AND_VERSION = { help: { short: 'h' }, version: {} } as const satisfies Record<string, Flag>

/** What a command line gives, by flag. */
export type GivenFlags<Flags> = {
  readonly [Name in keyof Flags]?: Flags[Name] extends { readonly value: string }
    ? Flags[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string
    : true
}

/**
 * Parses a command line. Throws a ConnectorError for an unknown flag, a missing value, two values for one flag, or a value for a
 * switch. `of` says whose flags these are, such as `source-zendesk read`.
 */
export function flagsIn<Flags extends Readonly<Record<string, Flag>>>(
  argv: readonly string[],
  flags: Flags,
  of: string,
): { readonly given: GivenFlags<Flags>; readonly words: readonly string[] } {
  const known: Readonly<Record<string, Flag>> = flags
  const { tokens } = parseArgs({ args: [...argv], options: optionsOf(known), strict: false, tokens: true })
  const given: Record<string, string | true | string[]> = {}
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (flag === undefined) throw unknownFlag(token.rawName, known, of)
    const { value, inlineValue } = token
    if (flag.value === undefined) {
      if (value !== undefined) throw wrong(`${token.rawName} takes no value.`, of)
      given[token.name] = true
      continue
    }
    // What looks like a flag is one. A file with such a name is given as --flag=-name.
    if (value === undefined || value === '' || (inlineValue !== true && /^-./.test(value)))
      throw wrong(`${token.rawName} needs a value: ${token.rawName} ${flag.value}.`, of)
    if (flag.multiple) given[token.name] = [...((given[token.name] as string[] | undefined) ?? []), value]
    else if (given[token.name] !== undefined && given[token.name] !== value)
      throw wrong(`${token.rawName} is given twice, with different values. Give it once.`, of)
    else given[token.name] = value
  }
  return { given: given as GivenFlags<Flags>, words }
}

const optionsOf = (flags: Readonly<Record<string, Flag>>) =>
  Object.fromEntries(
    Object.entries(flags).map(([name, { value, short }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
    ]),
  )

function unknownFlag(raw: string, flags: Readonly<Record<string, Flag>>, of: string): ConnectorError {
  const meant = nearest(raw.replace(/^-+/, ''), Object.keys(flags))
  return wrong(`Unknown flag ${raw}${meant === undefined ? '.' : `; did you mean --${meant}?`}`, of)
}

/** Throws a ConnectorError for a flag of another command, which would silently do nothing. */
export function refuseOthers(given: object, flags: Readonly<Record<string, Flag>>, of: string): void {
  const other = Object.keys(given).find((name) => !Object.hasOwn(flags, name))
  if (other !== undefined) throw wrong(`${of} has no flag --${other}.`, of)
}

/** The error for a word that is not one of these, such as an unknown command. */
export function unknownWord(what: string, word: string, words: readonly string[], of: string): ConnectorError {
  const meant = nearest(word, words)
  return wrong(
    `There is no ${what} "${word}"${meant === undefined ? '' : `; did you mean "${meant}"`}${meant === undefined ? '.' : '?'}`,
    of,
  )
}

/** A flag's seconds, in ms; undefined if it is not given. Throws a ConnectorError if it is not a number. */
export function millisecondsIn(value: string | undefined, flag: string, of: string): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  if (value.trim() === '' || !Number.isFinite(seconds) || seconds < 0)
    throw wrong(`--${flag} must be a number of seconds, such as 60, not "${value}".`, of)
  return seconds * 1000
}

/** A flag's file descriptor. Throws a ConnectorError if it is not a number from 3 on: 0 to 2 are in use. */
export function descriptorIn(value: string | undefined, flag: string, of: string): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,4}$/.test(value) || Number(value) < 3)
    throw wrong(`--${flag} must be the number of a file descriptor, 3 or more, not "${value}".`, of)
  return Number(value)
}

/** An error about the command line. It says where the flags are explained. */
export const wrong = (message: string, of: string): ConnectorError =>
  new ConnectorError(`${message} See ${of} --help.`, 'config_error')
