// Zendesk Sell with the refresh token of an app: each is good for one use, and its successor must not be lost.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  stateLine,
  type Written,
  writingTo,
} from '../support/destination.ts'
import { linesIn } from '../support/in-process.ts'
import { filesOf } from '../support/program.ts'
import { openRelay } from '../support/relay.ts'
import type { Body } from '../support/send.ts'

const HOUR = 3_600

/** The app and the user of the sandbox's Sell. */
const APP = {
  clientId: 'sandbox-sell-client',
  clientSecret: 'sandbox-sell-secret',
  email: 'admin@example.com',
  password: 'sandbox-sell-password',
}

/** What an app of Sell has once somebody gave it consent. */
async function consented(sandbox: Sandbox): Promise<Body> {
  const { clientId, clientSecret, email, password } = APP
  const form = { grant_type: 'password', username: email, password, client_id: clientId, client_secret: clientSecret }
  const response = await fetch(`${sandbox.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
  const { access_token, refresh_token } = (await response.json()) as Body
  return { client_id: clientId, client_secret: clientSecret, access_token, refresh_token, base_url: sandbox.url }
}

const catalog = catalogFor({ name: 'sell_contacts', key: ['email'] })
const contacts = (prefix: string, count = 5): readonly string[] =>
  Array.from({ length: count }, (_, nth) =>
    recordLine('sell_contacts', { email: `${prefix}-${nth}@example.net`, last_name: `${prefix} ${nth}` }),
  )
const namesIn = (sandbox: Sandbox, prefix: string): readonly string[] =>
  [...sandbox.account.truth('contacts').live.values()]
    .map(({ last_name }: Body) => String(last_name))
    .filter((name) => name.startsWith(`${prefix} `))
    .toSorted()
const wanted = (prefix: string, count = 5): readonly string[] =>
  Array.from({ length: count }, (_, nth) => `${prefix} ${nth}`).toSorted()
const controls = ({ lines }: Written): readonly Body[] =>
  lines.flatMap(({ control }) => (control ? [control.connectorConfig.config] : []))
const grants = (sandbox: Sandbox): number =>
  sandbox.requests.all().filter(({ path }) => path === '/oauth2/token').length

test('an access token that ends in the middle of a write: the sync goes on, and so does the next one', async () => {
  const sandbox = await openSandbox({ tickets: 5 })
  const given = writingTo(sandbox, freshFolder(), { sell: await consented(sandbox), tags_mode: 'add' }) as Body
  const input = async function* () {
    yield* contacts('before')
    yield stateLine('sell_contacts', 1)
    while (namesIn(sandbox, 'before').length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
    sandbox.account.advance(2 * HOUR)
    yield* contacts('after')
    yield stateLine('sell_contacts', 2)
  }
  const first = await destinationHere(['write'], { config: given, catalog, input: input() })
  expect(first.errors).toEqual([])
  expect(first.states).toHaveLength(2)
  expect([namesIn(sandbox, 'before'), namesIn(sandbox, 'after')]).toEqual([wanted('before'), wanted('after')])
  // The platform gets the whole configuration back, with the next refresh token in its place.
  const [kept, ...more] = controls(first)
  expect(more).toEqual([])
  expect(kept).toEqual({
    ...given,
    sell: {
      ...given.sell,
      access_token: expect.not.stringContaining(given.sell.access_token),
      refresh_token: expect.not.stringContaining(given.sell.refresh_token),
      token_expiry_date: expect.any(String),
    },
  })
  sandbox.account.advance(2 * HOUR)
  const second = await destinationHere(['write'], { config: kept, catalog, input: contacts('later') })
  expect([second.errors, namesIn(sandbox, 'later')]).toEqual([[], wanted('later')])

  // Whoever starts with the old one is told what to do, and no secret is in what is said.
  const late = await destinationHere(['write'], { config: given, catalog, input: contacts('never') })
  expect(late.errors[0]).toMatchObject({ failure_type: 'config_error' })
  expect(late.errors[0]?.message).toMatch(
    /"refresh_token" of "sell" was used before.*give the app consent in Sell again/,
  )
  expect([late.exitCode, namesIn(sandbox, 'never')]).toEqual([1, []])
  for (const secret of [given.sell.client_secret, given.sell.refresh_token]) expect(late.text).not.toContain(secret)
})

test("both refresh tokens, the account's and Sell's, are renewed in one run, and each message has both", async () => {
  const sandbox = await openSandbox({ tickets: 5 })
  const { clientId, clientSecret, refreshToken } = sandbox.credentials
  const credentials = {
    credentials: 'oauth2_refresh',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  }
  const sell = { ...(await consented(sandbox)), access_token: undefined }
  const config = writingTo(sandbox, freshFolder(), { credentials, sell })
  const checked = await destinationHere(['check'], { config })
  expect(checked.lines.at(-1).connectionStatus).toEqual({ status: 'SUCCEEDED' })
  const all = controls(checked)
  expect(all).toHaveLength(2)
  const last = all.at(-1)
  expect([last.credentials.refresh_token, last.sell.refresh_token]).not.toContain(refreshToken)
  expect(last.sell.refresh_token).not.toBe(sell.refresh_token)
  // With what the last message says, both sides are open.
  sandbox.account.advance(2 * HOUR)
  sandbox.account.expireToken(last.credentials.access_token)
  const again = await destinationHere(['check'], { config: last })
  expect(again.lines.at(-1).connectionStatus).toEqual({ status: 'SUCCEEDED' })
})

test('a file for the tokens holds both pairs; the configuration stays as it is', async () => {
  const sandbox = await openSandbox({ tickets: 5 })
  const { clientId, clientSecret, refreshToken } = sandbox.credentials
  const credentials = {
    credentials: 'oauth2_refresh',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  }
  const folder = freshFolder()
  const tokens = join(folder, 'tokens.json')
  const config = writingTo(sandbox, folder, { credentials, sell: await consented(sandbox) })
  for (const [nth, prefix] of ['one', 'two', 'three'].entries()) {
    sandbox.account.advance(2 * HOUR)
    if (existsSync(tokens)) sandbox.account.expireToken(JSON.parse(readFileSync(tokens, 'utf8')).access_token)
    const people = [recordLine('users', { external_id: prefix, name: prefix })]
    const written = await destinationHere(['write', '--state-of-credentials', tokens], {
      config,
      catalog: { streams: [...(catalog as Body).streams, ...(catalogFor({ name: 'users' }) as Body).streams] },
      input: [...contacts(prefix), ...people],
    })
    expect([written.errors, controls(written)]).toEqual([[], []])
    expect(namesIn(sandbox, prefix)).toEqual(wanted(prefix))
    expect(grants(sandbox)).toBe(nth + 2)
    const pair = { refresh_token: expect.any(String), access_token: expect.any(String) }
    const kept = { account: sandbox.url, follows: expect.any(String), token_expiry_date: expect.any(String), ...pair }
    expect(JSON.parse(readFileSync(tokens, 'utf8'))).toEqual({
      ...kept,
      client_id: clientId,
      sell: { ...kept, client_id: APP.clientId },
    })
  }
})

describe('a sync that is killed right after the refresh', () => {
  /** One run with the tokens in a file; the first request to Sell that has the new token kills it. */
  test('the next one goes on with the token that was kept, and writes what is left', async () => {
    const sandbox = await openSandbox({ tickets: 5 })
    const relay = await openRelay(sandbox.url)
    const sell = await consented(sandbox)
    const folder = freshFolder()
    const config = writingTo(sandbox, folder, { sell: { ...sell, base_url: relay.url } })
    const tokens = join(folder, 'tokens.json')
    sandbox.account.advance(2 * HOUR)
    const program = join(import.meta.dirname, '../support/hasty-destination.ts')
    const runOn = async (lines: readonly string[], kills: boolean) => {
      const args = [program, 'write', '--state-of-credentials', tokens, ...filesOf({ config, catalog })]
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
      child.stdin.on('error', () => undefined)
      child.stdin.end(`${lines.join('\n')}\n`)
      let [text, isRefreshed] = ['', false]
      child.stdout.setEncoding('utf8').on('data', (some: string) => {
        text += some
      })
      relay.intercept = ({ path }) => {
        if (kills && isRefreshed) child.kill('SIGKILL')
        isRefreshed ||= path === '/oauth2/token'
        return undefined
      }
      const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve))
      return { exitCode, errors: linesIn(text).flatMap((line) => JSON.parse(line).trace?.error ?? []) }
    }
    const killed = await runOn(contacts('killed'), true)
    expect(killed.exitCode).toBe(null)
    expect(JSON.parse(readFileSync(tokens, 'utf8')).sell.refresh_token).not.toBe(sell.refresh_token)
    const next = await runOn(contacts('killed'), false)
    expect(next).toEqual({ exitCode: 0, errors: [] })
    expect(namesIn(sandbox, 'killed')).toEqual(wanted('killed'))
    // The consent's own, and one refresh.
    expect(grants(sandbox)).toBe(2)
  })
})

test.each([
  ['nothing', {}],
  ['a refresh token alone', { refresh_token: 'some-refresh-token' }],
  ['an app without its secret', { refresh_token: 'some-refresh-token', client_id: 'app' }],
])('%s in "sell" is refused with what it takes', async (_, sell) => {
  const sandbox = await openSandbox({ tickets: 5 })
  const { lines } = await destinationHere(['check'], { config: writingTo(sandbox, freshFolder(), { sell }) })
  expect(lines.at(-1).connectionStatus).toMatchObject({
    status: 'FAILED',
    message: expect.stringMatching(
      /"sell" needs an "access_token", or the "client_id", "client_secret" and "refresh_token"/,
    ),
  })
})
