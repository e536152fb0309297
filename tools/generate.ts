// Writes src/generated/ from schemas/, the ready catalogs and the pages of the streams: `npm run generate`. A test holds the
// folders against what this gives.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  if ($ref !== undefined) return dereferenced(read($ref))
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, dereferenced(value)]))
}

/** What the catalog shows: without the words that are for generators. */
function forCatalog(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(forCatalog)
  if (typeof schema !== 'object' || schema === null) return schema
  // A title is dropped where it is the schema's word, and kept where it is a column of that name.
  const isKeyword = (key: string, value: Json): boolean => key === 'title' && typeof value === 'string'
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
    'type' in own
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
  return files
}

if (import.meta.main) {
  const target = join(root, 'src/generated')
  mkdirSync(target, { recursive: true })
  for (const [name, text] of await generatedFiles()) writeFileSync(join(target, name), text)
  // The catalogs, the definition for Meltano and the pages are made of what has just been written.
  const { catalogFiles } = await import('./catalogs.ts')
  const catalogs = join(root, 'catalog')
  rmSync(catalogs, { recursive: true, force: true })
  mkdirSync(catalogs)
  for (const [name, text] of catalogFiles()) writeFileSync(join(catalogs, name), text)
  const { meltanoPlugin } = await import('./meltano-plugin.ts')
  mkdirSync(join(root, 'meltano'), { recursive: true })
  writeFileSync(join(root, 'meltano/tap-zendesk.yml'), meltanoPlugin())
  const { streamPages } = await import('./stream-pages.ts')
  const docs = join(root, 'docs')
  rmSync(join(docs, 'streams'), { recursive: true, force: true })
  mkdirSync(join(docs, 'streams'))
  for (const [name, text] of streamPages()) writeFileSync(join(docs, name), text)
}
