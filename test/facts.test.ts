import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const code = tracked.filter((file) => file.endsWith('.ts') && !file.includes('fixtures/'))

const [, facts = '', assumptions = ''] =
  /([\s\S]*)\n## Assumptions\n([\s\S]*)/.exec(textOf('docs/zendesk-facts.md')) ?? []
const rowsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\| (\d+) \|(.*)\|$/gm)].map(([, number = '', rest = '']) => [number, ...rest.split(/ \| ?/)])
const known = new Set([...rowsIn(facts), ...rowsIn(assumptions)].map(([number]) => Number(number)))
const assumed = new Set(rowsIn(assumptions).map(([number]) => Number(number)))

/** The comments of a file, each without its marks and line breaks. */
function commentsIn(file: string): string[] {
  const lines = textOf(file).split('\n')
  const marked = lines.map((line) => /^\s*(?:\/\*\*?|\*\/?|\/\/) ?(.*?)(?: ?\*\/)?$/.exec(line)?.[1] ?? '\n')
  return marked
    .join(' ')
    .split('\n')
    .map((comment) => comment.trim())
    .filter(Boolean)
}

/** The numbers that are cited: "fact 4", "facts 4 and 7", "facts 4, 5 and 7", "facts 4 to 7". */
function citedIn(text: string): number[] {
  const cited = [...text.matchAll(/\bfacts? (\d+(?:(?:, | and | to )\d+)*)/g)]
  return cited.flatMap(([, numbers = '']) => (numbers.match(/\d+/g) ?? []).map(Number))
}

test('each number stands for one fact, and says where it comes from and how well it is known', () => {
  const rows = rowsIn(facts)
  expect(rows.length).toBeGreaterThan(200)
  expect(known.size).toBe(rows.length + rowsIn(assumptions).length)
  for (const [number, text = '', source = '', level = ''] of rows) {
    expect([number, /\.$/.test(text.trim()), source.trim() !== '']).toEqual([number, true, true])
    expect(['verified', 'documented', 'reported']).toContain(level.trim())
  }
})

test('every fact that is cited is there', () => {
  const cited = code.flatMap((file) =>
    commentsIn(file).flatMap((comment) => citedIn(comment).map((one) => [file, one])),
  )
  expect(cited.length).toBeGreaterThan(150)
  expect(cited.filter(([, number]) => !known.has(number as number))).toEqual([])
  const among = citedIn(textOf('docs/zendesk-facts.md').replace(/^\| \d+ \|/gm, ''))
  expect(among.filter((number) => !known.has(number) && number !== 41)).toEqual([])
})

test('whatever a comment assumes stands among the assumptions', () => {
  const comments = code
    .filter((file) => file !== 'test/facts.test.ts')
    .flatMap((file) => commentsIn(file).map((comment) => [file, comment] as const))
    .filter(([, comment]) => /\b[Aa]ssumed\b/.test(comment))
  expect(comments.length).toBeGreaterThan(100)
  const loose = comments.flatMap(([file, comment]) =>
    [...comment.matchAll(/\b[Aa]ssumed\b( \(facts? \d[^)]*\))?/g)]
      .filter(([, cited]) => cited === undefined || !citedIn(cited).some((number) => assumed.has(number)))
      .map(() => `${file}: ${comment}`),
  )
  expect(loose).toEqual([])
})

test('nothing names a document that is not here, or a file outside of the repository', () => {
  const elsewhere = ['api.md', 'without-exports ', 'without-exports.md', 'write.md'].map((name) => `zendesk-${name}`)
  const names = [...elsewhere, ['shared', 'reference'].join('/'), ['real', 'records'].join('-')]
  const texts = tracked.filter((file) => /\.(ts|js|py|sh|md|json|ya?ml)$/.test(file) && file !== 'test/facts.test.ts')
  const naming = texts.flatMap((file) =>
    names.filter((name) => textOf(file).includes(name)).map((name) => [file, name]),
  )
  expect(naming).toEqual([])
  const leaving = code.flatMap((file) =>
    [...textOf(file).matchAll(/['"`]((?:\.\.\/)+[\w./-]*)/g)]
      .filter(([, path = '']) => relative(root, resolve(root, dirname(file), path)).startsWith('..'))
      .map(([, path]) => `${file}: ${path}`),
  )
  expect(leaving).toEqual([])
})
