// Where records go: the tables of a warehouse, or a queue.
import type { LoadOptions } from '../load/load.ts'
import type { Source, SourceMessage } from '../source/source.ts'
import { type Plan, type SyncResult, sync } from '../sync/sync.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { type LiveStream, openWriter, type Write } from './write.ts'

export interface Outlet {
  /** An ordinary sync of all streams. Throws if the outlet cannot take it; what the source throws is in the result. */
  sweep(): Promise<SyncResult>
  /** Takes what events bring of these streams. To be asked for anew after each sweep, with its number. */
  writer(streams: readonly LiveStream[], syncId: number): Promise<Write>
}

export interface OutletOptions extends LoadOptions {
  readonly report: (message: SourceMessage) => void
}

/** The tables of a warehouse. */
export function warehouseOutlet(source: Source, warehouse: Warehouse, plan: Plan, options: OutletOptions): Outlet {
  const { deleted, contracts } = options
  return {
    sweep: () => sync(source, warehouse, plan, options),
    writer: (streams, syncId) => openWriter(warehouse, streams, { deleted, contracts, syncId }),
  }
}
