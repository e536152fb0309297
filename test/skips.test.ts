import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type AllowedSkip, judgeSkips } from './support/skips.ts'

const root = resolve(import.meta.dirname, '..')
const allowed: AllowedSkip[] = [{ test: 'a.test.ts > slow', reason: 'it is slow', most: 2 }]

test('skips with a reason are told with it, and allowed', () => {
  expect(judgeSkips(['a.test.ts > slow one', 'a.test.ts > slow two'], allowed, 9)).toEqual({
    lines: ['Skipped: 2 of 9 tests.', '  2 because it is slow: a.test.ts > slow'],
    isTooMany: false,
  })
  expect(judgeSkips([], allowed, 9)).toEqual({ lines: ['Skipped: 0 of 9 tests.'], isTooMany: false })
})

test('more than the list allows, and one that it does not name, are too many', () => {
  const three = ['a.test.ts > slow one', 'a.test.ts > slow two', 'a.test.ts > slow three']
  expect(judgeSkips(three, allowed, 9)).toMatchObject({ isTooMany: true })
  expect(judgeSkips(['b.test.ts > quiet'], allowed, 9)).toEqual({
    lines: ['Skipped: 1 of 9 tests.', '  without a reason in test/skips.json: b.test.ts > quiet'],
    isTooMany: true,
  })
})

test('every entry of the list has a reason, and its file or name is still there', () => {
  const entries = JSON.parse(readFileSync(join(root, 'test/skips.json'), 'utf8')) as AllowedSkip[]
  for (const { test: named, reason, most } of entries) {
    expect([named, reason.length > 10, most > 0]).toEqual([named, true, true])
    if (named.endsWith('/')) {
      expect(existsSync(join(root, named)), named).toBe(true)
      continue
    }
    const [file = '', name = ''] = named.includes(' > ') ? named.split(' > ') : ['test/e2e/commands.test.ts', named]
    expect(readFileSync(join(root, file), 'utf8')).toContain(name)
  }
})

function run(list: readonly AllowedSkip[], ...more: string[]): { status: number | null; output: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'skips-')), 'skips.json')
  writeFileSync(file, JSON.stringify(list))
  const config = join(root, 'test/fixtures/skipping/vitest.config.ts')
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config, ...more]
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, SKIPS: file, NO_COLOR: '1' },
  })
  return { status, output: stdout }
}

test('a run ends with its skips and their reasons, and fails for one that is not allowed', () => {
  const good = run([{ test: 'some.check.ts > is skipped', reason: 'it shows that', most: 1 }])
  expect(good).toMatchObject({ status: 0 })
  expect(good.output).toMatch(/Skipped: 1 of 2 tests\.\n {2}1 because it shows that: some\.check\.ts > is skipped\n$/)
  const bad = run([])
  expect(bad).toMatchObject({ status: 1 })
  expect(bad.output).toContain('without a reason in test/skips.json: some.check.ts > is skipped')
  expect(run([], '-t', 'runs')).toMatchObject({ status: 0 })
})
