import { NAMES } from '../../config/aliases.ts'
import { isObject, type Options } from '../../config/written.ts'
import type { CredentialSink } from '../../model/runtime.ts'
import { objectIn, replaced } from '../token-store.ts'

/** What a consent brought, and what is good for nothing once it is revoked. */
const TOKENS: readonly string[] = ['refresh_token', 'access_token', 'token_expiry_date']

/**
 * Takes the tokens that were revoked out of the file that holds them; says that it did, or '' if there were none. Rejects
 * with a ConnectorError if the file cannot be written.
 */
export async function forgetTokens(keep: CredentialSink): Promise<string> {
  if (keep.in !== 'config' && keep.in !== 'tokens') return ''
  const held = await objectIn(keep.file)
  if (held === undefined) return ''
  const left = keep.in === 'config' ? configWithout(held) : without(held)
  if (JSON.stringify(left) === JSON.stringify(held)) return ''
  await replaced(keep.file, left)
  return `The tokens were removed from ${keep.file.path}.\n`
}

const without = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !TOKENS.includes(name)))

/** Beside the other options a client without its tokens would look like one that signs in for itself: it says what it is. */
function configWithout(config: Options): Options {
  const { credentials } = config
  if (isObject(credentials)) return { ...config, credentials: without(credentials) }
  if (!TOKENS.some((name) => config[name] !== undefined)) return config
  const isCredential = (name: string): boolean => (NAMES as readonly string[]).includes(name)
  const entries = Object.entries(without(config))
  return {
    ...Object.fromEntries(entries.filter(([name]) => !isCredential(name))),
    credentials: {
      credentials: config['refresh_token'] === undefined ? 'oauth2.0' : 'oauth2_refresh',
      ...Object.fromEntries(entries.filter(([name]) => isCredential(name))),
    },
  }
}
