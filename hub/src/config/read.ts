// The hub's configuration: one YAML or JSON file.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Ajv, type ErrorObject } from 'ajv'
import { parse } from 'yaml'
import type { Config } from 'zendesk-connector'
import schema from '../../config.schema.json' with { type: 'json' }
import { ConfigurationError, HubError, messageOf } from '../errors.ts'
import type { Connection } from './connection.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Compiled once, and only if there is a file to check. */
const checker = () => new Ajv({ useDefaults: true, allErrors: true }).compile<{ connections: Written[] }>(schema)
let compiled: ReturnType<typeof checker> | undefined
const validator = () => {
  compiled ??= checker()
  return compiled
}

/** A connection as it stands in the file. */
interface Written extends Omit<Connection, 'name' | 'source' | 'modes'> {
  readonly name?: string
  readonly source: object | string
  readonly modes?: Connection['modes']
}

/** The connections of a file. Throws a HubError that says what is wrong, and where. */
export async function readConnections(file: string, environment: Environment): Promise<readonly Connection[]> {
  const config = withEnvironment(await parsedFile(file), environment)
  if (!validator()(config)) throw new HubError(`${file}: ${faults()}.`)
  const connections = config.connections.map(async (written, at): Promise<Connection> => {
    const { source, live } = written
    const name = written.name ?? String(at + 1)
    const whole = typeof source === 'string' ? await parsedFile(resolve(dirname(file), source)) : source
    return {
      ...written,
      name,
      ...(live && { live: { folder: join('zendesk-live', name), ...live } }),
      modes: written.modes ?? {},
      source: withEnvironment(whole, environment) as Config,
    }
  })
  const all = await Promise.all(connections)
  onlyOnce(all, file)
  return all
}

function onlyOnce(all: readonly { readonly name: string }[], file: string): void {
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) !== at)
  if (twice) throw new HubError(`${file}: two connections are called "${twice.name}".`)
}

/** A connection as it is kept: `${NAME}` in it stands for what the environment of its sync will have. */
export type WrittenConnection = Readonly<Record<string, unknown>> & {
  readonly name: string
  readonly source: Readonly<Record<string, unknown>>
}

/**
 * The connections of a file as they are written, with the known names replaced and each source inlined. Throws a
 * HubError that says what is wrong, whatever the names that are not known here will be.
 */
export async function readWritten(file: string, known: Environment): Promise<readonly WrittenConnection[]> {
  const config = withEnvironment(await parsedFile(file), known, true) as { connections?: unknown }
  const listed = Array.isArray(config?.connections) ? config.connections : []
  const all: WrittenConnection[] = []
  for (const [at, one] of (listed as Readonly<Record<string, unknown>>[]).entries()) {
    const { source } = one
    const whole = typeof source === 'string' ? await parsedFile(resolve(dirname(file), source)) : source
    const inlined = withEnvironment(whole, known, true) as WrittenConnection['source']
    all.push({ ...one, name: String(one['name'] ?? at + 1), source: inlined })
  }
  const guessed = withEnvironment({ ...config, connections: all }, new Proxy({}, { get: () => 'duckdb:unknown' }))
  if (!validator()(guessed)) throw new HubError(`${file}: ${(validator().errors ?? []).map(sentence).join('; ')}.`)
  onlyOnce(all, file)
  return all
}

/** A connection that was kept, with its names put in. Throws a ConfigurationError that says what is wrong with it. */
export function connectionIn(written: Readonly<Record<string, unknown>>, environment: Environment): Connection {
  const config = withEnvironment({ connections: [written] }, environment)
  if (!validator()(config))
    throw new ConfigurationError(`The connection is wrong: ${(validator().errors ?? []).map(sentence).join('; ')}.`)
  const [one] = config.connections
  return { ...one!, name: one!.name ?? '1', modes: one!.modes ?? {}, source: one!.source as Config }
}

/** The same, where there may be no connection yet, and no file. */
export async function readConnectionsIfAny(file: string, environment: Environment): Promise<readonly Connection[]> {
  if (!existsSync(file)) return []
  const { connections } = ((await parsedFile(file)) ?? {}) as { connections?: unknown }
  return Array.isArray(connections) && connections.length === 0 ? [] : await readConnections(file, environment)
}

/** Why this is no configuration; undefined if it is one. Defaults are not filled in. */
export function refusalOf(config: unknown): string | undefined {
  return validator()(structuredClone(config)) ? undefined : faults()
}

const faults = (): string => (validator().errors ?? []).map(sentence).join('; ')

/** What a YAML or JSON file holds. Throws a HubError. */
export async function parsedFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
}

/** The same with `${NAME}` replaced in all texts. Throws a ConfigurationError for a variable that is not set, unless that may be. */
function withEnvironment(value: unknown, environment: Environment, mayLack = false): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
      const found = environment[name]
      if (found === undefined && mayLack) return whole
      if (found === undefined)
        throw new ConfigurationError(`The environment variable ${name}, which the configuration names, is not set.`)
      return found
    })
  if (Array.isArray(value)) return value.map((one) => withEnvironment(one, environment, mayLack))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withEnvironment(one, environment, mayLack)]),
  )
}

/** `connections/0/mode must be equal to one of the allowed values: merge, append`. */
function sentence({ instancePath, message, params }: ErrorObject): string {
  const allowed = (params as { allowedValues?: readonly string[]; additionalProperty?: string }) ?? {}
  const more = allowed.allowedValues ? `: ${allowed.allowedValues.join(', ')}` : (allowed.additionalProperty ?? '')
  return `${instancePath.slice(1) || 'it'} ${message}${more.startsWith(':') || more === '' ? more : `: ${more}`}`
}
