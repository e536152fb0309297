// The flags that say which account, for the commands that follow it.
import { readFile } from 'node:fs/promises'
import type { Config } from 'zendesk-connector'
import { HubError, messageOf } from '../errors.ts'
import { openAccount } from '../source/account.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import type { Program } from './program.ts'

/** The account of this configuration file. Throws a HubError for a file that cannot be read. */
export async function accountIn(
  { source, tokens }: { readonly source: string | undefined; readonly tokens: string | undefined },
  program: Program,
  report: (message: SourceMessage) => void,
): Promise<LiveSource> {
  if (source === undefined) throw new HubError('Say which account: --source config.json.')
  let config: Config
  try {
    config = JSON.parse(await readFile(source, 'utf8')) as Config
  } catch (error) {
    throw new HubError(`${source} cannot be read: ${messageOf(error)}`)
  }
  return await openAccount(config, {
    signal: program.signal,
    report: (message) => report(message as SourceMessage),
    environment: program.environment,
    ...(tokens !== undefined && { tokensFile: tokens }),
  })
}
