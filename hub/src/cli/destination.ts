// `--to`: which warehouse, and how it is opened.
import { totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { passed } from '../clock.ts'
import { HubError, InUse } from '../errors.ts'
import type { LeaseNumber } from '../warehouse/postgres/schema-lock.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

export interface Destination {
  /** `duckdb:PATH`, or the address of a PostgreSQL server. */
  readonly to: string
  /** Left out: `main` of DuckDB, `zendesk` of PostgreSQL. */
  readonly schema?: string | undefined
}

export interface OpenOptions {
  readonly readOnly?: boolean
  /** Gets a sentence if another program has the file open. */
  readonly say: (text: string) => void
  readonly signal: AbortSignal
  /** This process, as others see it. */
  readonly processId: number
  /** How long to wait until the file is free, in milliseconds. */
  readonly patience?: number
  /** The lease of the account that is loaded, in a fleet. */
  readonly lease?: LeaseNumber | undefined
}

/** Opens the warehouse. Throws a HubError that says what to do. */
export async function openWarehouse({ to, schema }: Destination, options: OpenOptions): Promise<Warehouse> {
  const readOnly = options.readOnly ?? false
  if (/^postgres(ql)?:/.test(to)) {
    const { openPostgres } = await import('../warehouse/postgres/open.ts')
    return await openPostgres({ url: to, schema: schema ?? 'zendesk', readOnly, lease: options.lease })
  }
  const path = fileOf(to)
  const { openDuckdb, FileInUse } = await import('../warehouse/duckdb/open.ts')
  const { claim, isClaimed } = await import('../warehouse/duckdb/claim.ts')
  const until = passed() + (options.patience ?? 60_000)
  for (let isTold = false; ; isTold = true) {
    try {
      const warehouse = await openDuckdb({ path, schema: schema ?? 'main', memory: memory(), readOnly })
      if (readOnly) return warehouse
      const release = await claim(path, options.processId)
      return {
        ...warehouse,
        async close() {
          await warehouse.close()
          await release()
        },
      }
    } catch (error) {
      if (!(error instanceof FileInUse)) throw error
      if (await isClaimed(path, error.processId))
        throw new InUse(
          `Another zendesk-hub (process ${error.processId}) is loading into ${path}. ${options.lease === undefined ? 'This one stops.' : HUNG}`,
        )
      if (passed() >= until)
        throw new HubError(`${error.message} Close the file there, or let that program read a copy: see --publish.`)
      if (!isTold) options.say(`${error.message} Waiting until it is free …\n`)
      await pause(500, undefined, { signal: options.signal })
    }
  }
}

/** A file is its process's own, so that nobody else can take it away. */
const HUNG = 'It has lost the lease of the account. If it hangs, end it; the next run continues.'

/** The path in `duckdb:PATH`. */
export function fileOf(to: string): string {
  const [, path] = /^duckdb:(?:\/\/)?(.+)$/.exec(to) ?? []
  if (path === undefined)
    throw new HubError(`"${to}" is not a destination. Write duckdb:PATH or postgres://user:password@host/database.`)
  return path
}

/** A quarter of the machine's memory, at most 250 MB: a first load of 200,000 tickets uses that, and more hardly makes it faster. */
const memory = (): string => `${Math.min(250, Math.floor(totalmem() / 4 / 2 ** 20))}MB`
