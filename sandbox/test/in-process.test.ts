// The sandbox in the process of a test: how it ends, and that it does.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSandbox } from '../src/index.ts'

const source = join(import.meta.dirname, '../src/index.ts')

/** Runs a program of these lines with Node, and resolves to how it ended: `null` if it had to be killed. */
function ends(lines: string, ...flags: string[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'in-process-')), 'some.test.ts')
  writeFileSync(file, `import { startSandbox } from ${JSON.stringify(source)}\n${lines}`)
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
    timeout: 300_000,
  })
  return { status, text: stdout + stderr }
}

test('it is closed at the end of its block', async () => {
  let url: string
  {
    await using sandbox = await startSandbox({ tickets: 5 })
    url = sandbox.url
    expect((await fetch(`${url}/api/v2/users/me`)).status).toBe(200)
  }
  await expect(fetch(`${url}/api/v2/users/me`)).rejects.toThrow()
})

test('a failed assertion ends the runner, though nothing was closed', () => {
  const { status, text } = ends(
    `import assert from 'node:assert/strict'
import { test } from 'node:test'
test('reads', async () => {
  const sandbox = await startSandbox({ tickets: 5, activity: 60, tlsPort: 0 })
  const response = await fetch(sandbox.url + '/api/v2/users/me')
  await response.text()
  assert.equal(response.status, 418)
  await sandbox.close()
})
`,
    '--test-reporter=spec',
  )
  expect(status).toBe(1)
  expect(text).toContain('418')
})

test('a slow answer is waited for', () => {
  const { status, text } = ends(`
const sandbox = await startSandbox({ tickets: 5 })
sandbox.faults.next({ kind: 'slow', seconds: 1 })
const response = await fetch(sandbox.url + '/api/v2/users/me')
console.log('came', response.status)
`)
  expect([status, text]).toEqual([0, expect.stringContaining('came 200')])
})

test('a program that only serves runs on', () => {
  const { status } = ends(
    'await startSandbox({ tickets: 5, holdsProcess: true })\nsetTimeout(() => process.exit(7), 1500).unref()',
  )
  expect(status).toBe(7)
})
