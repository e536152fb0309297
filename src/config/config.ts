import { Ajv, type ErrorObject } from 'ajv'
import formats from 'ajv-formats'
import specification from '../../spec.json' with { type: 'json' }
import { ConnectorError } from '../model/errors.ts'
import type { Choices, DeletedRecords, Reader, Reconcile, Search, Selection } from '../model/stream.ts'
import { isRelative, momentOf } from '../model/time.ts'
import { type Environment, gathered, isObject, type Options } from './aliases.ts'
import { type Credentials, credentialsFrom, KINDS, type RawCredentials } from './credentials.ts'

/** The configuration, understood. */
export interface Config extends Choices {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly credentials: Credentials
  readonly selection: Selection
  readonly deletedRecords: DeletedRecords
  /** How the streams of the Incremental Export API are read. */
  readonly reader: Reader
  readonly reconcile: Reconcile
  /** The part of the account's limit that is ours to use, in percent. */
  readonly rateLimitPercent: number
  /** For how many minutes a request that fails is tried again. */
  readonly maxRetryMinutes: number
  /** How many walks are read at once. */
  readonly streamsConcurrency: number
  /** Whether a value that does not fit its column is taken out. */
  readonly strictTypes: boolean
  /** Where files are put; left out: where the platform wants them. */
  readonly filesFolder?: string
  /** Who distributes the connector, as Zendesk asks third parties to say. */
  readonly marketplace?: Marketplace
}

/** As registered with Zendesk. */
export interface Marketplace {
  readonly name: string
  readonly organization_id: string
  readonly app_id: string
}

/**
 * Understands a configuration as a user wrote it, with what the environment adds to it. Throws a ConnectorError that says
 * what to change.
 */
export function configFrom(given: unknown, environment: Environment = {}, now = Date.now()): Config {
  const raw = checked(given, environment)
  return {
    origin: originOfConfig(raw),
    credentials: credentialsFrom(raw.credentials),
    selection: selectionFrom(raw, now),
    deletedRecords: deletedRecordsIn(raw),
    reader: raw.reader ?? 'auto',
    reconcile: {
      every: Math.round((raw.reconcile_every ?? 7) * 86_400),
      mostDeleted: (raw.max_deletions_percent ?? 5) / 100,
    },
    rateLimitPercent: raw.rate_limit_percent ?? 90,
    maxRetryMinutes: raw.max_retry_minutes ?? 10,
    searches: raw.searches ?? [],
    customFields: raw.custom_fields ?? 'raw',
    include: raw.include ?? [],
    legacySchema: raw.legacy_schema ?? false,
    strictTypes: raw.strict_types ?? false,
    streamsConcurrency: raw.streams_concurrency ?? ALL_AT_ONCE,
    ...(raw.files_folder !== undefined && { filesFolder: raw.files_folder }),
    ...(raw.marketplace !== undefined && { marketplace: raw.marketplace }),
  }
}

/** Scheme, host and port of the account that a configuration names. Throws a ConnectorError for one that names none. */
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

/** Who distributes the connector, as far as a configuration that was not checked tells. */
export function marketplaceOf(given: Options): Marketplace | undefined {
  const { marketplace } = gathered(given)
  const { name, organization_id, app_id } = isObject(marketplace) ? marketplace : {}
  if (name === undefined || organization_id === undefined || app_id === undefined) return undefined
  return { name: String(name), organization_id: String(organization_id), app_id: String(app_id) }
}

/** More walks than there are, so that a slow one holds up no other. */
const ALL_AT_ONCE = 100

interface RawConfig {
  readonly subdomain: string
  readonly credentials: RawCredentials
  readonly marketplace?: Marketplace
  readonly rate_limit_percent?: number
  readonly max_retry_minutes?: number
  readonly start_date?: string
  readonly pull_by?: Selection['pullBy']
  readonly support_type_scope?: string
  readonly streams_concurrency?: number
  readonly files_folder?: string
  readonly searches?: readonly Search[]
  readonly custom_fields?: Choices['customFields']
  readonly include?: readonly string[]
  readonly legacy_schema?: boolean
  readonly strict_types?: boolean
  readonly deleted_records?: DeletedRecords
  readonly reader?: Reader
  readonly reconcile_every?: number
  readonly max_deletions_percent?: number
  readonly base_url?: string
}

function checked(given: unknown, environment: Environment): RawConfig {
  const config = isObject(given) ? gathered(given, environment) : given
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true })
  formats.default(ajv, ['date-time'])
  if (ajv.validate(specification.connectionSpecification, config)) return config as unknown as RawConfig
  throw configError(explain(config, ajv.errors ?? []))
}

/** One sentence for all that is wrong; the values themselves may be secret and are not repeated. */
function explain(config: unknown, errors: readonly ErrorObject[]): string {
  if (!isObject(config)) return 'It must be a JSON object.'
  const { credentials } = config as { credentials?: { credentials?: unknown } }
  const kind = KINDS.indexOf(credentials?.credentials as (typeof KINDS)[number])
  if (isObject(credentials) && kind === -1)
    return `"credentials.credentials" must say how to sign in: ${KINDS.map((one) => `"${one}"`).join(', ')}.`
  const ofKind = `/oneOf/${Math.max(kind, 0)}/`
  const told = errors
    .filter(
      ({ schemaPath, keyword }) =>
        (!schemaPath.includes('/oneOf/') || schemaPath.includes(ofKind)) && keyword !== 'oneOf',
    )
    .map(sentence)
  return [...new Set(told)].join(' ')
}

function sentence({ instancePath, keyword, params, message, parentSchema }: ErrorObject): string {
  const at = instancePath.slice(1).replaceAll('/', '.')
  if (keyword === 'required') return `"${at === '' ? '' : `${at}.`}${params['missingProperty']}" is missing.`
  if (keyword === 'enum') return `"${at}" must be one of ${(params['allowedValues'] as string[]).join(', ')}.`
  if (keyword === 'pattern')
    return `"${at}" must look like ${String(parentSchema?.['pattern_descriptor'] ?? params['pattern'])}.`
  return `"${at}" ${message}.`
}

const configError = (what: string): ConnectorError =>
  new ConnectorError(`The configuration cannot be used. ${what}`, 'config_error')

function selectionFrom({ start_date: date, pull_by, support_type_scope }: RawConfig, now: number): Selection {
  const seconds = date === undefined ? 0 : momentOf(date, now)
  if (seconds === undefined) throw configError(`"start_date" is ${date}, which is no date.`)
  return {
    startDate: Math.max(0, seconds),
    isRelative: date !== undefined && isRelative(date),
    pullBy: pull_by ?? 'updated',
    query: { support_type_scope: support_type_scope ?? 'all' },
  }
}

/** The column that marks deletions is none of Airbyte's connector. */
const deletedRecordsIn = ({ deleted_records: chosen = 'delete', legacy_schema }: RawConfig): DeletedRecords =>
  legacy_schema === true && chosen === 'delete' ? 'mark' : chosen

/** A subdomain as people type it: `acme`, `Acme.zendesk.com`, `https://acme.zendesk.com/agent`, with blanks around. */
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

function originFrom(baseUrl: string): string {
  const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw configError('"base_url" must be an address such as http://127.0.0.1:8080 or https://proxy.example.com.')
  if (url.pathname !== '/' || url.search !== '')
    throw configError(`"base_url" must end with the host or port: ${url.origin}. The path of the API is added to it.`)
  const isLoopback =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
  if (url.protocol === 'http:' && !isLoopback)
    throw configError(
      `"base_url" is plain http, which would show the credentials to the network: use https://${url.host}.`,
    )
  return url.origin
}
