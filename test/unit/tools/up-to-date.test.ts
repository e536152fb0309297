import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeIfNeeded } from '../../../tools/up-to-date.ts'

/** A folder `src` with two files, of which `dist` is made. */
function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'up-to-date-'))
  const at = (path: string): string => join(root, path)
  mkdirSync(at('src/deep'), { recursive: true })
  for (const name of ['src/one.ts', 'src/deep/two.ts', 'lock']) writeFileSync(at(name), name)
  const made = { from: [at('src'), at('lock')], into: at('dist'), stamp: at('cache/stamp') }
  const make = async (): Promise<void> => {
    rmSync(at('dist'), { recursive: true, force: true })
    mkdirSync(at('dist'))
    for (const name of ['a.js', 'b.js']) writeFileSync(at(`dist/${name}`), readFileSync(at('src/one.ts')))
  }
  return { at, made, build: (how = make) => makeIfNeeded(made, how) }
}

test('what is up to date stays as it is', async () => {
  const { build } = setUp()
  expect([await build(), await build(), await build()]).toEqual([true, false, false])
})

test.each<[string, (at: (path: string) => string) => void]>([
  ['a source that was changed', (at) => writeFileSync(at('src/deep/two.ts'), 'other')],
  ['a source that is new', (at) => writeFileSync(at('src/three.ts'), '')],
  ['a source that was deleted', (at) => rmSync(at('src/deep/two.ts'))],
  ['a source that was a file by itself, and is deleted', (at) => rmSync(at('lock'))],
  ['something made that was changed', (at) => writeFileSync(at('dist/a.js'), 'other')],
  ['something made that may be run no more', (at) => chmodSync(at('dist/a.js'), 0o600)],
  ['something made that was deleted', (at) => rmSync(at('dist/b.js'))],
  ['something strange among what was made', (at) => writeFileSync(at('dist/c.js'), '')],
  ['all that was made is deleted', (at) => rmSync(at('dist'), { recursive: true })],
])('%s: all is made anew, once', async (_, change) => {
  const { at, build } = setUp()
  await build()
  change(at)
  expect([await build(), await build()]).toEqual([true, false])
  expect(readFileSync(at('dist/b.js'), 'utf8')).toBe('src/one.ts')
})

test('what could not be made, or changed while it was made, is made the next time', async () => {
  const { at, build } = setUp()
  await build()
  writeFileSync(at('src/one.ts'), 'two')
  await expect(build(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const meanwhile = async (): Promise<void> => writeFileSync(at('src/one.ts'), 'three')
  expect([await build(meanwhile), await build()]).toEqual([true, true])
  expect(readFileSync(at('dist/a.js'), 'utf8')).toBe('three')
})
