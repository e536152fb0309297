// Rotating tokens in a store: 20 workers on one refresh token, and kills between Zendesk's answer and its being kept.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Config, createConnector } from 'zendesk-connector'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { showAccount } from '../../src/store/accounts.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { tokensOf } from '../../src/store/tokens.ts'
import { openDoor } from '../support/door.ts'
import { ranIn } from '../support/hub.ts'
import { STORES, type TestStore } from '../support/stores.ts'

/** What happens to a request for tokens: before Zendesk has it, and after it has answered. */
interface Between {
  before?: (caller: Socket) => unknown
  after?: (caller: Socket) => unknown
}

const closed = async (caller: Socket): Promise<void> => {
  if (!caller.closed) await once(caller, 'close')
}

/** Stands before a sandbox, and knows each request for tokens. */
async function standBefore(
  sandbox: Sandbox,
  between: Between,
): Promise<{ url: string; server: Server; asked: () => number }> {
  let asked = 0
  const server = createServer(async (request, response) => {
    const body = await new Response(request as never).arrayBuffer()
    const isTokens = request.url === '/oauth/tokens'
    if (isTokens) {
      asked++
      await between.before?.(request.socket)
      if (request.socket.destroyed) return
    }
    const { authorization, 'content-type': type } = request.headers
    const answer = await fetch(`${sandbox.url}${request.url}`, {
      method: request.method!,
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body.byteLength > 0 && { body }),
    })
    const text = await answer.text()
    if (isTokens) await between.after?.(request.socket)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, server, asked: () => asked }
}

describe.each(STORES)('%s', (kind, make, skip) => {
  describe.skipIf(skip)('', () => {
    let place: TestStore
    let store: Store
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    beforeAll(async () => {
      place = await make()
      store = await openStore(place.address, place.environment)
    })
    afterAll(async () => {
      await store.close()
      await place.remove()
      rmSync(folder, { recursive: true })
    })
    const environment = () => ({ ...place.environment, ZENDESK_HUB_STORE: place.address })
    const run = (id: string) => ranIn(environment(), ['run', id, '--lease', '1'])

    /** An account whose person has just given consent, and what stands before it. */
    const consented = async (id: string, between: Between = {}) => {
      const sandbox = await startSandbox({ tickets: 3 })
      const before = await standBefore(sandbox, between)
      const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = sandbox.credentials
      const credentials = { credentials: 'oauth2_refresh' as const, client_id, client_secret, refresh_token }
      const source = { subdomain: sandbox.subdomain, base_url: before.url, credentials, max_retry_minutes: 1 }
      const connection = { name: id, source, to: `duckdb:${join(folder, `${id}.duckdb`)}`, streams: ['groups'] }
      writeFileSync(join(folder, `${id}.json`), JSON.stringify({ connections: [connection] }))
      const added = await ranIn(environment(), ['accounts', 'add', '--config', join(folder, `${id}.json`)])
      expect(added).toMatchObject({ code: 0 })
      const close = async () => {
        before.server.closeAllConnections()
        before.server.close()
        await sandbox.close()
      }
      return { source, asked: before.asked, close }
    }
    /** Runs the program and kills it when it is told to. */
    const started = (id: string) => {
      const program = join(import.meta.dirname, '../../dist/zendesk-hub.js')
      return spawn(process.execPath, [program, 'run', id, '--lease', '1'], {
        env: { ...process.env, ...environment() },
        stdio: 'ignore',
      })
    }

    /** One of many that use the account's tokens: each has a store of its own. */
    const worker = async (id: string, source: Config, nth: number, comes = () => {}): Promise<number> => {
      const own = await openStore(place.address, place.environment)
      try {
        const tokens = tokensOf(own, id, `worker ${nth}`)
        const tokensFile = {
          ...tokens,
          alone<Result>(act: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
            comes()
            return tokens.alone(act, signal)
          },
        }
        const connector = await createConnector(source, { tokensFile })
        return (await connector.call({ method: 'GET', path: 'users/me.json' })).status
      } finally {
        await own.close()
      }
    }
    const twenty = Array.from({ length: 20 }, (_, nth) => nth)

    test('20 workers on one token ask once, and all of them go on; when it ends, once more', async () => {
      const { source, asked, close } = await consented('shared')
      const all = () => Promise.all(twenty.map((nth) => worker('shared', source, nth)))
      expect(new Set(await all())).toEqual(new Set([200]))
      expect(asked()).toBe(1)
      const tokens = tokensOf(store, 'shared', 'the test')
      const kept = JSON.parse((await tokens.read())!)
      await tokens.replace(JSON.stringify({ ...kept, token_expiry_date: '2001-01-01T00:00:00Z' }))
      expect(new Set(await all())).toEqual(new Set([200]))
      expect(asked()).toBe(2)
      const [row] = await store.rows("select sealed from tokens where account = 'shared'")
      const now = JSON.parse((await tokens.read())!)
      expect(now.refresh_token).not.toBe(kept.refresh_token)
      expect(String(row?.['sealed'])).not.toContain(now.refresh_token)
      expect(await store.rows('select * from renewals')).toEqual([])
      await close()
    })

    test.each(['before', 'after'] as const)(
      'workers that wait while the one that asks is killed, %s Zendesk answers',
      async (when) => {
        const between: Between = {}
        const id = `crowd-${when}`
        const { source, asked, close } = await consented(id, between)
        const reached = Promise.withResolvers<Socket>()
        const killed = Promise.withResolvers<void>()
        between[when] = async (caller) => {
          delete between[when]
          reached.resolve(caller)
          await killed.promise
        }
        const child = started(id)
        const caller = await reached.promise
        const all = Promise.withResolvers<void>()
        // Who finds the token spent looks for seconds whether somebody keeps the next one, in turn: so a few do.
        const many = when === 'before' ? twenty : twenty.slice(0, 3)
        let waiting = 0
        const comes = (): void => {
          if (++waiting === many.length) all.resolve()
        }
        const ends = Promise.allSettled(many.map((nth) => worker(id, source, nth, comes)))
        await all.promise
        expect(asked()).toBe(1)
        child.kill('SIGKILL')
        await closed(caller)
        killed.resolve()
        const [first, ...others] = await ends
        if (when === 'before') {
          expect(first).toMatchObject({ status: 'fulfilled', value: 200 })
          expect(asked()).toBe(2)
          expect(await run(id)).toMatchObject({ code: 0 })
        } else {
          expect(first).toMatchObject({ status: 'rejected' })
          expect(String((first as PromiseRejectedResult).reason.message)).toContain('refresh token was used before')
          // Told at once and by name: nobody has to look for it.
          expect(await run(id)).toMatchObject({ code: 78, said: expect.stringMatching(/is lost.*was cut off/) })
        }
        for (const other of others) expect(other.status).toBe(first!.status)
        await close()
      },
    )

    test('a worker that is killed before Zendesk hears of it loses nothing', async () => {
      const between: Between = {}
      const { close } = await consented('early', between)
      const child = started('early')
      between.before = (caller) => {
        between.before = () => undefined
        child.kill('SIGKILL')
        return closed(caller)
      }
      const ended = once(child, 'close')
      await ended
      expect(child.signalCode).toBe('SIGKILL')
      expect(await run('early')).toMatchObject({ code: 0 })
      expect(await store.rows("select * from renewals where account = 'early'")).toEqual([])
      await close()
    })

    test('one that is killed between the answer and its being kept is named at once, and a new consent heals it', async () => {
      const between: Between = {}
      const first = await consented('late', between)
      const child = started('late')
      between.after = (caller) => {
        between.after = () => undefined
        child.kill('SIGKILL')
        return closed(caller)
      }
      await once(child, 'close')
      const { code, said } = await run('late')
      expect(code).toBe(78)
      expect(said).toMatch(new RegExp(`account "late" is lost.*renewal that .*:${child.pid}:.* was cut off`))
      expect(await showAccount(store, 'late')).toMatchObject({
        outcome: 'configuration',
        error: expect.stringContaining('is lost'),
      })
      await first.close()
      const second = await consented('late')
      expect(await run('late')).toMatchObject({ code: 0 })
      expect(await store.rows("select * from renewals where account = 'late'")).toEqual([])
      await second.close()
    })

    test('killed at any moment around the answer, it goes on, or is named', async () => {
      const ends: string[] = []
      for (const after of [2, 25]) {
        const between: Between = {}
        const { close } = await consented(`around-${after}`, between)
        const child = started(`around-${after}`)
        between.after = () => void setTimeout(() => child.kill('SIGKILL'), after)
        await once(child, 'close')
        between.after = () => undefined
        const { code, said } = await run(`around-${after}`)
        expect([0, 78], said).toContain(code)
        if (code === 78) expect(said).toMatch(/is lost.*was cut off/)
        ends.push(String(code))
        await close()
      }
      expect(ends).toHaveLength(2)
    })

    if (kind === 'SQLite') return
    test('a store that is away when the answer comes has it all the same, once it is there again', async () => {
      const between: Between = {}
      const { asked, close } = await consented('away', between)
      const door = await openDoor()
      door.leadTo(place.address)
      let isShut = false
      between.after = () => {
        door.leadTo(undefined)
        door.cut()
        isShut = true
        // Longer than the first attempts.
        setTimeout(() => door.leadTo(place.address), 1000)
      }
      const address = new URL(place.address)
      address.port = new URL(door.url).port
      const through = { ...environment(), ZENDESK_HUB_STORE: address.href }
      expect(await ranIn(through, ['run', 'away', '--lease', '60'])).toMatchObject({ code: 0 })
      expect(isShut).toBe(true)
      expect(asked()).toBe(1)
      door.close()
      await close()
    })
  })
})
