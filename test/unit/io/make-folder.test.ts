import { execFile } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../src/io/make-folder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const codeOf = (act: () => void): unknown => {
  try {
    act()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

test('a folder is made with those above it, each with its mode, and may be there already', () => {
  const folder = tempFolder('make-folder')
  const deep = join(folder, 'one', 'two', 'three')
  makeFolder(deep, 0o700)
  makeFolder(deep, 0o700)
  expect(['one', 'one/two', 'one/two/three'].map((path) => statSync(join(folder, path)).mode & 0o777)).toEqual([
    0o700, 0o700, 0o700,
  ])
})

test('a file in the place of a folder is an error', () => {
  const folder = tempFolder('make-folder')
  writeFileSync(join(folder, 'file'), '')
  expect(codeOf(() => makeFolder(join(folder, 'file')))).toBe('EEXIST')
  expect(codeOf(() => makeFolder(join(folder, 'file', 'below')))).toBe('ENOTDIR')
})

test.runIf(existsSync('/proc/self'))(
  'where no folder can be made, as below /proc, that is an error, and no endless attempt',
  () => {
    expect(codeOf(() => makeFolder('/proc/none'))).toBe('ENOENT')
    expect(codeOf(() => makeFolder('/proc/none/deep'))).toBe('ENOENT')
  },
)

test('programs that make one folder at the same time do not disturb each other', async () => {
  const folder = tempFolder('make-folder')
  const script = `import { makeFolder } from ${JSON.stringify(join(import.meta.dirname, '../../../src/io/make-folder.ts'))}
    for (let nth = 0; nth < 300; nth++) makeFolder(${JSON.stringify(folder)} + '/' + nth + '/a/b/c')`
  const run = promisify(execFile)
  await Promise.all([1, 2].map(() => run(process.execPath, ['--input-type=module', '-e', script])))
  expect(statSync(join(folder, '299/a/b/c')).isDirectory()).toBe(true)
})
