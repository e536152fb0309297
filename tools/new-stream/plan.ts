// What `npm run new-stream` writes, before anything is written.
import { homeOf, type NewStream, withDeclaration, withEntry } from './declaration.ts'
import { exampleIn, Refusal } from './example.ts'
import { isServed, withAnsweredList, withPlainList } from './plain-list.ts'
import { type Schema, schemaFor } from './schema.ts'
import { camelOf } from './words.ts'

/** The repository, as far as a new stream depends on it. Paths are relative to its root. */
export interface Repository {
  /** The text of a file; undefined if there is none. */
  readonly read: (path: string) => string | undefined
  /** The schemas there are, by name of their stream, and the names of their types. */
  readonly schemas: ReadonlyMap<string, string>
  /** The streams that columns of a name reference, where all columns of that name agree. */
  readonly references: ReadonlyMap<string, string>
  /** The kinds whose truth the sandbox tells. */
  readonly truths: () => readonly string[]
  /** Names of streams that have no schema of their own. */
  readonly others: readonly string[]
}

/** What is written for a stream, by path. */
export interface Plan {
  readonly stream: NewStream
  /** Files that are not there yet. */
  readonly created: ReadonlyMap<string, string>
  /** Files that get more text. */
  readonly changed: ReadonlyMap<string, string>
  /** Whether the sandbox serves the list already. */
  readonly isServed: boolean
}

/** Where the example page of a stream stands. */
export const pageOf = (name: string): string => `test/fixtures/pages/${name}.json`

/**
 * The plan for a stream of this name, whose list is at `path` (without `/api/v2/`), from the text of an example page. Throws a
 * Refusal if it cannot be, and nothing is to be written then.
 */
export function planFor(name: string, path: string, page: string, repository: Repository): Plan {
  checkName(name, path, repository)
  const example = exampleIn(parsed(page), name, path)
  const stream: NewStream = { name, path, example, schema: schemaFor(name, path, example.rows, repository.references) }
  const twin = [...repository.schemas].find(([, title]) => title === stream.schema.title)
  if (twin) throw new Refusal(`The records of ${twin[0]} are called ${twin[1]} too: a type has one name.`)
  const isThere = isServed(text('sandbox/docs/endpoints.md'), path)
  const home = `src/streams/${homeOf(stream)}`
  const created = new Map([[`schemas/${name}.json`, `${JSON.stringify(stream.schema, null, 2)}\n`]])
  if (repository.read(pageOf(name)) === undefined) created.set(pageOf(name), page)
  else if (repository.read(pageOf(name)) !== page)
    throw new Refusal(`${pageOf(name)} is there already, and is another page: take it away, or leave out the argument.`)
  const changed = new Map([
    [home, withDeclaration(text(home), stream)],
    ['src/streams/index.ts', withEntry(text('src/streams/index.ts'), stream)],
  ])
  if (repository.read(`test/fixtures/records/${name}.jsonl`) === undefined)
    changed.set(UNSEEN, withName(text(UNSEEN), name))
  if (!isThere) changed.set(PLAIN_LISTS, withPlainList(text(PLAIN_LISTS), stream))
  else if (!repository.truths().includes(name)) changed.set(ANSWERED, withAnsweredList(text(ANSWERED), stream))
  const taken = [...created.keys()].find((file) => repository.read(file) !== undefined)
  if (taken !== undefined) throw new Refusal(`${taken} is there already; nothing is overwritten.`)
  return { stream, created, changed, isServed: isThere }

  function text(file: string): string {
    const found = repository.read(file)
    if (found === undefined) throw new Error(`There is no ${file}.`)
    return found
  }
}

/** What columns reference by their names, as far as these schemas agree. */
export function referencesIn(schemas: readonly Schema[]): ReadonlyMap<string, string> {
  const columns = schemas.flatMap(({ properties }) => Object.entries(properties))
  const byName = Map.groupBy(columns, ([name]) => name)
  const agreed = [...byName].flatMap(([name, all]): [string, string][] => {
    const [first, ...others] = new Set(all.map(([, { references }]) => references))
    return typeof first === 'string' && others.length === 0 ? [[name, first]] : []
  })
  return new Map(agreed)
}

/** Streams whose columns are those of Zendesk's documentation alone. */
const UNSEEN = 'test/contract/unseen-streams.json'
const PLAIN_LISTS = 'sandbox/src/account/plain-lists.json'
/** Lists whose truth is their present answer, as no table holds their rows. */
const ANSWERED = 'sandbox/src/control/answered-lists.json'

const withName = (list: string, name: string): string =>
  `${JSON.stringify([...(JSON.parse(list) as readonly string[]), name].sort(), null, 2)}\n`

/** Throws a Refusal if no stream can have this name, or this path. */
export function checkName(
  name: string,
  path: string,
  { schemas, others }: Pick<Repository, 'schemas' | 'others'>,
): void {
  if (!/^[a-z]+(_[a-z]+)*$/.test(name))
    throw new Refusal(`"${name}" is no name of a stream: it takes lower-case words joined by "_", as in sla_policies.`)
  if (isReserved(camelOf(name)))
    throw new Refusal(`"${name}" is a word of TypeScript's own, and can be no stream's name.`)
  if (/^custom_object_.+_records$/.test(name))
    throw new Refusal(`"${name}" is the name of a custom object's records, which every account has its own of.`)
  if (schemas.has(name) || others.includes(name)) throw new Refusal(`There is a stream ${name} already.`)
  if (!/^[a-z0-9_]+(\/[a-z0-9_]+)*$/.test(path))
    throw new Refusal(`"${path}" is no path of a list: it is what stands after /api/v2/, as in slas/policies.`)
}

/** Whether no constant can be called so. */
function isReserved(constant: string): boolean {
  try {
    new Function(`'use strict'; const ${constant} = 0`)
    return ['await', 'undefined'].includes(constant)
  } catch {
    return true
  }
}

function parsed(page: string): unknown {
  try {
    return JSON.parse(page)
  } catch (error) {
    throw new Refusal(`The example page is no JSON: ${(error as Error).message}`)
  }
}
