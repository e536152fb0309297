// The hub's configuration: one YAML or JSON file.
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Ajv, type ErrorObject } from 'ajv'
import { parse } from 'yaml'
import type { Config } from 'zendesk-connector'
import schema from '../../config.schema.json' with { type: 'json' }
import { HubError, messageOf } from '../errors.ts'
import type { Connection } from './connection.ts'

type Environment = Readonly<Record<string, string | undefined>>

const validate = new Ajv({ useDefaults: true, allErrors: true }).compile<{ connections: Written[] }>(schema)

/** A connection as it stands in the file. */
interface Written extends Omit<Connection, 'name' | 'source' | 'modes'> {
  readonly name?: string
  readonly source: object | string
  readonly modes?: Connection['modes']
}

/** The connections of a file. Throws a HubError that says what is wrong, and where. */
export async function readConnections(file: string, environment: Environment): Promise<readonly Connection[]> {
  const config = withEnvironment(await parsedFile(file), environment)
  if (!validate(config)) throw new HubError(`${file}: ${(validate.errors ?? []).map(sentence).join('; ')}.`)
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
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) !== at)
  if (twice) throw new HubError(`${file}: two connections are called "${twice.name}".`)
  return all
}

/** What a YAML or JSON file holds. Throws a HubError. */
export async function parsedFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
}

/** The same with `${NAME}` replaced in all texts. Throws a HubError for a variable that is not set. */
function withEnvironment(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = environment[name]
      if (found === undefined)
        throw new HubError(`The environment variable ${name}, which the configuration names, is not set.`)
      return found
    })
  if (Array.isArray(value)) return value.map((one) => withEnvironment(one, environment))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withEnvironment(one, environment)]))
}

/** `connections/0/mode must be equal to one of the allowed values: merge, append`. */
function sentence({ instancePath, message, params }: ErrorObject): string {
  const allowed = (params as { allowedValues?: readonly string[]; additionalProperty?: string }) ?? {}
  const more = allowed.allowedValues ? `: ${allowed.allowedValues.join(', ')}` : (allowed.additionalProperty ?? '')
  return `${instancePath.slice(1) || 'it'} ${message}${more.startsWith(':') || more === '' ? more : `: ${more}`}`
}
