// `--store`: the store of a fleet.
import { HubError } from '../errors.ts'
import { openStore, type Store } from '../store/open.ts'
import type { Program } from './program.ts'

export const STORE_VARIABLE = 'ZENDESK_HUB_STORE'

export const STORE_HELP = `  --store ADDRESS      sqlite:PATH for one machine, or postgres://user:password@host:5432/database for many
                       (${STORE_VARIABLE}). Its secrets are encrypted: ZENDESK_HUB_KEY is the key, the same on all machines
`

/** The store that a flag or the environment names, open; undefined if neither does. Throws a HubError. */
export async function storeIfAny(
  { environment }: Pick<Program, 'environment'>,
  address: string | undefined,
): Promise<Store | undefined> {
  const named = address ?? environment[STORE_VARIABLE]
  return named === undefined || named === '' ? undefined : await openStore(named, environment)
}

/** Opens the store that a flag or the environment names, and closes it after the work. Throws a HubError. */
export async function withStore<Result>(
  program: Pick<Program, 'environment'>,
  address: string | undefined,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await storeIfAny(program, address)
  if (store === undefined)
    throw new HubError(`Say which store: --store sqlite:fleet.sqlite or postgres://…, or set ${STORE_VARIABLE}.`)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
