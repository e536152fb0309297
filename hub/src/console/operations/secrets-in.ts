// Secrets of a connection: they go into the vault, and their place in the configuration gets a name.
import spec from '../../../../spec.json' with { type: 'json' }
import { HubError } from '../../errors.ts'
import type { Vault } from '../../secrets/vault.ts'

type Json = Readonly<Record<string, unknown>>
type SecretOption = { readonly airbyte_secret?: boolean }

/** Options that are secret, by their names: under `credentials`, or beside the other options. */
export const SECRETS: ReadonlySet<string> = new Set(
  spec.connectionSpecification.properties.credentials.oneOf.flatMap(({ properties }) =>
    Object.entries(properties)
      .filter(([name, property]) => (property as SecretOption).airbyte_secret === true && name !== 'client_id')
      .map(([name]) => name),
  ),
)

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in the place of a secret when a configuration is read: whether there is one. */
export interface SetMark {
  readonly set: true
}
const isMark = (value: unknown): value is SetMark => isObject(value) && value['set'] === true

/** The configuration without its secrets, for people and programs that look at it. */
export function withoutSecrets(source: unknown): unknown {
  if (!isObject(source)) return source
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => {
      if (SECRETS.has(name)) return [name, { set: true }]
      return [name, name === 'credentials' ? withoutSecrets(value) : value]
    }),
  )
}

/** The address of a warehouse without its password. */
export const withoutPassword = (to: string): string => to.replace(/^(postgres(?:ql)?:\/\/[^:@/]*):[^@]*@/, '$1:•••@')

/** `HUB_SECRET_ACME_CLIENT_SECRET`: a name that no other connection's secret has. */
function nameFor(connection: string, field: string): string {
  const spelled = [...connection].map((letter) =>
    /[a-z0-9]/i.test(letter) ? letter.toUpperCase() : `_${letter.codePointAt(0)!.toString(16)}_`,
  )
  return `HUB_SECRET_${spelled.join('')}_${field.toUpperCase()}`
}

const placeholder = (name: string): string => `\${${name}}`

export interface Stowed {
  readonly source: Json
  readonly to: string
  /** For the vault. */
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * The connection with names in the place of its secrets. One that is left out or only marked as set stays what it was in
 * `before`. Throws a HubError for a text that would be taken for a name.
 */
export function stow(connection: string, given: { source: Json; to: string }, before: Json | undefined): Stowed {
  const secrets: Record<string, string> = {}
  const put = (field: string, text: string): string => {
    const name = nameFor(connection, field)
    secrets[name] = text
    return placeholder(name)
  }
  const old = isObject(before?.['source']) ? (before['source'] as Json) : {}
  const source = stowIn(given.source, old, put)
  const [, start, password, rest] = /^(postgres(?:ql)?:\/\/[^:@/]*):([^@]*)(@.*)$/.exec(given.to) ?? []
  if (start === undefined || password === undefined || /^\$\{\w+\}$/.test(password))
    return { source, to: withoutNames(given.to, before?.['to']), secrets }
  // The page shows an address without its password: it comes back so.
  if (password === '•••') {
    const kept = /^postgres(?:ql)?:\/\/[^:@/]*:([^@]*)@/.exec(String(before?.['to'] ?? ''))?.[1]
    if (kept === undefined) throw new HubError('The password of the database is missing.')
    return { source, to: `${start}:${kept}${rest}`, secrets }
  }
  return { source, to: `${start}:${put('to_password', password)}${rest}`, secrets }
}

function stowIn(source: Json, old: Json, put: (field: string, text: string) => string): Json {
  const entries = Object.entries(source).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'credentials' && isObject(value)) {
      const before = isObject(old['credentials']) ? (old['credentials'] as Json) : {}
      // Another way to sign in takes over nothing of the old one.
      const same = before['credentials'] === value['credentials'] ? before : {}
      return [[name, stowIn(keepSecrets(value, same), same, put)]]
    }
    if (!SECRETS.has(name)) return [[name, withoutNames(value, old[name])]]
    if (value === '' || value === null || isMark(value)) return name in old ? [[name, old[name]]] : []
    return [[name, value === old[name] ? value : put(name, withoutNames(String(value)))]]
  })
  return Object.fromEntries(entries)
}

/** Secrets that are not given stay. */
const keepSecrets = (given: Json, before: Json): Json => ({
  ...Object.fromEntries(Object.entries(before).filter(([name]) => SECRETS.has(name) || name === 'token_expiry_date')),
  ...Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !(SECRETS.has(name) && (value === '' || isMark(value))) || !(name in before),
    ),
  ),
})

/**
 * The value as it was given. Throws a HubError if a text in it has the form of a name, and is not what stands there already: it
 * would be replaced by a variable of the environment, and nobody may ask for those from a page.
 */
export function withoutNames<Value>(value: Value, before?: unknown): Value {
  if (JSON.stringify(value) === JSON.stringify(before)) return value
  if (/\$\{\w+\}/.test(JSON.stringify(value) ?? ''))
    throw new HubError(
      'A text may not hold the name of a variable: enter the value itself. Secrets are kept encrypted.',
    )
  return value
}

/** The names in the vault that a connection as it stands in the file uses. */
export function namesIn(connection: Json): readonly string[] {
  return [...new Set([...JSON.stringify(connection).matchAll(/\$\{(HUB_SECRET_\w+)\}/g)].map(([, name]) => name!))]
}

/** Puts the secrets of a connection away, and takes out those that it does not use any more. */
export function keepInVault(vault: Vault, stowed: Stowed, before: Json | undefined): void {
  const now = new Set(namesIn({ source: stowed.source, to: stowed.to }))
  const old = before === undefined ? [] : namesIn(before).filter((name) => !now.has(name))
  const changes = { ...Object.fromEntries(old.map((name) => [name, undefined])), ...stowed.secrets }
  if (Object.keys(changes).length > 0) vault.put(changes)
}
