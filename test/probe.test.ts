import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DEVIATIONS, type Deviation, type Sandbox, type SandboxOptions, startSandbox } from 'zendesk-sandbox'
import { connectAccount } from '../src/connector/account-connection.ts'
import { accountOf, type Verdict } from '../tools/probe/assumption.ts'
import { ASSUMPTIONS, NOT_ASKABLE } from '../tools/probe/assumptions.ts'
import { probe } from '../tools/probe/run.ts'

const root = resolve(import.meta.dirname, '..')

/** An account that has of everything what would show an assumption, if not for its exports being open. */
async function openAccount(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ tickets: 150, frozen: true, ...options })
  const { account } = sandbox
  account.deleteGroup(account.createGroup())
  const ticket = account.createTicket({ subject: 'Deleted by mistake' })
  const record = [...account.truth('custom_object_vehicle_records').live.keys()][0]!
  const [winner, loser] = [...account.truth('users').live.values()]
    .filter(({ role, suspended }) => role === 'end-user' && suspended === false)
    .map(({ id }) => id as number)
  account.createTicket({ requester_id: loser! })
  account.advance(10)
  account.deleteTicket(ticket)
  account.deleteRecord('custom_object_vehicle_records', record)
  account.mergeUsers(loser!, winner!)
  account.advance(10)
  account.restoreTicket(ticket)
  account.advance(120)
  return sandbox
}

const configOf = ({ url, credentials: { email, apiToken } }: Sandbox) => ({
  subdomain: 'sandbox',
  base_url: url,
  credentials: { credentials: 'api_token', email, api_token: apiToken },
})

/** By the name of each assumption, what the account says of it. */
async function verdicts(sandbox: Sandbox, given: object = configOf(sandbox)): Promise<Record<string, Verdict>> {
  const { get } = await connectAccount(given, {
    signal: new AbortController().signal,
    report: () => undefined,
    credentialSink: { in: 'nothing' },
    environment: {},
    patient: true,
    stage: () => {
      throw new Error('Nothing is staged.')
    },
  })
  const found: Record<string, Verdict> = {}
  for await (const { assumption, finding } of probe(accountOf(get))) found[assumption.name] = finding.verdict
  return found
}

const all = (verdict: Verdict): Record<string, Verdict> =>
  Object.fromEntries(ASSUMPTIONS.map(({ name }) => [name, verdict]))

test('every assumption that can be asked about has its row in the document, and its contrary in the sandbox', () => {
  const rows = [...readFileSync(join(root, 'docs/zendesk-facts.md'), 'utf8').matchAll(/^\| (3\d\d) \|.*$/gm)]
  const named = rows.flatMap(([row, number]) => {
    const [, name] = / \| `([a-z0-9-]+)` \|$/.exec(row) ?? []
    return name === undefined ? [] : [[Number(number), name]]
  })
  expect(ASSUMPTIONS.map(({ fact, name }) => [fact, name])).toEqual(named)
  expect(ASSUMPTIONS.map(({ name }) => name)).toEqual([...DEVIATIONS])
  expect(NOT_ASKABLE.map(({ fact }) => fact)).toEqual([323, 324, 325, 326, 327, 328, 329, 381])
})

test('in the sandbox as it is, all hold; of closed exports nothing can be said while they are open', async () => {
  const sandbox = await openAccount()
  expect(await verdicts(sandbox)).toEqual({ ...all('holds'), 'closed-exports': 'not decidable' })
  expect(sandbox.requests.all().filter(({ method }) => method !== 'GET')).toEqual([])
  expect(sandbox.requests.all().length).toBeLessThan(120)
  await sandbox.close()
})

test('closed exports hold where they are closed, and what only they show is not decidable', async () => {
  const sandbox = await openAccount({ withoutExports: 403 })
  expect(await verdicts(sandbox)).toMatchObject({
    'closed-exports': 'holds',
    'channel-names': 'not decidable',
    'breach-within-a-month': 'not decidable',
    'packed-cursor': 'holds',
  })
  await sandbox.close()
})

describe.each(DEVIATIONS)('where Zendesk does otherwise: %s', (name: Deviation) => {
  test('that one does not hold, and every other does', async () => {
    const sandbox = await openAccount({ deviations: [name] })
    const open = name === 'closed-exports' ? {} : { 'closed-exports': 'not decidable' }
    expect(await verdicts(sandbox)).toEqual({ ...all('holds'), ...open, [name]: 'does not hold' })
    await sandbox.close()
  })
})

test('an account with nothing in it, and one who may not see, decide nothing', async () => {
  const small = await startSandbox({ tickets: 1, plan: 'essential', frozen: true })
  expect(Object.values(await verdicts(small))).not.toContain('does not hold')
  const { agentToken } = small.credentials
  const credentials = { credentials: 'oauth2.0', access_token: agentToken }
  const asAgent = await verdicts(small, { ...configOf(small), credentials })
  expect(asAgent['closed-exports']).toBe('not decidable')
  expect(Object.values(asAgent)).not.toContain('does not hold')
  await small.close()
})

describe('npm run probe', () => {
  /** Runs the tool, as npm does. */
  async function run(config?: object): Promise<{ code: number; stdout: string; stderr: string }> {
    const path = join(mkdtempSync(join(tmpdir(), 'probe-')), 'config.json')
    writeFileSync(path, JSON.stringify(config ?? {}))
    const args = [join(root, 'tools/probe.ts'), ...(config === undefined ? [] : ['--config', path])]
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      )
    })
  }

  test('prints a line for each assumption, and repeats no secret', async () => {
    const sandbox = await openAccount()
    const { code, stdout } = await run(configOf(sandbox))
    await sandbox.close()
    expect([code, stdout.match(/^holds {2}/gm)?.length]).toEqual([0, ASSUMPTIONS.length - 1])
    expect(stdout.match(/^not askable /gm)).toHaveLength(NOT_ASKABLE.length)
    expect(stdout).toMatch(/\n21 holds, 0 does not hold, 1 not decidable\n$/)
    expect(stdout).not.toContain('sandbox-api-token')
  })

  test('exits with 1 where one does not hold, where it cannot sign in, and without a configuration', async () => {
    const sandbox = await openAccount({ deviations: ['far-end'] })
    const config = configOf(sandbox)
    const { code, stdout } = await run(config)
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^does not hold +316 far-end: /m)])
    const wrong = await run({ ...config, credentials: { ...config.credentials, api_token: 'wrong' } })
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([1, '', expect.stringContaining('did not accept')])
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('Usage') })
    await sandbox.close()
  })
})
