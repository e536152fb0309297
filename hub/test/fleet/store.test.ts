// The store of a fleet, in both databases.
import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  listAccounts,
  pauseAccount,
  putAccounts,
  readAccount,
  removeAccount,
  showAccount,
} from '../../src/store/accounts.ts'
import { StoreAway } from '../../src/store/database.ts'
import { holderOf, LeaseLost, prolongLease, releaseLease, takeLease } from '../../src/store/leases.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { beginRun, endRun, listRuns, noteProgress } from '../../src/store/runs.ts'
import { askForReset, listStates, resetsOf, settleResets, storeStates } from '../../src/store/states.ts'
import { newKey, STORES, type TestStore } from '../support/stores.ts'
import { toldTime } from '../support/timed.ts'

const account = (id: string, secret = 'hush') => ({
  id,
  connection: { source: { subdomain: id, credentials: { api_token: secret } }, to: 'duckdb:x' },
  subdomain: id,
  destination: 'duckdb:x',
  schedule: 'every 1h',
})

describe.each(STORES)('%s', (kind, make, skip) => {
  describe.skipIf(skip)('', () => {
    let place: TestStore
    let store: Store
    beforeAll(async () => {
      place = await make()
      store = await openStore(place.address, place.environment)
    })
    afterAll(async () => {
      await store.close()
      await place.remove()
    })

    test('an id can stand in names of tasks, files and addresses, or is refused', async () => {
      for (const id of ['', '.', '..', '-x', '.hidden', 'a/b', 'a b', 'a\n', 'ä', 'x'.repeat(101)])
        await expect(putAccounts(store, [account(id)]), id).rejects.toThrow('cannot be the id of an account')
    })

    test('ten open a new store at once, and all find the same tables', async () => {
      const other = await make()
      const all = await Promise.all(Array.from({ length: 10 }, () => openStore(other.address, other.environment)))
      await putAccounts(all[0]!, [account('one')])
      for (const one of all) expect((await listAccounts(one)).map(({ id }) => id)).toEqual(['one'])
      await Promise.all(all.map((one) => one.close()))
      await other.remove()
    })

    test('what is secret is sealed, opens with the key alone, and only where it was kept', async () => {
      await putAccounts(store, [account('sealed', 'sesame-open'), account('other')])
      expect((await readAccount(store, 'sealed')).connection).toEqual(account('sealed', 'sesame-open').connection)
      const [row] = await store.rows("select connection from accounts where id = 'sealed'")
      expect(String(row?.['connection'])).not.toContain('sesame')
      expect(JSON.stringify(await listAccounts(store))).not.toContain('sesame')
      const stranger = await openStore(place.address, { ZENDESK_HUB_KEY: newKey() })
      await expect(readAccount(stranger, 'sealed')).rejects.toThrow(/was encrypted with the key/)
      await store.rows("update accounts set connection = $1 where id = 'other'", [String(row?.['connection'])])
      await expect(readAccount(store, 'other')).rejects.toThrow(/was changed on the disk/)
      await stranger.close()
      if (place.file) expect(statSync(place.file).mode & 0o777).toBe(0o600)
    })

    /** However long its lease was: it ended. */
    const endLease = (id: string) => store.rows('update leases set held_until = 0 where account = $1', [id])

    test('of 20 who want a lease one gets it; its number grows, and a former holder can keep nothing', async () => {
      await putAccounts(store, [account('leased')])
      const wishes = Array.from({ length: 20 }, (_, nth) => takeLease(store, 'leased', `worker ${nth}`, 600_000))
      const given = (await Promise.all(wishes)).filter((lease) => lease !== undefined)
      expect(given).toHaveLength(1)
      const [first] = given
      expect(await holderOf(store, 'leased')).toMatchObject({ holder: first!.holder })
      expect((await showAccount(store, 'leased')).holder).toBe(first!.holder)
      await endLease('leased')
      const second = await takeLease(store, 'leased', 'the next', 600_000)
      expect(second!.fence).toBeGreaterThan(first!.fence)
      await expect(prolongLease(store, first!, 1000)).rejects.toThrow(LeaseLost)
      await expect(storeStates(store, first!, new Map([['tickets', { at: 1 }]]), 1000)).rejects.toThrow(LeaseLost)
      await releaseLease(store, first!)
      expect(await holderOf(store, 'leased')).toMatchObject({ holder: 'the next' })
      await storeStates(store, second!, new Map([['tickets', { at: 2 }]]), 600_000)
      expect(await listStates(store, 'leased')).toMatchObject([
        { stream: 'tickets', state: { at: 2 }, fence: second!.fence },
      ])
      await releaseLease(store, second!)
      expect(await holderOf(store, 'leased')).toBeUndefined()
    })

    // A store in a file is used by one machine, where a process that hangs can be ended.
    test.runIf(kind === 'PostgreSQL')(
      'a process that hangs within a transaction keeps others from its account for seconds, and its connection is lost',
      async () => {
        const hanging = await openStore(place.address, place.environment)
        await takeLease(hanging, 'stuck', 'one that hangs', 0)
        const [stopped, woken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        const hung = hanging.atOnce(async ({ rows }) => {
          await rows("update leases set held_until = held_until where account = 'stuck'")
          stopped.resolve()
          await woken.promise
          await rows('select 1')
        })
        await stopped.promise
        expect(await takeLease(store, 'stuck', 'the next', 1000)).toMatchObject({ fence: 2 })
        woken.resolve()
        await expect(hung).rejects.toThrow(StoreAway)
        await hanging.close()
      },
    )

    test('runs are counted once, and one that ended without a word is lost', async () => {
      await putAccounts(store, [account('ran')])
      const end = { rows: 7, deletions: 1, commits: 2, waited: 1500, streams: [], error: undefined }
      const first = (await takeLease(store, 'ran', 'a', 600_000))!
      await beginRun(store, 'run 1', first)
      await noteProgress(store, 'run 1', { rows: 3, deletions: 0, commits: 1, waited: 0 })
      await endLease('ran')
      const second = (await takeLease(store, 'ran', 'b', 600_000))!
      await beginRun(store, 'run 2', second)
      await beginRun(store, 'run 2', second)
      await endRun(store, 'run 1', 'ran', { ...end, outcome: 'complete' })
      await endRun(store, 'run 2', 'ran', { ...end, outcome: 'failed', error: 'no' })
      await endRun(store, 'run 2', 'ran', { ...end, outcome: 'failed', error: 'no' })
      expect(await listRuns(store, { account: 'ran' })).toMatchObject([
        { id: 'run 2', outcome: 'failed', rows: 7, waited: 1500, error: 'no' },
        { id: 'run 1', outcome: 'lost', rows: 3 },
      ])
      const failing = { outcome: 'failed', failures: 1, error: 'no', runs: 1, rows: 7, tier: 'first', lastRun: 'run 2' }
      expect(await showAccount(store, 'ran')).toMatchObject(failing)
      await beginRun(store, 'run 3', second)
      await endRun(store, 'run 3', 'ran', { ...end, outcome: 'complete' })
      const healed = await showAccount(store, 'ran')
      expect(healed).toMatchObject({
        outcome: 'complete',
        failures: 0,
        error: undefined,
        runs: 2,
        rows: 14,
        tier: 'regular',
      })
      expect(healed.completeAt).toBe(healed.endedAt)
    })

    test('a reset waits for the next run, and what is asked for meanwhile for the one after', async () => {
      await putAccounts(store, [account('anew')])
      const lease = (await takeLease(store, 'anew', 'a', 600_000))!
      await storeStates(
        store,
        lease,
        new Map([
          ['users', { at: 1 }],
          ['tickets', { at: 1 }],
        ]),
        600_000,
      )
      await askForReset(store, 'anew', ['users'])
      const asked = await resetsOf(store, 'anew')
      await pause(3)
      await askForReset(store, 'anew', ['users'])
      await settleResets(store, 'anew', asked)
      expect((await listStates(store, 'anew')).map(({ stream }) => stream)).toEqual(['tickets'])
      expect([...(await resetsOf(store, 'anew')).keys()]).toEqual(['users'])
      await expect(askForReset(store, 'nobody', ['users'])).rejects.toThrow(/no account "nobody"/)
    })

    test('an account is paused, and removed with all that was kept of it', async () => {
      await putAccounts(store, [account('brief')])
      await pauseAccount(store, 'brief', true)
      expect(await showAccount(store, 'brief')).toMatchObject({ isPaused: true })
      await putAccounts(store, [account('brief')])
      expect(await showAccount(store, 'brief')).toMatchObject({ isPaused: true })
      const lease = (await takeLease(store, 'brief', 'a', 600_000))!
      await expect(removeAccount(store, 'brief')).rejects.toThrow(/is being synced by a/)
      await releaseLease(store, lease)
      await removeAccount(store, 'brief')
      await expect(showAccount(store, 'brief')).rejects.toThrow(/no account "brief"/)
    })

    test('5,000 accounts, with who has them, are listed by one statement', async () => {
      await putAccounts(
        store,
        Array.from({ length: 5000 }, (_, nth) => account(`many-${nth}`)),
      )
      for (let nth = 0; nth < 20; nth++) await takeLease(store, `many-${nth}`, 'a', 600_000)
      let statements = 0
      const counted: Store = {
        ...store,
        rows(...statement) {
          statements++
          return store.rows(...statement)
        },
      }
      const began = performance.now()
      const listed = await listAccounts(counted)
      toldTime(`${listed.length} accounts`, performance.now() - began, 200)
      expect(listed.filter(({ id }) => id.startsWith('many-'))).toHaveLength(5000)
      expect(listed.filter(({ id, holder }) => id.startsWith('many-') && holder === 'a')).toHaveLength(20)
      expect(statements).toBe(1)
    })
  })
})
