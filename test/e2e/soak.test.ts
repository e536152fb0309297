// Everything at once, for one account. SOAK=40 npx vitest run test/e2e/soak.test.ts tries more of them, SOAK_FROM=100 others.
import { expect, test } from 'vitest'
import { configFor, connect, openSandbox } from '../support/account.ts'

const from = Number(process.env['SOAK_FROM'] ?? 1)
const seeds = Array.from({ length: Number(process.env['SOAK'] ?? 1) }, (_, index) => from + index)

test.each(seeds)(
  'account %i changes while it is read, over a bad network, by a process that is killed: in the end every row is right',
  async (seed) => {
    const exportPageSize = [20, 50, 100, 1000][seed % 4]!
    const sandbox = await openSandbox({ tickets: 200 + 30 * (seed % 10), seed, exportPageSize })
    // Every fourth is read from lists, as if the exports were closed.
    const byList = seed % 4 === 0
    const config = configFor(sandbox, byList ? { reader: 'list' } : {})
    const connection = await connect(sandbox, { config })
    sandbox.faults.random({ rate: 0.03, kinds: ['reset', 'truncate', 'html', { kind: 'status', status: 502 }], seed })
    let lines = 0
    const alive = (): void => {
      if (++lines % 120 > 0) return
      sandbox.account.changeAtRandom(3, lines + seed)
      sandbox.account.advance(15)
    }
    for (let sync = 0; sync < 6; sync++) {
      const killAt = sync % 2 === seed % 2 ? 300 * (sync + 1) + 37 * (seed % 20) : undefined
      const { exitCode, errors } = await connection.sync(alive, config, { killAt })
      expect([0, 'SIGKILL'], JSON.stringify(errors)).toContain(exitCode)
      if (seed % 3 === 0) {
        sandbox.account.changeAtRandom(20, seed * 7 + sync)
        sandbox.account.advance(3600)
      }
    }
    sandbox.account.advance(7200)
    for (let more = 0; more < 20; more++) {
      expect((await connection.sync()).errors).toEqual([])
      if (!connection.looksBack()) break
    }
    // What no list tells comes to light when everything is compared.
    sandbox.account.advance(byList ? 8 * 86_400 : 0)
    expect((await connection.sync()).errors).toEqual([])
    expect(connection.differences({ byList, reconciled: byList })).toEqual({})
  },
  180_000,
)
