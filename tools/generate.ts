// Writes src/generated/ from schemas/, the ready catalogs and the pages of the streams: `npm run generate`. A test holds the
// folders against what this gives.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type Schema } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { compile, type JSONSchema } from 'json-schema-to-typescript'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schemas')
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const read = (file: string): Json => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const streamNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''))

/** The schema with every `$ref` replaced by the file that it names. */
function dereferenced(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(dereferenced)
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref } = schema as { $ref?: string }
  if (typeof $ref === 'string') return dereferenced(read($ref))
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, dereferenced(value)]))
}

/** What the catalog shows: without the words that are for generators. */
function forCatalog(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(forCatalog)
  if (typeof schema !== 'object' || schema === null) return schema
  // They are dropped where they are the schema's words, and kept where they are columns of these names.
  const isKeyword = (key: string, value: Json): boolean =>
    ['title', 'references'].includes(key) && (typeof value === 'string' || value === null)
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !isKeyword(key, value))
      .map(([key, value]) => [key, forCatalog(value)]),
  )
}

/** Open when validating, closed when compiling: otherwise every key would be allowed in the types. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const own = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in own &&
    typeof own['properties'] === 'object' &&
    !('additionalProperties' in own) &&
    // Columns may be called "properties" and "type" too.
    (typeof own['type'] === 'string' || Array.isArray(own['type']))
    ? { ...own, additionalProperties: false }
    : own
}

/** Every generated file, by its name below src/generated/. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const catalog: Record<string, Json> = {}
  for (const name of streamNames()) {
    const schema = read(`${name}.json`)
    catalog[name] = forCatalog(dereferenced(schema))
    const types = await compile(closed(dereferenced(schema)) as JSONSchema, name, {
      bannerComment: `// Generated from schemas/${name}.json by tools/generate.ts; not to be edited.`,
      format: false,
    })
    files.set(`${name}.ts`, types)
  }
  files.set('schemas.json', `${JSON.stringify(catalog)}\n`)
  files.set('config.ts', await configTypes())
  files.set('check-config.ts', validatorOf('spec.json'))
  files.set('check-write-config.ts', validatorOf('spec-destination.json'))
  return files
}

/**
 * The function that holds a configuration against a spec file, and fills in defaults. It is made here and not when a
 * program starts: that took longer than its work, and Node may be told to make no code at run time.
 */
function validatorOf(file: string): string {
  const { connectionSpecification } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
    connectionSpecification: Schema
  }
  const ajv = new Ajv({
    ...{ strict: false, allErrors: true, verbose: true, useDefaults: true },
    // Lengths in code units: to count characters it would ask for a module of its own.
    unicode: false,
    logger: false,
    code: { source: true, esm: true, lines: true },
  })
  ajv.addFormat('date-time', /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i)
  const code = standalone.default(ajv, ajv.compile(connectionSpecification))
  if (code.includes('require('))
    throw new Error(`${file} has something that is checked by a module: ${/require\(.*/.exec(code)}`)
  const note = `// Generated from ${file} by tools/generate.ts; not to be edited.`
  return `// @ts-nocheck\n${note}\n${code.replace(/^"use strict";\n?/, '')}`
}

interface Specification {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, { readonly default?: Json }>>
}

/** The types of a configuration: as a user writes it, and with the defaults of spec.json filled in. */
async function configTypes(): Promise<string> {
  const { connectionSpecification } = JSON.parse(readFileSync(join(root, 'spec.json'), 'utf8')) as {
    connectionSpecification: Specification
  }
  const { properties, required } = connectionSpecification
  const withDefault = Object.keys(properties).filter((name) => properties[name]?.default !== undefined)
  const typesOf = (name: string, description: string, needed: readonly string[]): Promise<string> =>
    compile(
      closed({ ...bare(connectionSpecification as unknown as Json), description, required: needed }) as JSONSchema,
      name,
      { bannerComment: '', format: false },
    )
  const written = await typesOf('Config', 'A configuration as a user writes it: docs/configuration.md.', required)
  const filled = await typesOf('FilledConfig', 'The same with every default filled in.', [...required, ...withDefault])
  return `// Generated from spec.json by tools/generate.ts; not to be edited.\n${written}\n${filled}`
}

/** A specification without what is for forms, and open to no other options: those are never looked at. */
function bare(schema: Json): { readonly [key: string]: Json } {
  const strip = (value: Json, isNames: boolean): Json => {
    if (Array.isArray(value)) return value.map((one) => strip(one, false))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => isNames || !['$schema', 'additionalProperties', 'title'].includes(key))
        .map(([key, one]) => [key, strip(one, !isNames && key === 'properties')]),
    )
  }
  return strip(schema, false) as { readonly [key: string]: Json }
}

if (import.meta.main) {
  const target = join(root, 'src/generated')
  mkdirSync(target, { recursive: true })
  for (const [name, text] of await generatedFiles()) writeFileSync(join(target, name), text)
  // The catalogs, the definitions for Meltano and the pages are made of what has just been written.
  const { catalogFiles } = await import('./catalogs.ts')
  const catalogs = join(root, 'catalog')
  rmSync(catalogs, { recursive: true, force: true })
  mkdirSync(catalogs)
  for (const [name, text] of catalogFiles()) writeFileSync(join(catalogs, name), text)
  const { meltanoPlugins } = await import('./meltano-plugin.ts')
  mkdirSync(join(root, 'meltano'), { recursive: true })
  for (const [name, text] of meltanoPlugins()) writeFileSync(join(root, 'meltano', name), text)
  const { configurationPage } = await import('./configuration-page.ts')
  writeFileSync(join(root, 'docs/configuration.md'), configurationPage())
  const { objectsPage } = await import('./objects-page.ts')
  writeFileSync(join(root, 'docs/destination-reference.md'), objectsPage())
  const { streamPages } = await import('./stream-pages.ts')
  const docs = join(root, 'docs')
  const { coreTablesPicture } = await import('./core-tables.ts')
  writeFileSync(join(docs, 'core-tables.svg'), await coreTablesPicture())
  rmSync(join(docs, 'streams'), { recursive: true, force: true })
  mkdirSync(join(docs, 'streams'))
  for (const [name, text] of streamPages()) writeFileSync(join(docs, name), text)
}
