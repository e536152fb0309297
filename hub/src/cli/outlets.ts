// `--to` of `listen`: a warehouse, lines, or a queue.
import { join } from 'node:path'
import type { Connection } from '../config/connection.ts'
import { HubError } from '../errors.ts'
import { type Channel, readStates } from '../live/channel.ts'
import { lineChannel } from '../live/line-channel.ts'
import { type Outlet, warehouseOutlet } from '../live/outlet.ts'
import { queueOutlet } from '../live/queue-outlet.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import type { Plan } from '../sync/sync.ts'
import type { Row } from '../table/batch.ts'
import { openWarehouse } from './destination.ts'
import type { Program } from './program.ts'

const MOST = { rows: 50_000, milliseconds: 30_000 }

export interface OpenOutlet {
  readonly connection: Connection
  readonly source: LiveSource
  readonly plan: Plan
  readonly report: (message: SourceMessage) => void
  /** Where the states of a queue are kept. */
  readonly folder: string
  readonly values: { readonly state?: string | undefined }
}

/** Opens what takes the records. Throws a HubError. */
export async function openOutlet(
  program: Program,
  { connection, source, plan, report, folder, values }: OpenOutlet,
): Promise<Outlet & { close(): Promise<void> }> {
  const { to, schema, deleted, contracts } = connection
  const channel = await channelTo(to, folder, { program, state: values.state })
  if (channel !== undefined) {
    const outlet = queueOutlet(source, channel, plan, { report, signal: program.signal })
    return { ...outlet, close: channel.close }
  }
  const warehouse = await openWarehouse({ to, schema }, program)
  const options = { deleted, contracts, most: MOST, report }
  return { ...warehouseOutlet(source, warehouse, plan, options), close: warehouse.close }
}

async function channelTo(
  to: string,
  folder: string,
  { program, state }: { program: Program; state: string | undefined },
): Promise<Channel | undefined> {
  if (to === 'stdout') return lineChannel(program.write, state === undefined ? undefined : stateIn(state))
  if (state !== undefined)
    throw new HubError('--state is for --to stdout only: with other destinations the hub keeps the state itself.')
  const states = join(folder, 'states.json')
  if (/^(nats|tls|wss?):/.test(to)) return await (await import('../live/nats-channel.ts')).natsChannel(to, states)
  if (/^kafkas?:/.test(to)) return await (await import('../live/kafka-channel.ts')).kafkaChannel(to, states)
  return undefined
}

/** A STATE line, or its value. */
function stateIn(path: string): Row {
  const found: Row | undefined = readStates(path)
  if (found === undefined) throw new HubError(`${path} does not exist. For a first run, leave --state out.`)
  return found['type'] === 'STATE' ? ((found['value'] ?? {}) as Row) : found
}
