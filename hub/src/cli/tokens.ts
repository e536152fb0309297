// Where the renewed tokens of a connection are kept.
import { basename, dirname } from 'node:path'
import type { ConnectorOptions } from 'zendesk-connector'
import type { Connection } from '../config/connection.ts'
import { openVault } from '../secrets/vault.ts'
import type { Program } from './program.ts'

/** Files of this folder are encrypted. */
const VAULT = /\.secrets$/

/** The connector's options for it: encrypted, if the file is in the folder of the secrets. */
export function tokensOf(
  { tokens }: Pick<Connection, 'tokens'>,
  environment: Program['environment'],
): Pick<ConnectorOptions, 'tokensFile' | 'seal'> {
  if (tokens === undefined) return {}
  const folder = dirname(tokens)
  if (!VAULT.test(basename(folder))) return { tokensFile: tokens }
  return { tokensFile: tokens, seal: openVault(folder, environment).seal }
}
