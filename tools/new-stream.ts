// Writes a new stream from an example page: `npm run new-stream NAME [EXAMPLE.json] [--path PATH]`. Nothing is overwritten, and
// nothing is written at all if something speaks against it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { READY_SEARCHES } from '../src/streams/tickets/searches.ts'
import { Refusal } from './new-stream/example.ts'
import { checkName, type Plan, pageOf, planFor, type Repository, referencesIn } from './new-stream/plan.ts'
import type { Schema } from './new-stream/schema.ts'

const root = join(import.meta.dirname, '..')
const USAGE = 'usage: npm run new-stream NAME [EXAMPLE.json] [-- --path PATH]   (PATH after /api/v2/, NAME if left out)'

const readIn = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')

const schemas = readdirSync(join(root, 'schemas'))
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, Schema] => [file.replace('.json', ''), JSON.parse(readIn(root, `schemas/${file}`))])

const repository: Repository = {
  read: (path) => (existsSync(join(root, path)) ? readIn(root, path) : undefined),
  schemas: new Map(schemas.map(([name, { title }]) => [name, title])),
  references: referencesIn(schemas.map(([, schema]) => schema)),
  truths: () =>
    JSON.parse(execFileSync(process.execPath, ['sandbox/tools/truths.ts'], { cwd: root, encoding: 'utf8' })),
  others: READY_SEARCHES.map(({ name }) => name),
}

/** What the page of a stream may look like, for somebody who has none yet. */
const askForPage = (name: string, path: string): string => `There is no example page of ${name} yet.
Put one answer of GET /api/v2/${path} into ${pageOf(name)}, with made-up values and at least one row, such as
{
  "${name}": [{ "id": 17, "title": "Any title", "created_at": "2026-01-31T12:00:00Z", "updated_at": "2026-02-01T12:00:00Z" }],
  "meta": { "has_more": false }
}
"meta" says that its pages follow each other by cursor. Where they have numbers, it is "next_page": null, and neither of them
where all of the list comes at once. Each column needs a value that is not null in one of the rows.`

function write({ created, changed }: Plan): void {
  for (const [file, text] of created) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text, { flag: 'wx' })
  }
  for (const [file, text] of changed) writeFileSync(join(root, file), text)
  const run = (...args: readonly string[]): void => {
    execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  run('node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...created.keys(), ...changed.keys())
  run('tools/generate.ts')
  run('sandbox/tools/endpoints.ts')
}

/** What was written, and what only people can add. */
function summaryOf({ stream: { name, path, example, schema }, created, changed, isServed }: Plan): string {
  const cursor =
    schema.properties['updated_at']?.format === 'date-time' ? 'changes by updated_at' : 'no time of a change'
  return `${name}: ${Object.keys(schema.properties).length} columns, GET /api/v2/${path} (${example.paging}), ${cursor}
new      ${[...created.keys()].join('\n         ')}
changed  ${[...changed.keys()].join('\n         ')}
         and what npm run generate makes of them
The sandbox ${isServed ? 'has' : 'now has'} this list.
To complete: a sentence for each column in schemas/${name}.json; order, deletions, plan and role in the declaration; what is
known of the endpoint in docs/zendesk-facts.md. Then: npm run generate, and npm run test:stream ${name}`
}

function newStream(): string {
  const options = { path: { type: 'string' }, help: { type: 'boolean' } } as const
  const { positionals, values } = parseArgs({ allowPositionals: true, options })
  const [name, file, ...more] = positionals
  if (values.help) return USAGE
  if (name === undefined || more.length > 0) throw new Refusal(USAGE)
  const { path = name } = values
  checkName(name, path, repository)
  const page =
    file === undefined ? repository.read(pageOf(name)) : existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (page === undefined) throw new Refusal(file === undefined ? askForPage(name, path) : `There is no file ${file}.`)
  const plan = planFor(name, path, page, repository)
  write(plan)
  return summaryOf(plan)
}

try {
  process.stdout.write(`${newStream()}\n`)
} catch (error) {
  const { message, stack, code } = error as Error & { readonly code?: string }
  const isMistyped = code?.startsWith('ERR_PARSE_ARGS')
  const said = isMistyped ? `${message.split('. ')[0]}. ${USAGE}` : error instanceof Refusal ? message : stack
  process.stderr.write(`${said}\n`)
  process.exitCode = 1
}
