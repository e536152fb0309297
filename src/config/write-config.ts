import type { ValidateFunction } from 'ajv'
import sourceSpecification from '../../spec.json' with { type: 'json' }
import specification from '../../spec-destination.json' with { type: 'json' }
import generated from '../generated/check-write-config.ts'
import { ConnectorError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import type { Allowed, ConflictRules, SetRule, TagsMode } from '../model/writing.ts'
import { normalized } from './aliases.ts'
import { explain, originFrom } from './config.ts'
import { type Environment, isObject, type Options } from './written.ts'

/** Maps a stream to a Zendesk object if their names differ. */
export interface Mapping {
  readonly stream: string
  readonly object?: string
  /** Replaces the stream's primary key and mode. */
  readonly key?: readonly string[]
  readonly mode?: string
  /** The object's column for each column of the stream. */
  readonly columns?: Readonly<Record<string, string>>
  readonly conflicts?: Partial<ConflictRules>
  readonly audiences?: readonly AudienceMapping[]
}

/** An audience, and where the status of its members goes: a custom field, or a tag of users. */
export interface AudienceMapping {
  readonly name: string
  readonly field?: string
  readonly tag?: string
}

/** The bucket of rejected rows, in Airbyte's words. */
export interface BucketConfig {
  readonly storage_type: 'S3'
  readonly access_key_id: string
  readonly secret_access_key: string
  readonly s3_bucket_name: string
  readonly s3_bucket_region: string
  readonly bucket_path: string
  readonly s3_endpoint?: string
}

/** How to sign in to Zendesk Sell: with an access token, or as an app that has a refresh token. */
export interface SellConfig {
  readonly access_token?: string
  readonly client_id?: string
  readonly client_secret?: string
  readonly refresh_token?: string
  /** ISO 8601. */
  readonly token_expiry_date?: string
  readonly base_url: string
}

/** The part of a destination's configuration that is about writing. */
export interface WriteConfig {
  /** The options that the source has too: account and sign-in. */
  readonly account: Options
  /** The folder of the ledger and of rejected rows. */
  readonly folder: string
  readonly allowed: Allowed
  /** How rows change tags and multi-selects. */
  readonly sets: SetRule
  /** Left out: nothing is written to Zendesk Sell. */
  readonly sell?: SellConfig
  readonly isDryRun: boolean
  /** The share of rows that may be rejected for one reason (0 to 1). */
  readonly mostRejected: number
  readonly jobsAtOnce: number
  readonly mappings: readonly Mapping[]
  /** For streams whose mapping has none; left out: rows overwrite whatever Zendesk has. */
  readonly conflicts?: Partial<ConflictRules>
  /** Left out: rejected rows are kept in the folder. */
  readonly bucket?: BucketConfig
  /** Options that are not known. */
  readonly unknown: readonly string[]
}

interface Filled extends Options {
  readonly folder: string
  readonly tags_mode: TagsMode
  readonly tags_prefix?: string
  readonly sell?: SellConfig
  readonly dry_run: boolean
  readonly max_rejected_percent: number
  readonly send_mails: boolean
  readonly notify_subscribers: boolean
  readonly public_comments: boolean
  readonly raise_roles: boolean
  readonly create_options: boolean
  readonly create_fields: boolean
  readonly allow_deletes: boolean
  readonly jobs_at_once: number
  readonly mappings?: readonly Mapping[]
  readonly conflicts?: Partial<ConflictRules>
  readonly object_storage_config?: BucketConfig | { readonly storage_type: 'None' }
}

/** Validates a configuration against spec-destination.json. */
const validate = generated as ValidateFunction

/** Checks and reads a destination's configuration. Throws a ConnectorError that says what to change. */
export function writeConfigFrom(given: unknown, environment: Environment): WriteConfig {
  const config = isObject(given) ? normalized(given, environment) : given
  if (!validate(config))
    throw new ConnectorError(
      `The configuration cannot be used. ${explain(config, validate.errors ?? [])}`,
      'config_error',
    )
  const filled = config as Filled
  const known = Object.keys(specification.connectionSpecification.properties)
  const ofSource = Object.keys(sourceSpecification.connectionSpecification.properties)
  return {
    account: withScope(
      Object.fromEntries(Object.entries(filled).filter(([name]) => ofSource.includes(name) && known.includes(name))),
    ),
    folder: filled.folder,
    allowed: {
      mails: filled.send_mails,
      subscribers: filled.notify_subscribers,
      publicComments: filled.public_comments,
      roles: filled.raise_roles,
      options: filled.create_options,
      fields: filled.create_fields,
      deletes: filled.allow_deletes,
    },
    sets: setRuleOf(filled),
    ...(filled.sell !== undefined && { sell: sellFrom(filled.sell) }),
    isDryRun: filled.dry_run,
    mostRejected: filled.max_rejected_percent / 100,
    jobsAtOnce: filled.jobs_at_once,
    mappings: filled.mappings ?? [],
    ...(filled.conflicts !== undefined && { conflicts: filled.conflicts }),
    ...(filled.object_storage_config?.storage_type === 'S3' && { bucket: filled.object_storage_config }),
    unknown: Object.keys(filled)
      .filter((name) => !known.includes(name) && !name.startsWith('_'))
      .map((name) => `${name}${hint(nearest(name, known))}`),
  }
}

/** Scheme, host and port of Zendesk Sell. Throws a ConnectorError for an address that cannot be used. */
export const sellOrigin = (given: unknown): string => originFrom(typeof given === 'string' ? given : SELL_HOST)

const SELL_HOST = specification.connectionSpecification.properties.sell.properties.base_url.default

/** How to sign in to Sell. Throws a ConnectorError if something is missing for it. */
function sellFrom(sell: SellConfig): SellConfig {
  const { access_token, client_id, client_secret, refresh_token } = sell
  const isWhole =
    refresh_token === undefined ? access_token !== undefined : client_id !== undefined && client_secret !== undefined
  if (isWhole) return { ...sell, base_url: sellOrigin(sell.base_url) }
  throw new ConnectorError(
    '"sell" needs an "access_token", or the "client_id", "client_secret" and "refresh_token" of an app in Sell.',
    'config_error',
  )
}

/** How rows change sets. Throws a ConnectorError for tags that are managed without a prefix. */
function setRuleOf({ tags_mode: mode, tags_prefix: prefix }: Filled): SetRule {
  if (mode === 'managed' && prefix === undefined)
    throw new ConnectorError(
      '"tags_mode" is "managed", which needs "tags_prefix": the beginning of the tags that this connection may change.',
      'config_error',
    )
  return { mode, prefix: prefix ?? '' }
}

/** An OAuth client that signs in by itself asks for the scope that writing needs, unless the configuration says another. */
function withScope(account: Options): Options {
  const { credentials } = account
  if (!isObject(credentials) || credentials['credentials'] !== 'oauth2_client_credentials') return account
  return { ...account, credentials: { ...credentials, scope: credentials['scope'] ?? 'read write' } }
}

const hint = (meant: string | undefined): string => (meant === undefined ? '' : ` (did you mean ${meant}?)`)
