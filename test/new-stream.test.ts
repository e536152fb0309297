// A stranger's way, in a copy of the repository: an example page, `new-stream`, and the contract of what that wrote.
import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A compiler, a linter, a build and some runs of tests, one after the other: milliseconds. */
const PATIENCE = 600_000
const root = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'new-stream-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

beforeAll(() => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of tracked.split('\n').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true })
  }
  // The copy's packages are those of the original, but for its own.
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !/^\.(cache|vite)/.test(one)))
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  for (const own of ['sandbox', 'bench']) {
    rmSync(join(copy, 'node_modules', `zendesk-${own}`), { force: true })
    symlinkSync(join('..', own), join(copy, 'node_modules', `zendesk-${own}`))
  }
})

interface Ended {
  readonly exitCode: number
  readonly output: string
}

/** Runs a script of the copy with the project's own Node. */
const runThere = (...args: readonly string[]): Promise<Ended> =>
  new Promise((end) => {
    const env = { ...process.env, VITEST: undefined, NODE_ENV: undefined, NO_COLOR: '1', FORCE_COLOR: undefined }
    execFile(process.execPath, args, { cwd: copy, env, encoding: 'utf8' }, (error, stdout, stderr) =>
      end({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` }),
    )
  })
/** The files below a folder, but for packages: `readdirSync` by itself would follow the links to all of them. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
const filesThere = (): readonly string[] => filesBelow(copy).map((path) => relative(copy, path))
const changesThere = (): string =>
  filesThere()
    .filter((file) => /gadget/.test(file))
    .join('\n')
/** The files that are new there, or not as they are here. */
const changedThere = (): readonly string[] =>
  filesThere().filter(
    (file) => !existsSync(join(root, file)) || textThere(file) !== readFileSync(join(root, file), 'utf8'),
  )
const textThere = (file: string): string => readFileSync(join(copy, file), 'utf8')

const gadget = {
  id: 900719925474,
  name: 'Größe 📏',
  kind: null as string | null,
  weight: 1.5,
  parts: [{ name: 'Screw', count: 3, fits: { any: true } }],
  group_id: 17,
  settings: { '17': 'on' },
  created_at: '2025-01-31T12:00:00Z',
  updated_at: '2026-02-01T12:00:00Z',
  url: 'https://northwind.zendesk.com/api/v2/gadgets/900719925474.json',
}
const page = { gadgets: [gadget, { ...gadget, id: 900719925475, kind: 'odd', parts: [] }], next_page: null, count: 2 }

test('without an example page it says where to put it, and writes nothing', async () => {
  const { exitCode, output } = await runThere('tools/new-stream.ts', 'gadgets')
  expect(exitCode).toBe(1)
  expect(output).toMatch(/Put one answer of GET \/api\/v2\/gadgets into test\/fixtures\/pages\/gadgets\.json/)
  expect(changesThere()).toBe('')
})

test.each([
  [[], /usage: npm run new-stream NAME/],
  [['gadgets', 'a.json', 'b.json'], /usage: npm run new-stream NAME/],
  [['gadgets', '--speed', '7'], /--speed/],
  [['gadgets', 'nowhere.json'], /There is no file nowhere\.json/],
  [['tickets'], /There is a stream tickets already/],
])('%j is refused in a line', async (args, message) => {
  const { exitCode, output } = await runThere('tools/new-stream.ts', ...args)
  expect([exitCode, output]).toEqual([1, expect.stringMatching(message)])
  expect(output).not.toMatch(/^ {4}at /m)
})

test('with one, the stream is there, keeps its contract, and all that is generated agrees', {
  timeout: PATIENCE,
}, async () => {
  mkdirSync(join(copy, 'test/fixtures/pages'), { recursive: true })
  writeFileSync(join(copy, 'test/fixtures/pages/gadgets.json'), `${JSON.stringify(page, null, 2)}\n`)
  const written = await runThere('tools/new-stream.ts', 'gadgets')
  expect(written, written.output).toMatchObject({ exitCode: 0 })
  expect(changesThere().split('\n').sort()).toEqual([
    'docs/streams/gadgets.md',
    'schemas/gadgets.json',
    'src/generated/gadgets.ts',
    'test/fixtures/pages/gadgets.json',
  ])
  expect(textThere('catalog/everything.json')).toContain('"name":"gadgets"')
  expect(textThere('catalog/configuration.json')).toContain('"name":"gadgets"')
  expect(textThere('docs/tables.svg')).toContain('gadgets.group_id → groups')
  expect(textThere('sandbox/docs/endpoints.md')).toContain('| gadgets | `/gadgets` |')

  const again = await runThere('tools/new-stream.ts', 'gadgets')
  expect([again.exitCode, again.output]).toEqual([1, expect.stringMatching(/There is a stream gadgets already/)])

  const changed = changedThere()
  expect(changed).toEqual(expect.arrayContaining(['schemas/gadgets.json', 'src/generated/gadgets.ts']))
  // What names the streams by type. The steps of CI hold the rest, which is the original's, to both.
  const include = ['src', 'sandbox/src', 'tools', 'test/contract']
  writeFileSync(join(copy, 'tsconfig.streams.json'), JSON.stringify({ extends: './tsconfig.json', include }))
  const compiled = await runThere('node_modules/typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.streams.json')
  expect(compiled, compiled.output).toMatchObject({ exitCode: 0 })
  rmSync(join(copy, 'tsconfig.streams.json'))
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--files-ignore-unknown=true']
  const linted = await runThere(...biome, ...changed)
  expect(linted, linted.output).toMatchObject({ exitCode: 0 })
  const built = await runThere('tools/build.ts', 'sandbox')
  expect(built, built.output).toMatchObject({ exitCode: 0 })
  const held = await runThere('tools/test-stream.ts', 'gadgets')
  expect(held, held.output).toMatchObject({ exitCode: 0 })
  expect(held.output).toMatch(/Tests .* 9 passed/)

  const others = [
    'test/generated.test.ts',
    'test/rooms.test.ts',
    'sandbox/test/documents.test.ts',
    'test/e2e/lists.test.ts',
  ]
  const rest = await runThere('node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose', ...others)
  expect(rest, rest.output).toMatchObject({ exitCode: 0 })
  expect(rest.output).toMatch(/lists\.test\.ts > gadgets > the second one brings what was created, changed and deleted/)
})

test('a stream that breaks its contract fails, and so does one that does not exist', {
  timeout: PATIENCE,
}, async () => {
  const schema = textThere('schemas/gadgets.json')
  writeFileSync(join(copy, 'schemas/gadgets.json'), schema.replace('"number"', '"boolean"'))
  const broken = await runThere('tools/test-stream.ts', 'gadgets')
  expect([broken.exitCode, broken.output]).toEqual([1, expect.stringMatching(/accepts the rows of the sandbox/)])
  for (const name of ['gadget', 'custom_object_nothing_records', '']) {
    const { exitCode, output } = await runThere('tools/test-stream.ts', name)
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/There is no stream|no such stream|usage/)])
  }
})
