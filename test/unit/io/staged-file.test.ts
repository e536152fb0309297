import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { stagedFile } from '../../../src/io/staged-file.ts'

const root = mkdtempSync(join(tmpdir(), 'staged-'))
afterAll(() => rmSync(root, { recursive: true }))

async function* bytes(text: string) {
  yield Buffer.from(text)
}

test('no path leads out of its folder, whoever made it', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', '', '/', '\\', '\0', '~', '...'), fc.string())
  fc.assert(
    fc.property(
      fc.constantFrom('/staging', '/staging/', '/', 'relative', '/a/../b'),
      fc.array(part).map((parts) => parts.join('/')),
      (folder, path) => {
        const below = resolve(folder)
        let staged: ReturnType<typeof stagedFile>
        try {
          staged = stagedFile(folder, path)
        } catch (error) {
          expect(String(error)).toMatch(/leads out of its folder/)
          return
        }
        expect(staged.path.startsWith(below.endsWith(sep) ? below : below + sep)).toBe(true)
        expect(staged.path).not.toContain('\0')
      },
    ),
    { numRuns: 2000 },
  )
})

test.each(['../x', 'a/../../x', '..', '', '.', 'a/..', '/../x', 'a/b/../../../x', 'a\0b', 'a/'])(
  '%j is refused',
  (path) => {
    expect(() => stagedFile('/staging', path)).toThrow(/leads out of its folder/)
  },
)

test('a link in the place of the part is replaced, and what it leads to stays', async () => {
  const victim = join(root, 'victim')
  writeFileSync(victim, 'precious')
  mkdirSync(join(root, 'files'))
  symlinkSync(victim, join(root, 'files', 'x.part'))
  const staged = stagedFile(join(root, 'files'), 'x')
  expect(await staged.begun()).toBe(0)
  await expect(staged.append(3, bytes('evil'))).rejects.toThrow()
  await staged.append(0, bytes('good'))
  await staged.finish()
  expect(readFileSync(victim, 'utf8')).toBe('precious')
  expect(readFileSync(staged.path, 'utf8')).toBe('good')
})

test('a link in the place of the file does not count as the file', async () => {
  const staged = stagedFile(join(root, 'files'), 'y')
  symlinkSync(join(root, 'victim'), staged.path)
  expect(await staged.size()).toBeUndefined()
  await staged.append(0, bytes('mine'))
  await staged.finish()
  expect([readFileSync(staged.path, 'utf8'), readFileSync(join(root, 'victim'), 'utf8')]).toEqual(['mine', 'precious'])
})

test('a part goes on where it was', async () => {
  const staged = stagedFile(root, 'deep/er/z')
  await staged.append(0, bytes('one'))
  expect(await staged.append(await staged.begun(), bytes('two'))).toBe(6)
  expect(existsSync(staged.path)).toBe(false)
  await staged.finish()
  expect(readFileSync(staged.path, 'utf8')).toBe('onetwo')
})
