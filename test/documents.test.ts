import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { streams } from '../src/streams/index.ts'

const root = resolve(import.meta.dirname, '..')
const pagesIn = (folder: string, recursive = true): readonly string[] =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/node_modules|dist/.test(file))
    .map((file) => join(folder, file))
const pages = [
  ...pagesIn('.', false),
  ...['docs', 'examples', 'sandbox', 'hub', '.github'].flatMap((folder) => pagesIn(folder)),
]
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

/** What pages name before it is there: to be taken out as it comes. */
const awaited: readonly string[] = []

/** The text without blocks of code, in which brackets are no links. */
const proseOf = (page: string): string => textOf(page).replace(/^```.*?^```/gms, '')

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
const anchorsIn = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

test.each(pages)('%s: every link of the repository leads somewhere', (page) => {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken = links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : relative(root, resolve(root, dirname(page), path))
      if (!existsSync(join(root, target))) return !awaited.includes(target)
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).includes(anchor)
    })
  expect(broken).toEqual([])
})

/** All files of code, as paths from the root. */
const sources = ['bench', 'examples', 'hub', 'sandbox', 'src', 'test', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/node_modules|dist/.test(file))
    .map((file) => `/${folder}/${file}`),
)

test.each(pages.filter((page) => !page.endsWith('CHANGELOG.md')))(
  '%s: every file of code that it names is there',
  (page) => {
    const named = [...proseOf(page).matchAll(/`((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.ts)`/g)].map(([, file = '']) => file)
    expect(named.filter((file) => !sources.some((source) => source.endsWith(`/${file}`)))).toEqual([])
  },
)

test('every page that code names is there', () => {
  const missing = sources.flatMap((source) => {
    const [, product = ''] = source.split('/')
    const named = readFileSync(join(root, source), 'utf8').matchAll(/\b((?:docs|sandbox|hub|examples)\/[\w/-]+\.md)\b/g)
    return (
      [...named]
        .map(([page]) => page)
        .filter((page) => !pages.includes(page) && !pages.includes(join(product, page)))
        // The tests of the generator name pages of streams that it makes.
        .filter((page) => !/^docs\/streams\/(gadgets|widgets)\.md$/.test(page))
        .map((page) => `${source}: ${page}`)
    )
  })
  expect(missing).toEqual([])
})

/** The connector's code, in one text. */
const code = sources
  .filter((file) => file.startsWith('/src/'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')
const notInCode = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))

test('every name of code in docs/architecture.md is in the code', () => {
  const names = [...proseOf('docs/architecture.md').matchAll(/`(?:\w+\.)?([a-z]+[A-Z]\w*)`/g)].map(
    ([, name = '']) => name,
  )
  expect(names.length).toBeGreaterThan(20)
  expect(notInCode(names)).toEqual([])
})

test('every key in docs/states.md is in the code', () => {
  const lines = textOf('docs/states.md').matchAll(/^(?:- |\| (?=`))((?:`\w+`(?:, )?)+)/gm)
  const keys = [...lines].flatMap(([, names = '']) => names.replaceAll('`', '').split(', '))
  expect(keys.length).toBeGreaterThan(20)
  expect(notInCode(keys)).toEqual([])
})

test('every command that a page names is there', () => {
  const scriptsOf = (folder: string): object =>
    (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { scripts: object }).scripts
  const scripts = ['.', 'sandbox', 'hub', 'bench'].flatMap((folder) => Object.keys(scriptsOf(folder)))
  const known = new Set([...scripts, ...awaited])
  const missing = pages.flatMap((page) =>
    [...textOf(page).matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)]
      .filter(([, name = '']) => !known.has(name))
      .map(([command]) => `${page}: ${command}`),
  )
  expect(missing).toEqual([])
})

test('docs/airbyte.md shows the lines of the example that is run', () => {
  const [, lines = ''] = /```python\n(.*?)```/s.exec(textOf('docs/airbyte.md')) ?? []
  expect(lines).not.toBe('')
  expect(readFileSync(join(root, 'examples/pyairbyte/load.py'), 'utf8')).toContain(lines)
})

test('docs/meltano.md names the streams without a key', () => {
  const [, named = ''] = /streams have no key: (.*?)\./s.exec(textOf('docs/meltano.md')) ?? []
  const names = [...named.matchAll(/`(\w+)`/g)].map(([, name]) => name)
  const without = streams.filter(({ primaryKey }) => primaryKey.length === 0).map(({ name }) => name)
  expect(names.sort()).toEqual(without.sort())
})

describe('docs/moving.md says where each stream of another connector is', () => {
  const [, section = ''] = textOf('docs/moving.md').split('## Every stream of theirs, and where it is here')
  const namesIn = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  const tables = section
    .split('\n### ')
    .slice(1)
    .map((part) => {
      const rows = [...part.matchAll(/^\| (`.*?) \| (.*) \|$/gm)]
      return { title: part.split('\n')[0] ?? '', rows: rows.map(([, theirs = '', here = '']) => ({ theirs, here })) }
    })
  const ours = new Set(streams.map(({ name }) => name))

  test('for each connector that people come from', () => {
    for (const name of ['support', 'talk', 'chat', 'sell', 'tap-zendesk', 'Fivetran', 'dlt', 'Estuary'])
      expect(tables.filter(({ title }) => title.includes(name)).length, name).toBeGreaterThan(0)
  })

  test.each(tables)('$title: those of ours exist, and each of theirs stands there once', ({ rows }) => {
    expect(rows.length).toBeGreaterThan(0)
    for (const { theirs, here } of rows) {
      const named = here === 'the same names' ? namesIn(theirs) : namesIn(here).slice(0, 1)
      if (!here.startsWith('none')) expect(named.length, theirs).toBeGreaterThan(0)
      if (!here.startsWith('none')) expect(named.filter((name) => !ours.has(name))).toEqual([])
    }
    const theirs = rows.flatMap((row) => namesIn(row.theirs))
    expect(theirs.filter((name, nth) => theirs.indexOf(name) < nth)).toEqual([])
  })

  test("every stream of Airbyte's connector whose columns we keep is there", () => {
    const legacy = Object.keys(JSON.parse(textOf('schemas/legacy/airbyte-4.9.1.json')))
    const [first] = tables
    expect(legacy.length).toBeGreaterThan(30)
    expect(legacy.filter((name) => !first?.rows.some(({ theirs }) => namesIn(theirs).includes(name)))).toEqual([])
  })
})
