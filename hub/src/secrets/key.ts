// The key that secrets on the disk are encrypted with: from the environment, or from a file of its own.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { HubError } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'

/** The key, and its name in what was encrypted with it: the beginning of its hash. */
export interface Key {
  readonly id: string
  readonly bytes: Buffer
}

type Environment = Readonly<Record<string, string | undefined>>

/** 32 bytes in base64, or as 64 hexadecimal digits. */
export const KEY_VARIABLE = 'ZENDESK_HUB_KEY'
/** A file that holds them. */
export const KEY_FILE_VARIABLE = 'ZENDESK_HUB_KEY_FILE'

/** Where the key is kept, if the environment neither holds it nor names its file: not beside what it opens. */
export function keyFile(environment: Environment): string {
  const named = environment[KEY_FILE_VARIABLE]
  if (named !== undefined && named !== '') return named
  const config = environment['XDG_CONFIG_HOME']
  return join(config === undefined || config === '' ? join(homedir(), '.config') : config, 'zendesk-hub', 'key')
}

/** Reads the key; undefined if there is none yet. Throws a HubError for one that is none, or that others may read. */
export function readKey(environment: Environment): Key | undefined {
  const given = environment[KEY_VARIABLE]
  if (given !== undefined && given !== '') return keyFrom(given, KEY_VARIABLE)
  const file = keyFile(environment)
  const mode = statSync(file, { throwIfNoEntry: false })?.mode
  if (mode === undefined) return undefined
  if ((mode & 0o077) !== 0)
    throw new HubError(
      `Other users can read the key ${file}. Run chmod 600 ${file}, and replace the secrets that it protects.`,
    )
  return keyFrom(readFileSync(file, 'utf8'), file)
}

/** The key; a new one is made where there is none. Throws a HubError. */
export function readOrMakeKey(environment: Environment): Key {
  const known = readKey(environment)
  if (known !== undefined) return known
  const file = keyFile(environment)
  makeFolder(dirname(file), 0o700)
  // Two programs may begin at once: the first one makes it.
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new HubError(
        `The key ${file} cannot be written (${(error as NodeJS.ErrnoException).code}). Name another place in ${KEY_FILE_VARIABLE}.`,
      )
  }
  return readKey(environment)!
}

function keyFrom(text: string, place: string): Key {
  const trimmed = text.trim()
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (bytes.length !== 32)
    throw new HubError(`${place} must hold a key of 32 bytes in base64. \`openssl rand -base64 32\` makes one.`)
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
}
