// The secrets of a configuration: `${NAME}` in it stands for one of these, as it does for a variable of the environment.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError, messageOf } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { KEY_VARIABLE, type Key, keyFile, readKey, readOrMakeKey } from './key.ts'
import { isSealed, seal, unseal } from './seal.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Vault {
  /** All of them, decrypted, by name. Throws a HubError. */
  all(): Readonly<Record<string, string>>
  has(name: string): boolean
  /** Puts these in; undefined takes one out. */
  put(changes: Readonly<Record<string, string | undefined>>): void
  /** Seals what is kept in other files, such as renewed tokens. */
  readonly seal: { close(text: string): string; open(text: string): string }
  /** A file of its own in the folder of the vault. */
  fileOf(name: string): string
}

/** The folder beside a configuration in which its secrets are: `hub.yaml` has `hub.secrets`. */
export const vaultFolder = (configFile: string): string => `${configFile.replace(/\.(ya?ml|json)$/i, '')}.secrets`

/** What the environment gives to a configuration: its variables, and the secrets of the vault, if there is one. */
export function withSecrets(configFile: string, environment: Environment): Environment {
  const folder = vaultFolder(configFile)
  if (!existsSync(join(folder, FILE))) return environment
  return { ...openVault(folder, environment).all(), ...environment }
}

const FILE = 'secrets.json'

/** Opens the vault in this folder. The key is made with the first secret, where there is none. */
export function openVault(folder: string, environment: Environment): Vault {
  const path = join(folder, FILE)
  let key: Key | undefined
  const known = (): Key => {
    key ??= readKey(environment)
    if (key === undefined)
      throw new HubError(
        `There are secrets in ${folder}, but the key to them is missing. Set ${KEY_VARIABLE}, or put the key back into ${keyFile(environment)}.`,
      )
    return key
  }
  const made = (): Key => {
    key ??= readOrMakeKey(environment)
    return key
  }
  const sealed = (): Record<string, string> => {
    if (!existsSync(path)) return {}
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    } catch (error) {
      throw new HubError(`${path} cannot be read: ${messageOf(error)}`)
    }
  }
  return {
    all: () => Object.fromEntries(Object.entries(sealed()).map(([name, text]) => [name, unseal(known(), name, text)])),
    has: (name) => Object.hasOwn(sealed(), name),
    put(changes) {
      const held = sealed()
      for (const [name, text] of Object.entries(changes)) {
        if (text === undefined) delete held[name]
        else held[name] = seal(made(), name, text)
      }
      makeFolder(folder, 0o700)
      const unfinished = `${path}.unfinished`
      writeFileSync(unfinished, `${JSON.stringify(held, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(unfinished, path)
    },
    seal: {
      close: (text) => `${seal(made(), TOKENS, text)}\n`,
      // A file from before there was a key is read as it is, and sealed when it is written.
      open: (text) => (isSealed(text) ? unseal(known(), TOKENS, text) : text),
    },
    fileOf(name) {
      makeFolder(folder, 0o700)
      return join(folder, name)
    },
  }
}

const TOKENS = 'tokens'
