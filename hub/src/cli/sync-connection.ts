// One sync of one connection, from its configuration to its summary.
import { rename } from 'node:fs/promises'
import { type Connection, streamsFor } from '../config/connection.ts'
import { refreshModels } from '../models/make.ts'
import { openAccount } from '../source/account.ts'
import type { SourceCosts, SourceMessage } from '../source/source.ts'
import { type SyncResult, sync } from '../sync/sync.ts'
import { fileOf, openWarehouse } from './destination.ts'
import type { Program } from './program.ts'
import { createProgress } from './progress.ts'
import { tokensOf } from './tokens.ts'

/** Rows and milliseconds after which a transaction ends. More rows take more memory, and more to read again after a crash; they cost no less. */
const MOST = { rows: 20_000, milliseconds: 30_000 }

/** Who watches a sync. */
export interface SyncWatcher {
  /** Takes what is said, before it is loaded. */
  take(message: SourceMessage): void
  /** Given once the account is open: what reading has cost at any time. */
  costs(now: () => SourceCosts): void
}

/** Syncs, and publishes what was loaded. Throws what opening and loading throw. */
export async function syncConnection(
  program: Program,
  connection: Connection,
  most: Partial<typeof MOST> = {},
  watcher?: SyncWatcher,
): Promise<SyncResult> {
  const { source, to, schema, streams, capability, mode, modes, columns, deleted, contracts, publish } = connection
  const warehouse = await openWarehouse({ to, schema }, program)
  const progress = createProgress(program)
  try {
    const report = (message: SourceMessage): void => {
      progress.take(message)
      watcher?.take(message)
    }
    const account = await openAccount(source, {
      signal: program.signal,
      report: (message) => report(message as SourceMessage),
      environment: program.environment,
      ...tokensOf(connection, program.environment),
    })
    watcher?.costs(account.costs)
    const plan = { streams, among: streamsFor(capability), mode, modeOf: modes, columnsOf: columns }
    const result = await sync(account, warehouse, plan, { deleted, contracts, most: { ...MOST, ...most }, report })
    await refreshModels(warehouse)
    return result
  } finally {
    progress.end()
    await warehouse.close()
    if (publish !== undefined) {
      const { publishDuckdb } = await import('../warehouse/duckdb/publish.ts')
      await publishDuckdb(fileOf(to), publish, rename)
    }
  }
}
