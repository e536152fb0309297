// Everything at once, for one account. SOAK=40 npx vitest run test/e2e/soak.test.ts tries more of them, SOAK_FROM=100 others.
import { expect, test } from 'vitest'
import { configFor, connect, openSandbox } from '../support/account.ts'
import { differencesButAverted } from '../support/averted-breaches.ts'

const from = Number(process.env['SOAK_FROM'] ?? 1)
const seeds = Array.from({ length: Number(process.env['SOAK'] ?? 1) }, (_, index) => from + index)

/** How many changes an account sees in one sync. */
const MOST_CHANGES = 90

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
    let changes = 0
    const alive = (): void => {
      // No more than people do: an account that loses a tenth of a list within a sync is asked about, as it should be.
      if (++lines % 120 > 0 || changes >= MOST_CHANGES) return
      sandbox.account.changeAtRandom(3, lines + seed)
      sandbox.account.advance(15)
      changes += 3
    }
    let guarded = 0
    let asked = config
    for (let sync = 0; sync < 6; sync++) {
      const killAt = sync % 2 === seed % 2 ? 300 * (sync + 1) + 37 * (seed % 20) : undefined
      changes = 0
      const { exitCode, errors } = await connection.sync(alive, asked, { killAt })
      const isGuarded = errors.some(({ message }) => message.includes('set "max_deletions_percent" to'))
      if (isGuarded) guarded++
      else expect([0, 'SIGKILL'], JSON.stringify(errors)).toContain(exitCode)
      // So small an account may lose a tenth of a list all the same: then its people do once what the message says.
      asked = isGuarded ? { ...config, max_deletions_percent: 100 } : config
      if (seed % 3 === 0) {
        sandbox.account.changeAtRandom(20, seed * 7 + sync)
        sandbox.account.advance(3600)
      }
    }
    expect(guarded, 'syncs that asked whether so many deletions are right').toBeLessThan(2)
    sandbox.account.advance(7200)
    for (let more = 0; more < 20; more++) {
      expect((await connection.sync(undefined, asked)).errors).toEqual([])
      asked = config
      if (!connection.looksBack()) break
    }
    // What no list tells comes to light when everything is compared.
    sandbox.account.advance(byList ? 8 * 86_400 : 0)
    expect((await connection.sync()).errors).toEqual([])
    const how = { byList, reconciled: byList }
    expect(byList ? differencesButAverted(connection, how) : connection.differences(how)).toEqual({})
  },
)
