import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceFile, textFile } from '../../../src/io/text-file.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'text-file-'))
const isRoot = process.getuid?.() === 0

test('a reader sees the old text or the new one, never a part', async () => {
  const path = join(folder(), 'file')
  const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(1_000_000))
  await replaceFile(path, texts[0]!)
  let done = false
  const writing = (async () => {
    for (let turn = 0; turn < 30; turn++) await replaceFile(path, texts[turn % 3]!)
    done = true
  })()
  const file = textFile(path)
  for (let reads = 0; !done || reads < 5; reads++) expect(texts.includes((await file.read())!)).toBe(true)
  await writing
})

test('a new file is private, an old one keeps its permissions, and nothing is left beside it', async () => {
  const at = folder()
  await replaceFile(join(at, 'new'), 'x')
  writeFileSync(join(at, 'old'), 'x')
  chmodSync(join(at, 'old'), 0o644)
  await replaceFile(join(at, 'old'), 'y')
  const modes = ['new', 'old'].map((name) => statSync(join(at, name)).mode & 0o777)
  expect([modes, readdirSync(at).sort()]).toEqual([
    [0o600, 0o644],
    ['new', 'old'],
  ])
})

test('what cannot be replaced is proven so beforehand, stays, and leaves nothing beside it', async () => {
  const at = folder()
  mkdirSync(join(at, 'occupied/by'), { recursive: true })
  await expect(replaceFile(join(at, 'occupied'), 'x')).rejects.toThrow()
  expect(readdirSync(at)).toEqual(['occupied'])
  await expect(textFile(join(at, 'none/file')).prove()).rejects.toThrow('ENOENT')
  await expect(textFile(join(at, 'none/file')).read()).resolves.toBeUndefined()
  await expect(textFile(join(at, 'file')).prove()).resolves.toBeUndefined()
})

test.skipIf(!isRoot)('a file of somebody else stays theirs', async () => {
  const path = join(folder(), 'file')
  writeFileSync(path, 'old')
  chownSync(path, 12_345, 12_345)
  await replaceFile(path, 'new')
  const { uid, gid } = statSync(path)
  expect([uid, gid, readFileSync(path, 'utf8')]).toEqual([12_345, 12_345, 'new'])
})

/** Whether a file can be made a mount point here, as container engines do with single files. */
function canMount(): boolean {
  if (!isRoot) return false
  const at = folder()
  for (const name of ['a', 'b']) writeFileSync(join(at, name), '')
  const [from, to] = [join(at, 'a'), join(at, 'b')]
  return spawnSync('mount', ['--bind', from, to]).status === 0 && spawnSync('umount', [to]).status === 0
}

test.skipIf(!canMount())('a file that is a mount point is written over', async () => {
  const at = folder()
  for (const name of ['outside', 'inside']) writeFileSync(join(at, name), 'old')
  execFileSync('mount', ['--bind', join(at, 'outside'), join(at, 'inside')])
  try {
    await replaceFile(join(at, 'inside'), 'new')
    expect(readFileSync(join(at, 'outside'), 'utf8')).toBe('new')
    expect(readdirSync(at).sort()).toEqual(['inside', 'outside'])
  } finally {
    execFileSync('umount', [join(at, 'inside')])
  }
})
