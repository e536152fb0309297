import specification from '../../spec.json' with { type: 'json' }
import { nearest } from '../model/nearest.ts'
import { KINDS, type Kind, type RawCredentials } from './credentials.ts'
import { type Environment, isObject, type Options } from './written.ts'

/** What credentials may hold. */
export const NAMES = [
  'client_id',
  'client_secret',
  'scope',
  'refresh_token',
  'access_token',
  'token_expiry_date',
  'email',
  'api_token',
  'password',
] as const
type Name = (typeof NAMES)[number]
type Given = { readonly [name in Name]?: string | undefined }

/** What the environment may hold, in upper case and after `ZENDESK_`. */
const IN_ENVIRONMENT: readonly Name[] = [
  'client_id',
  'client_secret',
  'refresh_token',
  'access_token',
  'email',
  'api_token',
  'password',
]

/** What each way to sign in takes from the environment. An access token that belongs to another consent is not used. */
const NEEDED: Readonly<Record<Kind, readonly Name[]>> = {
  oauth2_client_credentials: ['client_id', 'client_secret'],
  oauth2_refresh: ['client_id', 'client_secret', 'refresh_token'],
  'oauth2.0': ['access_token'],
  api_token: ['email', 'api_token'],
  password: ['email', 'password'],
}

/** The value of `ZENDESK_<NAME>`; undefined if it is not set or blank. */
export function inEnvironment(name: string, environment: Environment): string | undefined {
  const value = environment[`ZENDESK_${name.toUpperCase()}`]?.trim()
  return value === '' ? undefined : value
}

/**
 * The credentials of a configuration, nested or beside the other options, and the way to sign in, if it says one. The
 * environment adds what is missing. Empty options, as forms send them, count as left out.
 */
export function credentialsGiven(written: Options, environment: Environment): { kind: Kind | undefined; given: Given } {
  const config = withOwnNames(withoutEmpty(written))
  const block = isObject(config['credentials']) ? config['credentials'] : undefined
  const own = trimmed(block ?? config)
  const said = block?.['credentials']
  const kind = said === undefined ? kindOf(own) : KINDS.find((one) => one === said)
  const wanted = kind !== undefined ? NEEDED[kind] : said === undefined ? IN_ENVIRONMENT : []
  const added = wanted
    .filter((name) => own[name] === undefined)
    .map((name) => [name, inEnvironment(name, environment)] as const)
    .filter(([, value]) => value !== undefined)
  const given: Given = { ...own, ...Object.fromEntries(added) }
  return { kind: said === undefined ? kindOf(given) : kind, given }
}

/**
 * A configuration with its credentials under `credentials` and its marketplace under `marketplace`. Singer's taps write
 * both beside the other options, and only the names of the options say how to sign in.
 */
export function normalized(written: Options, environment: Environment = {}): Options {
  const config = withOwnNames(withoutEmpty(written))
  const { kind, given } = credentialsGiven(written, environment)
  const subdomain = config['subdomain'] ?? inEnvironment('subdomain', environment)
  const marketplace = config['marketplace'] ?? marketplaceIn(config)
  return {
    ...config,
    ...(subdomain !== undefined && { subdomain }),
    ...(marketplace !== undefined && { marketplace }),
    ...(kind !== undefined && { credentials: { ...credentialsIn(config), ...given, credentials: kind } }),
  }
}

/** The credentials that a configuration nests, unchanged. */
export const credentialsIn = (config: Options): Partial<RawCredentials> =>
  isObject(config['credentials']) ? config['credentials'] : {}

/** The way to sign in that these names imply. Ways that Zendesk will end come last. */
function kindOf(given: Given): Kind | undefined {
  const has = (...names: readonly Name[]): boolean => names.every((name) => given[name] !== undefined)
  if (has('refresh_token')) return 'oauth2_refresh'
  if (has('access_token')) return 'oauth2.0'
  if (has('client_id', 'client_secret')) return 'oauth2_client_credentials'
  if (has('api_token')) return 'api_token'
  return has('password') ? 'password' : undefined
}

/** The credentials among these options, and nothing else. */
function trimmed(options: Options): Given {
  const given = NAMES.filter((name) => options[name] !== undefined).map((name) => {
    const value = options[name]
    return [name, typeof value === 'string' && name !== 'password' ? value.trim() : value] as const
  })
  // If it is not text, the check reports it.
  const { token_expiry_date, ...rest } = Object.fromEntries(given) as Given
  // Airbyte may put seconds here. Without a valid end, answers show when the token has expired.
  const isMoment = typeof token_expiry_date === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(token_expiry_date)
  return { ...rest, token_expiry_date: isMoment ? token_expiry_date : undefined }
}

/** Names that other connectors use, or used, for the way to sign in, and for its values. */
const SAID_BY = ['auth_method', 'auth_type', 'option_title'] as const
const OTHER_WORDS: Readonly<Record<string, Kind>> = {
  oauth: 'oauth2.0',
  oauth2: 'oauth2.0',
  access_token: 'oauth2.0',
  'OAuth2.0': 'oauth2.0',
  'API Token': 'api_token',
}

/** A configuration with its credentials in our place and under our names. */
function withOwnNames(config: Options): Options {
  const { auth_method, ...rest } = config
  if (isObject(auth_method) && config['credentials'] === undefined)
    return withOwnNames({ ...rest, credentials: auth_method })
  const { credentials: block } = config
  if (!isObject(block)) return config
  const said = [block['credentials'], ...SAID_BY.map((name) => block[name])].find((one) => one !== undefined)
  if (typeof said !== 'string') return config
  return { ...config, credentials: { ...block, credentials: OTHER_WORDS[said] ?? said } }
}

const MARKETPLACE = ['name', 'organization_id', 'app_id'] as const

/** Who distributes the connector, in the spelling of Singer's tap: `marketplace_name` and so on. */
function marketplaceIn(config: Options): Options | undefined {
  const given = MARKETPLACE.filter((name) => config[`marketplace_${name}`] !== undefined)
  if (given.length === 0) return undefined
  return Object.fromEntries(given.map((name) => [name, String(config[`marketplace_${name}`])]))
}

function withoutEmpty(given: Options): Options {
  const options = Object.entries(given).filter(([, value]) => value !== '' && value !== null)
  return Object.fromEntries(options.map(([name, value]) => [name, isObject(value) ? withoutEmpty(value) : value]))
}

/** Members of a configuration that are not our options: misspelled ones, and those of other connectors. */
export function unknownOptions(given: Options): readonly string[] {
  const known = [...Object.keys(specification.connectionSpecification.properties), ...ALIASES]
  // Platforms add their own, which begin like this.
  return Object.keys(given)
    .filter((name) => !known.includes(name) && !name.startsWith('_'))
    .map((name) => {
      const meant = nearest(name, known)
      return meant === undefined ? name : `${name} (did you mean ${meant}?)`
    })
}

/** The member of `object` that is probably a misspelled `wanted`; undefined if none is close. */
export function misspelled(wanted: string, object: Options): string | undefined {
  const known = new Set<string>([...Object.keys(specification.connectionSpecification.properties), ...ALIASES])
  return Object.keys(object).find((name) => !known.has(name) && nearest(name, [wanted]) !== undefined)
}

/** Options as other connectors spell them, and one of the programs themselves. */
const ALIASES: readonly string[] = [
  ...NAMES,
  'auth_method',
  'marketplace_name',
  'marketplace_organization_id',
  'marketplace_app_id',
  'state_of_credentials',
]
