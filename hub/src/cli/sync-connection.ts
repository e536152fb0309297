// One sync of one connection, from its configuration to its summary.
import { rename } from 'node:fs/promises'
import type { ConnectorOptions } from 'zendesk-connector'
import { type Connection, streamsFor } from '../config/connection.ts'
import { refreshModels } from '../models/make.ts'
import { openAccount } from '../source/account.ts'
import type { SourceCosts, SourceMessage } from '../source/source.ts'
import { type SyncResult, sync } from '../sync/sync.ts'
import type { LeaseNumber } from '../warehouse/postgres/schema-lock.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { fileOf, openWarehouse } from './destination.ts'
import type { Program } from './program.ts'
import { createProgress } from './progress.ts'
import { tokensOf } from './tokens.ts'

/**
 * Rows and milliseconds after which a transaction ends. More rows take more memory, and more is read again after a crash; they are
 * not cheaper.
 */
const MOST = { rows: 20_000, milliseconds: 30_000 }

/** Who watches a sync. */
export interface SyncWatcher {
  /** Takes what is said, before it is loaded. */
  take(message: SourceMessage): void
  /** Given once the account is open: what reading has cost at any time. */
  costs(now: () => SourceCosts): void
}

/** What a sync has besides in a fleet. */
export interface SyncParts {
  readonly lease?: LeaseNumber
  /** What stands in the place of the warehouse that was opened. */
  readonly guard?: (warehouse: Warehouse) => Promise<Warehouse>
  readonly onCommit?: () => Promise<void>
  readonly account?: Pick<ConnectorOptions, 'tokensFile' | 'seal' | 'maxWait'>
}

/** Syncs, and publishes what was loaded. Throws what opening and loading throw. */
export async function syncConnection(
  program: Program,
  connection: Connection,
  most: Partial<typeof MOST> = {},
  watcher?: SyncWatcher,
  { lease, guard = async (warehouse) => warehouse, onCommit, account: more }: SyncParts = {},
): Promise<SyncResult> {
  const { source, to, schema, streams, capability, mode, modes, columns, deleted, contracts, publish } = connection
  const opened = await openWarehouse({ to, schema }, { ...program, lease })
  const progress = createProgress(program)
  try {
    const warehouse = await guard(opened)
    const report = (message: SourceMessage): void => {
      progress.take(message)
      watcher?.take(message)
    }
    const account = await openAccount(source, {
      signal: program.signal,
      report: (message) => report(message as SourceMessage),
      environment: program.environment,
      ...tokensOf(connection, program.environment),
      ...more,
    })
    watcher?.costs(account.costs)
    const plan = { streams, among: streamsFor(capability), mode, modeOf: modes, columnsOf: columns }
    const result = await sync(account, warehouse, plan, {
      deleted,
      contracts,
      most: { ...MOST, ...most },
      report,
      ...(onCommit && { onCommit }),
    })
    await refreshModels(warehouse)
    return result
  } finally {
    progress.end()
    await opened.close()
    if (publish !== undefined) {
      const { publishDuckdb } = await import('../warehouse/duckdb/publish.ts')
      await publishDuckdb(fileOf(to), publish, rename)
    }
  }
}
