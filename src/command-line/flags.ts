// Command lines, for every program: what is not understood is refused, never passed over.
import { parseArgs } from 'node:util'
import { ConnectorError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'

/** A flag: what its value is called in the usage (`<file>`), or none for one that is given or not. */
export interface Flag {
  readonly value?: string
  /** One letter: `-c` for `--config`. */
  readonly short?: string
  /** May be given several times; of any other the last one counts. */
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
 * Understands a command line. Throws a ConnectorError for a flag that is unknown, lacks its value or has one that it does
 * not take; `of` says whose flags they are, such as `source-zendesk read`.
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
    // What looks like the next flag is one: a file of such a name is written --flag=-name.
    if (value === undefined || value === '' || (inlineValue !== true && /^-./.test(value)))
      throw wrong(`${token.rawName} takes a value: ${token.rawName} ${flag.value}.`, of)
    if (flag.multiple) given[token.name] = [...((given[token.name] as string[] | undefined) ?? []), value]
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

/** Throws a ConnectorError for a flag of another command: it would do nothing, in silence. */
export function refuseOthers(given: object, flags: Readonly<Record<string, Flag>>, of: string): void {
  const other = Object.keys(given).find((name) => !Object.hasOwn(flags, name))
  if (other !== undefined) throw wrong(`${of} takes no --${other}.`, of)
}

/** The error for a word that is none of these, such as a command. */
export function unknownWord(what: string, word: string, words: readonly string[], of: string): ConnectorError {
  const meant = nearest(word, words)
  return wrong(
    `There is no ${what} "${word}"${meant === undefined ? '' : `; did you mean "${meant}"`}${meant === undefined ? '.' : '?'}`,
    of,
  )
}

/** The seconds that a flag gives, in ms; undefined if it is not given. Throws a ConnectorError for what is no number. */
export function millisecondsIn(value: string | undefined, flag: string, of: string): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  if (value.trim() === '' || !Number.isFinite(seconds) || seconds < 0)
    throw wrong(`--${flag} takes seconds, such as 60, and not "${value}".`, of)
  return seconds * 1000
}

/** The file descriptor that a flag gives. Throws a ConnectorError for what is none to write to: 0 to 2 have a use already. */
export function descriptorIn(value: string | undefined, flag: string, of: string): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,4}$/.test(value) || Number(value) < 3)
    throw wrong(`--${flag} takes a number from 3 on, and not "${value}".`, of)
  return Number(value)
}

/** The error of a command line, which says where its flags are explained. */
export const wrong = (message: string, of: string): ConnectorError =>
  new ConnectorError(`${message} See ${of} --help.`, 'config_error')
