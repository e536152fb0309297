// Loads what a source says, so that tables and states agree at any moment: each transaction brings rows together with the
// state that covers them.
import { passed } from '../clock.ts'
import { HubError, messageOf } from '../errors.ts'
import { shortName } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { type Applied, applyAppend, applyHistory, applyMerge, applyReplace, sweep } from './apply.ts'
import { beginSync, endSync, type Kept, noteStream, noteSwept, type Status, storeState, type Tally } from './books.ts'
import { type Cascade, openCascade } from './cascade.ts'
import { openHeld } from './held.ts'
import { type Known, readKnown } from './known.ts'
import { createStaging, type Staging } from './staging.ts'
import { type Contracts, type Deleted, type LoadedStream, prepareTarget } from './target.ts'
import { keepVersions } from './versions.ts'
import { makeViews } from './views.ts'

/** What a source says, as far as it matters here. */
export type LoadMessage =
  | {
      readonly kind: 'records'
      readonly stream: string
      readonly records: readonly Readonly<Record<string, unknown>>[]
      readonly deletedAt?: readonly (string | undefined)[]
    }
  | { readonly kind: 'checkpoint'; readonly stream: string; readonly state: Readonly<Record<string, unknown>> }
  | { readonly kind: 'status'; readonly stream: string; readonly status: string }
  | { readonly kind: 'error'; readonly stream?: string; readonly error: unknown }
  | { readonly kind: 'waiting' | 'estimate' | 'log' }

export interface LoadOptions {
  readonly deleted: Deleted
  readonly contracts: Contracts
  /** A transaction ends once so many rows wait, or so many milliseconds have passed; states end it only then. */
  readonly most: { readonly rows: number; readonly milliseconds: number }
  /** How many requests a stream has taken until now; left out: that is not known. */
  readonly requestsOf?: (stream: string) => number
  /** Called after each commit: rows and states up to here are safe. */
  readonly onCommit?: () => Promise<void>
}

/** A transaction ends once rows that are held in memory take so many bytes, however few they are: texts may be long. */
const MOST_BYTES = 32 * 2 ** 20

/** A stream while it is loaded. */
interface Loading {
  readonly stream: LoadedStream
  readonly staging: Staging
  readonly tally: Tally
  readonly startedAt: number
  readonly sinceSync: number
  /** The last state, and the last row that it covers. */
  covered: { state: Kept['state']; upTo: number } | undefined
  isComplete: boolean
}

export interface Load {
  readonly syncId: number
  /** Streams whose tables cannot be made as they have to be: they are not to be read. By name, why. */
  readonly refused: ReadonlyMap<string, string>
  readonly tallies: () => ReadonlyMap<string, Tally>
  /** Makes the table of a stream. `kept`: how far it has come. */
  add(stream: LoadedStream, kept: Kept | undefined): Promise<void>
  take(message: LoadMessage): Promise<void>
  /** Commits what is whole and ends the sync: with what the source threw, if it did. Resolves to how it went. */
  end(error?: unknown): Promise<Status>
}

/** Begins a sync. Streams are added to it before anything is taken of them. */
export async function openLoad(warehouse: Warehouse, options: LoadOptions): Promise<Load> {
  const syncId = await beginSync(warehouse)
  const known = await readKnown(warehouse)
  const loading = new Map<string, Loading>()
  const refused = new Map<string, string>()
  const commit = createCommit(warehouse, { syncId, loading, options, known })
  return {
    syncId,
    refused,
    tallies: () => new Map([...loading].map(([name, { tally }]) => [name, tally])),
    async add(stream, kept) {
      const twin = known.twinOf(stream.name, loading.keys())
      const started =
        twin === undefined
          ? await begin(warehouse, stream, kept, { ...options, syncId, known })
          : `Streams "${twin}" and "${stream.name}" differ in upper and lower case only, and would have one table.`
      if (typeof started === 'string') refused.set(stream.name, started)
      else loading.set(stream.name, started)
    },
    async take(message) {
      note(message, loading)
      if (message.kind === 'records')
        await asked(loading, message.stream).staging.take(message.records, message.deletedAt)
      await commit.ifDue()
    },
    async end(error) {
      await warehouse.beforeLast?.()
      await commit.now()
      const failed = error ?? [...loading.values()].find(({ tally }) => tally.error !== undefined)?.tally.error
      const status = await finish(warehouse, { syncId, loading, refused, options, error: failed })
      await warehouse.tidy()
      return status
    },
  }
}

async function begin(
  warehouse: Warehouse,
  stream: LoadedStream,
  kept: Kept | undefined,
  { syncId, contracts, known }: LoadOptions & { readonly syncId: number; readonly known: Known },
): Promise<Loading | string> {
  try {
    const isThere = known.columnsOf(shortName(stream.name)).length > 0
    const before = isThere ? known.modeOf(stream.name) : undefined
    if ((before === 'append' || before === 'history') && stream.mode !== before && stream.mode !== 'replace')
      throw new HubError(
        `Stream "${stream.name}" was loaded in mode "${before}", and its table has several rows of a key: mode "${stream.mode}" needs a table of its own. Take another schema, or drop the table and reset the stream.`,
      )
    const target = await prepareTarget(warehouse, stream, { contracts, syncId, known })
    await makeViews(warehouse, target, known)
    return {
      stream,
      staging: createStaging(warehouse, target, await openHeld(warehouse, target, { syncId, known })),
      tally: { rows: 0, deletions: 0, misfits: 0, status: 'running' },
      startedAt: passed(),
      sinceSync: kept?.state === undefined ? syncId : kept.sinceSync,
      covered: undefined,
      isComplete: false,
    }
  } catch (error) {
    if (error instanceof HubError) return error.message
    throw error
  }
}

function asked(loading: ReadonlyMap<string, Loading>, stream: string): Loading {
  const found = loading.get(stream)
  if (!found) throw new HubError(`The source wrote a record of "${stream}", which was not requested.`)
  return found
}

/** Counts a message, and notes what it says of its stream. */
function note(message: LoadMessage, loading: ReadonlyMap<string, Loading>): void {
  if (message.kind === 'records') {
    const { tally } = asked(loading, message.stream)
    const deletions = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
    tally.rows += message.records.length - deletions
    tally.deletions += deletions
  } else if (message.kind === 'checkpoint') {
    const one = loading.get(message.stream)
    if (one) one.covered = { state: message.state, upTo: one.staging.taken() }
  } else if (message.kind === 'status') {
    const one = loading.get(message.stream)
    if (one && message.status === 'complete') one.isComplete = true
  } else if (message.kind === 'error' && message.stream !== undefined) {
    const one = loading.get(message.stream)
    if (one) one.tally.error = messageOf(message.error)
  }
}

interface Work {
  readonly syncId: number
  readonly loading: ReadonlyMap<string, Loading>
  readonly options: LoadOptions
  readonly known: Known
}

function createCommit(warehouse: Warehouse, { syncId, loading, options, known }: Work) {
  let last = passed()
  let follow: { readonly streams: number; readonly cascade: Cascade } | undefined
  const cascadeNow = (): Cascade => {
    if (follow?.streams !== loading.size) {
      const targets = new Map([...loading].map(([name, { staging }]) => [name, staging.target]))
      follow = { streams: loading.size, cascade: openCascade(warehouse, { ...options, targets, known }) }
    }
    return follow.cascade
  }
  const commit = async (): Promise<void> => {
    last = passed()
    const due: { one: Loading; upTo: number }[] = []
    for (const one of loading.values()) {
      if (one.tally.status !== 'running') continue
      const settled = await one.staging.settle()
      const upTo = reach(one, settled)
      if (upTo !== undefined) due.push({ one, upTo })
    }
    if (due.length === 0) return
    const cascade = cascadeNow()
    await warehouse.atOnce(async () => {
      for (const { one, upTo } of due) await applyStream(warehouse, { one, upTo, syncId, cascade, options })
    })
    for (const { one, upTo } of due) {
      await one.staging.clear(upTo)
      one.covered = undefined
      if (one.isComplete) one.tally.status = 'complete'
    }
    await options.onCommit?.()
  }
  return {
    now: commit,
    async ifDue(): Promise<void> {
      let [rows, bytes] = [0, 0]
      for (const { staging } of loading.values()) {
        rows += staging.waiting().rows
        bytes += staging.held?.bytes() ?? 0
      }
      const { most } = options
      if (rows >= most.rows || bytes >= MOST_BYTES || passed() - last >= most.milliseconds) await commit()
    },
  }
}

/**
 * Up to which row a stream can be applied now; undefined: there is nothing to do. By key all that came may be: it may come
 * again. Where each row counts, none goes without the state that covers it; and what replaces a table does so whole.
 */
function reach({ stream, covered, isComplete, staging }: Loading, settled: number): number | undefined {
  if (isComplete) return settled
  if (stream.mode === 'merge') return covered || staging.waiting().rows > 0 ? settled : undefined
  if (stream.mode === 'replace' || stream.isWhole) return undefined
  return covered?.upTo
}

async function applyStream(
  warehouse: Warehouse,
  {
    one,
    upTo,
    syncId,
    cascade,
    options,
  }: Omit<Work, 'loading' | 'known'> & { one: Loading; upTo: number; cascade: Cascade },
): Promise<void> {
  const { stream, staging, tally, covered, isComplete, sinceSync } = one
  const { held } = staging
  const { rows, staged, deletions } = staging.waiting()
  const applied: Applied = { warehouse, staging, syncId, deleted: options.deleted, upTo }
  const isStaged = staged > 0
  tally.misfits = staging.misfits()
  tally.requests = options.requestsOf?.(stream.name)
  if (held && held.rows() > 0) await held.apply(cascade)
  const arriving = { stream: stream.name, staged: staging.place, hasDeletions: deletions > 0, syncId }
  if (isStaged && (stream.mode === 'merge' || stream.mode === 'history')) await cascade(arriving)
  if (stream.mode === 'merge' && isStaged) await applyMerge(applied)
  if (stream.mode === 'append' && isStaged) {
    await applyAppend(applied)
    await cascade(arriving)
  }
  if (stream.mode === 'replace') await applyReplace(applied, isStaged)
  if (stream.mode === 'history') await applyHistory(applied, isStaged, stream.isWhole)
  if (rows > 0) await keepVersions(warehouse, staging.target, syncId)
  if (covered && !stream.isWhole) await storeState(warehouse, stream.name, { state: covered.state, sinceSync }, syncId)
  if (!isComplete) return
  if (stream.mode === 'merge' && sinceSync > 0) {
    await sweep(applied, staging.target, sinceSync)
    await noteSwept(warehouse, stream.name)
  }
  const seconds = (passed() - one.startedAt) / 1000
  const done: Tally = { ...tally, status: 'complete' }
  const { table } = staging.target
  await noteStream(warehouse, { syncId, stream: stream.name, table, mode: stream.mode, seconds, tally: done })
}

/** Writes down how each stream ended that did not come to its end, and the sync. */
async function finish(
  warehouse: Warehouse,
  {
    syncId,
    loading,
    refused,
    options,
    error,
  }: Omit<Work, 'known'> & { readonly refused: Load['refused']; readonly error: unknown },
): Promise<Status> {
  for (const [stream, { tally, startedAt, staging, stream: asked }] of loading) {
    if (tally.status === 'complete') continue
    tally.status = 'incomplete'
    tally.requests = options.requestsOf?.(stream)
    const seconds = (passed() - startedAt) / 1000
    await noteStream(warehouse, { syncId, stream, table: staging.target.table, mode: asked.mode, seconds, tally })
  }
  for (const [stream, reason] of refused) {
    const tally: Tally = { rows: 0, deletions: 0, misfits: 0, status: 'failed', error: reason }
    await noteStream(warehouse, { syncId, stream, table: shortName(stream), mode: 'refused', seconds: 0, tally })
  }
  const tallies = [...loading.values()].map(({ tally }) => tally)
  const isWhole = refused.size === 0 && tallies.every(({ status }) => status === 'complete')
  const status = isWhole && error === undefined ? 'complete' : 'incomplete'
  const reason = error === undefined ? [...refused.values()][0] : messageOf(error)
  await endSync(warehouse, syncId, { status, error: reason, tallies })
  return status
}
