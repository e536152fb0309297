import specification from '../../../spec.json' with { type: 'json' }
import destination from '../../../spec-destination.json' with { type: 'json' }
import { ConnectorError } from '../../model/errors.ts'
import { jsonIn, type ReadText } from '../shared/json-files.ts'

/** One setting, as the specification of the Airbyte source describes it. */
export interface Setting {
  readonly type: string
  readonly title: string
  readonly description: string
  readonly secret: boolean
  readonly required: boolean
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
}

interface Property {
  readonly type: string
  readonly title?: string
  readonly description?: string
  readonly airbyte_secret?: boolean
  readonly properties?: Readonly<Record<string, Property>>
  readonly oneOf?: readonly Property[]
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
}

/** The setting that only Singer's programs have: where renewed tokens are kept. */
export const TOKENS_FILE = 'state_of_credentials'

/** The ways to load of Singer's SDK, as modes of the engine. */
export const LOAD_METHODS: Readonly<Record<string, string>> = {
  upsert: 'append_dedup',
  'append-only': 'append',
  update: 'update',
  overwrite: 'overwrite',
}

/** The tap's settings by name. Credentials stand beside the others, as taps have them. */
export const settings = (): ReadonlyMap<string, Setting> => settingsOf(specification)

/** The target's settings by name. */
export const targetSettings = (): ReadonlyMap<string, Setting> =>
  new Map([
    [
      'load_method',
      {
        type: 'string',
        title: 'Load method',
        description: 'What is done with rows: create or change them by their key, only create, or only change them.',
        secret: false,
        required: false,
        default: 'upsert',
        enum: Object.keys(LOAD_METHODS).filter((method) => method !== 'overwrite'),
      },
    ],
    ...settingsOf(destination),
  ])

function settingsOf({ connectionSpecification }: { readonly connectionSpecification: object }): Map<string, Setting> {
  const { properties, required } = connectionSpecification as {
    readonly properties: Readonly<Record<string, Property>>
    readonly required: readonly string[]
  }
  const all = new Map<string, Setting>()
  for (const [name, property] of Object.entries(properties)) {
    const beside =
      name === 'credentials' ? (property.oneOf?.flatMap((one) => Object.entries(one.properties ?? {})) ?? []) : []
    if (beside.length === 0) all.set(name, settingOf(name, property, required.includes(name)))
    for (const [inner, of] of beside) if (inner !== name && !all.has(inner)) all.set(inner, settingOf(inner, of, false))
  }
  const description =
    'A file in which renewed OAuth tokens are kept from one run to the next. Needed with a refresh token where the configuration is a copy, as in Meltano.'
  all.set(TOKENS_FILE, { type: 'string', title: 'State of credentials', description, secret: false, required: false })
  return all
}

function settingOf(name: string, property: Property, required: boolean): Setting {
  const { type, title = name, description = '', airbyte_secret = false, examples } = property
  return {
    type,
    title,
    description: description.replaceAll('_ab_cdc_deleted_at', '_sdc_deleted_at'),
    secret: airbyte_secret,
    required,
    ...(property.default !== undefined && { default: property.default }),
    ...(property.enum && { enum: property.enum }),
    ...(examples && { examples }),
  }
}

/** Reads the settings from the environment as well, as Singer's taps do. */
const ENVIRONMENT = 'ENV'

/**
 * The configuration of several files, later ones before earlier ones; with `ENV` among them, what none of them gives is
 * taken from `TAP_ZENDESK_<NAME>`. Rejects with a ConnectorError.
 */
export async function configIn(
  paths: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  readText: ReadText,
): Promise<unknown> {
  const files = paths.filter((path) => path !== ENVIRONMENT)
  const given: unknown[] = []
  for (const path of files) given.push(await jsonIn(path, 'config', readText))
  const [only] = given
  if (paths.length === 1 && given.length === 1) return only
  const broken = files.find((_, at) => typeof given[at] !== 'object' || given[at] === null || Array.isArray(given[at]))
  if (broken !== undefined)
    throw new ConnectorError(`The config file ${broken} must hold a JSON object.`, 'config_error')
  const own = paths.includes(ENVIRONMENT) ? fromEnvironment(environment) : {}
  return Object.assign(own, ...given)
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const found = [...settings(), ['credentials', { type: 'object' }] as const].flatMap(([name, { type }]) => {
    const text = environment[`TAP_ZENDESK_${name.toUpperCase()}`]
    return text === undefined || text === '' ? [] : [[name, parsed(text, type)] as const]
  })
  return Object.fromEntries(found)
}

/** A variable's value; text that is not what its setting asks for stays as it is, and is reported where settings are checked. */
function parsed(text: string, type: string): unknown {
  if (type === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
