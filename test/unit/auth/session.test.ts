import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AskForTokens, tokensFrom } from '../../../src/auth/oauth.ts'
import { createSession } from '../../../src/auth/session.ts'
import { createTokenStore } from '../../../src/auth/token-store.ts'
import { textFile } from '../../../src/io/text-file.ts'
import type { CredentialSink, TextFile } from '../../../src/model/runtime.ts'

const NOW = 1_800_000_000_000
const written = {
  subdomain: 'acme',
  credentials: { credentials: 'oauth2_refresh', client_id: 'client', refresh_token: 'first', access_token: '' },
}

/** A token endpoint that takes so many ms, and gives each refresh token one use. */
function tokenEndpoint(ms = 0) {
  const used: string[] = []
  const ask = async (body: object) => {
    const { refresh_token: token } = body as { refresh_token: string }
    const isSpent = used.includes(token)
    used.push(token)
    await delay(ms)
    return isSpent
      ? { status: 400, body: { error: 'invalid_grant' } }
      : {
          status: 200,
          body: { access_token: `access ${used.length}`, refresh_token: `next ${used.length}`, expires_in: 7200 },
        }
  }
  return { ask, used }
}

function sessionOf(keep: CredentialSink, ask: AskForTokens) {
  const store = createTokenStore({ keep, written, environment: {}, originOf: () => 'https://acme.zendesk.com' })
  return createSession(
    { kind: 'refresh_token', clientId: 'client', tokens: { accessToken: '', refreshToken: 'first' } },
    { ask, store, log: () => undefined, signal: new AbortController().signal, now: () => NOW },
  )
}

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'session-')), 'tokens.json')

test('runs that share a file wait for each other, however slow the answer: one refresh token is used', async () => {
  const path = newPath()
  const { ask, used } = tokenEndpoint(4_000)
  const headers = await Promise.all(
    Array.from({ length: 4 }, () => sessionOf({ in: 'tokens', file: textFile(path) }, ask).header()),
  )
  expect(new Set(headers)).toEqual(new Set(['Bearer access 1']))
  expect(used).toEqual(['first'])
  expect(readdirSync(join(path, '..'))).toEqual(['tokens.json'])
})

test.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS'])(
  'without room for the next pair (%s) no token is used up',
  async (code) => {
    const { ask, used } = tokenEndpoint()
    const file: TextFile = {
      ...textFile(newPath()),
      reserve: async () => {
        throw Object.assign(new Error(code), { code })
      },
    }
    await expect(sessionOf({ in: 'tokens', file }, ask).header()).rejects.toThrow(
      new RegExp(`cannot be written, so no new tokens were requested \\(${code}\\)`),
    )
    expect(used).toEqual([])
  },
)

test('the room is there before the token is used, and filled after it', async () => {
  const path = newPath()
  const { ask } = tokenEndpoint()
  let beside: readonly string[] = []
  const session = sessionOf({ in: 'tokens', file: textFile(path) }, async (body) => {
    beside = readdirSync(join(path, '..')).filter((name) => !name.endsWith('.lock'))
    return ask(body)
  })
  await session.header()
  expect(beside).toEqual([expect.stringMatching(/^tokens\.json\.[\w-]+$/)])
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ refresh_token: 'next 1' })
  expect(readdirSync(join(path, '..'))).toEqual(['tokens.json'])
})

test('a refusal leaves no room and no lock behind', async () => {
  const path = newPath()
  const ask = async () => ({ status: 400, body: { error: 'invalid_client' } })
  await expect(sessionOf({ in: 'tokens', file: textFile(path) }, ask).header()).rejects.toThrow(
    /client secret is wrong/,
  )
  expect(readdirSync(join(path, '..'))).toEqual([])
})

test('a configuration from a pipe is read once; its next pair has no place', async () => {
  let reads = 0
  const file: TextFile = {
    ...textFile(newPath()),
    isLasting: async () => false,
    read: async () => {
      reads++
      return ''
    },
  }
  const { ask, used } = tokenEndpoint()
  const keep = { in: 'config', file } as const
  const store = createTokenStore({ keep, written, environment: {}, originOf: () => 'https://acme.zendesk.com' })
  expect(await store.latest()).toMatchObject({ refreshToken: 'first' })
  await expect(sessionOf(keep, ask).header()).rejects.toThrow(/name a file with --state-of-credentials/)
  expect([reads, used]).toEqual([0, []])
})

test('whatever an answer says of how long its tokens last: a token is asked for once, and its end is a time', async () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, 1e300, Number.MAX_SAFE_INTEGER))
  await fc.assert(
    fc.asyncProperty(fc.oneof(number, fc.string(), fc.constant(null)), async (expires_in) => {
      const { expiresAt } = tokensFrom({ status: 200, body: { access_token: 'a', expires_in } }, NOW)
      if (expiresAt === undefined) return
      expect(expiresAt).toBeGreaterThan(NOW)
      expect(() => new Date(expiresAt).toISOString()).not.toThrow()
    }),
    { numRuns: 2000 },
  )
  for (const expires_in of [0, -5, 1e300, 'soon', null]) {
    let asked = 0
    const ask = async () => {
      asked++
      return { status: 200, body: { access_token: 'a', refresh_token: `r ${asked}`, expires_in } }
    }
    const session = sessionOf({ in: 'tokens', file: textFile(newPath()) }, ask)
    for (let request = 0; request < 20; request++) await session.header()
    expect(asked, String(expires_in)).toBe(1)
  }
})
