import type { ErrorObject, ValidateFunction } from 'ajv'
import specification from '../../spec.json' with { type: 'json' }
import generated from '../generated/check-config.ts'
import type { FilledConfig } from '../generated/config.ts'
import { systemClock } from '../model/clock.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Choices, DeletedRecords, Reconcile, Selection } from '../model/stream.ts'
import { isThisMachine } from '../model/this-machine.ts'
import { isRelative, momentOf } from '../model/time.ts'
import { misspelled, NAMES, normalized } from './aliases.ts'
import { type Credentials, credentialsFrom, KINDS, type RawCredentials } from './credentials.ts'
import { type Environment, isObject, type Options } from './written.ts'

/** The options of spec.json that are used unchanged, each under its name in camel case. */
type PlainOptions = { readonly [Name in keyof Omit<FilledConfig, Resolved> as CamelCase<Name>]: FilledConfig[Name] }
/** Options that `configFrom` converts. */
type Resolved =
  | 'subdomain'
  | 'base_url'
  | 'credentials'
  | 'start_date'
  | 'pull_by'
  | 'support_type_scope'
  | 'deleted_records'
  | 'reconcile_every'
  | 'max_deletions_percent'
  | 'searches'
  | 'include'
type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name

/** A configuration that was checked and has its defaults. A new option of spec.json appears here by itself. */
export interface Config extends PlainOptions, Choices {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly credentials: Credentials
  readonly selection: Selection
  readonly deletedRecords: DeletedRecords
  readonly reconcile: Reconcile
}

/** Who distributes the connector, as registered with Zendesk. */
export type Marketplace = NonNullable<FilledConfig['marketplace']>

/** Checks and reads a user's configuration; the environment adds to it. Throws a ConnectorError that says what to change. */
export function configFrom(given: unknown, environment: Environment = {}, now = systemClock.now()): Config {
  const raw = checked(given, environment)
  return {
    ...plainOptions(raw),
    origin: originOfConfig(raw),
    credentials: credentialsFrom(raw.credentials as RawCredentials),
    selection: selectionFrom(raw, now),
    deletedRecords: deletedRecordsIn(raw),
    reconcile: { every: Math.round(raw.reconcile_every * 86_400), mostDeleted: raw.max_deletions_percent / 100 },
    searches: raw.searches ?? [],
    include: raw.include ?? [],
  }
}

const plainOptions = (raw: FilledConfig): PlainOptions =>
  Object.fromEntries(
    Object.keys(specification.connectionSpecification.properties)
      .filter((name) => raw[name as keyof FilledConfig] !== undefined)
      .map((name) => [camelCase(name), raw[name as keyof FilledConfig]]),
  ) as unknown as PlainOptions

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Scheme, host and port of the account in a configuration. Throws a ConnectorError if it names none. */
export function originOfConfig({
  subdomain,
  base_url,
}: {
  readonly subdomain?: unknown
  readonly base_url?: unknown
}): string {
  const origin = originOf(String(subdomain ?? ''))
  return base_url === undefined || base_url === null || base_url === '' ? origin : originFrom(String(base_url))
}

/** Who distributes the connector, if an unchecked configuration says so. */
export function marketplaceOf(given: Options): Marketplace | undefined {
  const { marketplace } = normalized(given)
  const { name, organization_id, app_id } = isObject(marketplace) ? marketplace : {}
  if (name === undefined || organization_id === undefined || app_id === undefined) return undefined
  return { name: String(name), organization_id: String(organization_id), app_id: String(app_id) }
}

/** Validates a configuration against spec.json and fills in the defaults. */
const validate = generated as ValidateFunction

/** The configuration with the defaults of spec.json. Throws a ConnectorError if it is not valid. */
function checked(given: unknown, environment: Environment): FilledConfig {
  const config = isObject(given) ? normalized(given, environment) : given
  if (validate(config)) return config as unknown as FilledConfig
  throw configError(explain(config, validate.errors ?? []))
}

/** Says in one sentence what is wrong. It repeats no values: they may be secret. */
export function explain(config: unknown, errors: readonly ErrorObject[]): string {
  if (!isObject(config)) return 'It must be a JSON object.'
  const { credentials } = config as { credentials?: { credentials?: unknown } }
  const kind = KINDS.indexOf(credentials?.credentials as (typeof KINDS)[number])
  if (isObject(credentials) && kind === -1)
    return `"credentials.credentials" must say how to sign in: ${KINDS.map((one) => `"${one}"`).join(', ')}.${hintOf(NAMES, credentials)}`
  const ofKind = `/oneOf/${Math.max(kind, 0)}/`
  const reported = errors
    .filter(
      ({ schemaPath, keyword }) =>
        (!schemaPath.includes('/oneOf/') || schemaPath.includes(ofKind)) && keyword !== 'oneOf',
    )
    .map(sentence)
  return [...new Set(reported)].join(' ')
}

/** A sentence about a name of this object that is probably misspelled, or ''. */
function hintOf(wanted: readonly string[], object: Options): string {
  for (const name of wanted) {
    const typed = object[name] === undefined ? misspelled(name, object) : undefined
    if (typed !== undefined) return ` There is "${typed}": did you mean "${name}"?`
  }
  return ''
}

/** Tokens of a consent expire, and revoked ones are removed from the file. */
const TOKENS: readonly unknown[] = ['refresh_token', 'access_token']

function sentence({ instancePath, keyword, params, message, parentSchema, data }: ErrorObject): string {
  const at = instancePath.slice(1).replaceAll('/', '.')
  if (keyword === 'required') {
    const name = String(params['missingProperty'])
    const wanted = name === 'credentials' ? [name, ...NAMES] : [name]
    const hint = isObject(data) ? hintOf(wanted, data) : ''
    const signIn = TOKENS.includes(name) ? ' If it was revoked, sign in again: source-zendesk auth login.' : ''
    return `"${at === '' ? '' : `${at}.`}${name}" is missing.${hint || signIn}`
  }
  if (keyword === 'enum') return `"${at}" must be one of ${(params['allowedValues'] as string[]).join(', ')}.`
  if (keyword === 'pattern')
    return `"${at}" must look like ${String(parentSchema?.['pattern_descriptor'] ?? params['pattern'])}.`
  return `"${at}" ${message}.`
}

const configError = (what: string): ConnectorError =>
  new ConnectorError(`The configuration cannot be used. ${what}`, 'config_error')

function selectionFrom({ start_date: date, pull_by, support_type_scope }: FilledConfig, now: number): Selection {
  const seconds = date === undefined ? 0 : momentOf(date, now)
  if (seconds === undefined)
    throw configError(`"start_date" is ${date}, which is not a date. Write one such as 2024-01-01T00:00:00Z.`)
  return {
    startDate: Math.max(0, seconds),
    isRelative: date !== undefined && isRelative(date),
    pullBy: pull_by,
    query: { support_type_scope },
  }
}

/** Airbyte's connector does not have the column that marks deletions. */
const deletedRecordsIn = ({ deleted_records: chosen, legacy_schema }: FilledConfig): DeletedRecords =>
  legacy_schema && chosen === 'delete' ? 'mark' : chosen

/** Takes a subdomain as people type it: `acme`, `Acme.zendesk.com`, `https://acme.zendesk.com/agent`, with blanks. */
function originOf(typed: string): string {
  const host = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
  const name = host.replace(/\.zendesk\.com$/, '')
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    throw configError(
      // An address may hold a password before its @.
      `"subdomain" ${typed.includes('@') ? 'holds an @' : `is "${typed.trim()}"`}, but must be the first part of your Zendesk address, such as acme for https://acme.zendesk.com.`,
    )
  return `https://${name}.zendesk.com`
}

/** Scheme, host and port of an address. Throws a ConnectorError if it would expose the credentials. */
export function originFrom(baseUrl: string): string {
  const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw configError('"base_url" must be an address such as http://127.0.0.1:8080 or https://proxy.example.com.')
  if (url.pathname !== '/' || url.search !== '')
    throw configError(`"base_url" must end with the host or port: ${url.origin}. The path of the API is added to it.`)
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    throw configError(
      `"base_url" is plain http, which would expose the credentials to the network: use https://${url.host}.`,
    )
  return url.origin
}
