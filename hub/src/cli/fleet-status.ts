// `zendesk-hub status --store`: how the accounts of a fleet fare.
import { HubError } from '../errors.ts'
import { listAccounts } from '../store/accounts.ts'
import { listRuns, type Run } from '../store/runs.ts'
import { listStates, resetsOf } from '../store/states.ts'
import { accountTable, shown } from './accounts.ts'
import type { Program } from './program.ts'
import { withStore } from './store-flags.ts'

/** Prints it, of all accounts or of those that are named. Resolves to 0 if none has failures. */
export const fleetStatus = (
  program: Program,
  address: string | undefined,
  named: readonly string[],
  isJson: boolean,
): Promise<number> =>
  withStore(program, address, async (store) => {
    const all = await listAccounts(store)
    const missing = named.find((id) => !all.some((one) => one.id === id))
    if (missing !== undefined) throw new HubError(`There is no account "${missing}" in ${store.name}.`)
    const found = all.filter(({ id }) => named.length === 0 || named.includes(id))
    if (!isJson) program.write(accountTable(found))
    else {
      const accounts: object[] = []
      for (const one of found) {
        if (named.length === 0) accounts.push(shown(one))
        else {
          const runs = (await listRuns(store, { account: one.id, most: 20 })).map(runShown)
          const streams = (await listStates(store, one.id)).map(({ stream, storedAt }) => ({
            stream,
            storedAt: new Date(storedAt).toISOString(),
          }))
          const resets = [...(await resetsOf(store, one.id)).keys()]
          accounts.push({ ...shown(one), runs, streams, resets })
        }
      }
      program.write(`${JSON.stringify({ accounts })}\n`)
    }
    return found.every(({ failures }) => failures === 0) ? 0 : 1
  })

const runShown = ({ beganAt, endedAt, ...run }: Run): object => ({
  ...run,
  beganAt: new Date(beganAt).toISOString(),
  endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
})
