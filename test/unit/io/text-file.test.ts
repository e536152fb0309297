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
import { underLock } from '../../../src/io/file-lock.ts'
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
  await expect(textFile(join(at, 'none/file')).reserve()).rejects.toThrow('ENOENT')
  await expect(textFile(join(at, 'none/file')).read()).resolves.toBeUndefined()
  const room = await textFile(join(at, 'file')).reserve()
  await room.release()
  expect(readdirSync(at)).toEqual(['occupied'])
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

test('the room for the next text is there before it: as large as the file, and more', async () => {
  const path = join(folder(), 'file')
  const old = 'old '.repeat(10_000)
  writeFileSync(path, old, { mode: 0o640 })
  const room = await textFile(path).reserve()
  const [beside] = readdirSync(join(path, '..')).filter((name) => name !== 'file')
  const { size, mode } = statSync(join(path, '..', beside!))
  expect(size).toBeGreaterThan(old.length + 10_000)
  expect(mode & 0o777).toBe(0o640)
  expect(readFileSync(path, 'utf8')).toBe(old)
  await room.fill('new')
  await room.release()
  expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..'))]).toEqual(['new', ['file']])
})

test('one at a time acts on a file; a lock that was left behind is taken away, and one that is held is waited for', async () => {
  const path = join(folder(), 'file')
  const { signal } = new AbortController()
  let inside = 0
  let most = 0
  const act = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => textFile(path).alone(act, signal)))
  expect(most).toBe(1)
  expect(readdirSync(join(path, '..'))).toEqual([])

  writeFileSync(`${path}.lock`, '')
  const stop = new AbortController()
  const waiting = textFile(path).alone(act, stop.signal)
  setTimeout(() => stop.abort(new Error('stopped')), 300)
  await expect(waiting).rejects.toThrow()
  // Two hundred looks without a sign of life: of this machine's twenty seconds a fiftieth.
  const began = Date.now()
  await underLock(`${path}.lock`, act, signal, 2)
  expect(Date.now() - began).toBeGreaterThanOrEqual(390)
  expect(readdirSync(join(path, '..'))).toEqual([])
})

test('a folder that cannot be written has no lock, and nobody waits for one', async () => {
  const { signal } = new AbortController()
  expect(await textFile('/nowhere/at/all').alone(async () => 'done', signal)).toBe('done')
})
