import { join, resolve } from 'node:path'
import { customObjectKeys } from '../catalog/custom-objects.ts'
import { type WriteConfig, writeConfigFrom } from '../config/write-config.ts'
import { isObject } from '../config/written.ts'
import { orDiskError } from '../io/disk-error.ts'
import { openLedger } from '../io/ledger.ts'
import { createBucketRows, openBucket, type RejectedBucket } from '../io/rejected-bucket.ts'
import { createRejectedRows } from '../io/rejected-rows.ts'
import type { Call } from '../model/call.ts'
import { ConnectorError, messageOf } from '../model/errors.ts'
import { actionsIn } from '../model/row-counts.ts'
import type { CredentialSink, Runtime } from '../model/runtime.ts'
import type { AskedStream, OnState, RejectedRows, Writer, WriterInput } from '../model/writer.ts'
import type { FieldKind, PlannedChange, RejectedRow, RowCounts, Target } from '../model/writing.ts'
import { objectKeyOf } from '../objects/custom-object-records.ts'
import { objectNamed, objects, recordsOfObject } from '../objects/index.ts'
import { createJobs } from '../write/jobs.ts'
import { writeAll } from '../write/write-all.ts'
import { type AccountConnection, connectAccount } from './account-connection.ts'
import { audiencesOf, guardrailsOf } from './audiences.ts'
import { createEchoes } from './echoes.ts'
import { examineWriter } from './examine-writer.ts'
import { type AccountObject, operationsOf, withAccountFields, withFields } from './operations.ts'
import { redactedError } from './redacted-connector.ts'
import { connectSell } from './sell-connection.ts'
import { conflictsGiven, conflictsOf, mappingOf, targetOf } from './targets.ts'
import { opened, renamed, withNeededFields } from './write-inputs.ts'

type WriterLedger = ReturnType<typeof openLedger>

/** Batches are prepared while jobs are under way. */
const MORE_BATCHES = 3
/** How many differences a dry run shows. */
const SHOWN = 20

/** What takes the place of logs and files, for programs that show or keep it themselves. */
export interface WriterPlaces {
  /** Takes all that a dry run would do. */
  readonly onPlanned?: ((change: PlannedChange) => void) | undefined
  /** Keeps rejected rows, those of a dry run too. */
  readonly rejected?: RejectedRows | undefined
}

/** Connects configuration, account, objects and engine, for writing. Rejects with a ConnectorError for a bad configuration. */
export async function createWriter(given: unknown, runtime: Runtime, places: WriterPlaces = {}): Promise<Writer> {
  const config = writeConfigFrom(given, runtime.environment)
  const connection = await connectBoth(config, given, runtime)
  if (config.unknown.length > 0)
    connection.log('warn', `The configuration has unknown options, which are ignored: ${config.unknown.join(', ')}.`)
  const inAccount = new Map<string, Promise<AccountObject>>()
  const accountObject = (name: string): Promise<AccountObject> => {
    const known = inAccount.get(name) ?? withAccountFields(objectNamed(name)!, connection)
    inAccount.set(name, known)
    return known
  }
  let ledger: WriterLedger | undefined
  const cleared = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      throw redactedError(orDiskError(error, resolve(config.folder)), connection.redaction)
    }
  }
  const ledgerOf = (): WriterLedger => {
    ledger ??= ledgerIn(config)
    return ledger
  }
  const bucket = config.bucket && openBucket(config.bucket, connection.clock, runtime.signal)
  if (config.bucket) connection.redaction.sent(`Key ${config.bucket.secret_access_key}`, undefined)
  /** Where the rows of a stream go in this account. Rejects with a ConnectorError if they cannot be written. */
  const accountTarget = async (asked: AskedStream): Promise<{ target: Target; there: AccountObject }> => {
    const target: Target = { ...targetOf(asked, config), ...(asked.origin !== undefined && { origin: asked.origin }) }
    const there = isDueAtOnce(target, config) ? await accountObject(target.object.name) : withFields(target.object, [])
    const conflicts = conflictsOf(target, config, there)
    const mapping = mappingOf(asked.origin ?? asked.stream, config)
    const audiences = mapping?.audiences && audiencesOf(mapping, there, ledgerOf(), connection.log)
    return { target: { ...target, ...(conflicts && { conflicts }), ...(audiences && { audiences }) }, there }
  }
  const isEcho = createEchoes({ accountTarget, get: connection.get, ledger: ledgerOf })
  return {
    examine: () => cleared(() => examineWriter({ config, connection, ledger: ledgerOf(), bucket, accountObject })),
    operations: () =>
      cleared(async () => {
        const names = await namesIn(config, connection)
        const all = await Promise.all(names.map((name) => accountObject(name)))
        return all.flatMap((one) => operationsOf(one, config.allowed))
      }),
    write: (streams, inputs, onState) =>
      cleared(async () => {
        const [targets, used] = [new Map<string, Target>(), new Map<string, AccountObject>()]
        const open = async (asked: AskedStream): Promise<void> => {
          const { target, there } = await accountTarget(asked)
          used.set(target.object.name, there)
          targets.set(asked.stream, target)
          if (target.audiences)
            for (const sentence of guardrailsOf(asked.stream, target.object.name, target.audiences))
              connection.log('info', sentence)
        }
        for (const asked of streams) await open(asked)
        const rows = { targets, used, open, accountObject, ledger: ledgerOf(), bucket, signal: runtime.signal, places }
        return write({ config, connection, ...rows }, inputs, onState)
      }),
    isEcho: (asked, record) => cleared(() => isEcho(asked, record)),
    rejectedText: (address) =>
      cleared(() => {
        if (bucket) return bucket.text(address)
        throw new ConnectorError(
          `${address} is in a bucket: name the bucket in "object_storage_config".`,
          'config_error',
        )
      }),
    close: () => ledger?.close(),
  }
}

/** Whether an account's fields are read before the first row: what the configuration says of them is checked then. */
const isDueAtOnce = ({ stream, origin = stream, object }: Target, config: WriteConfig): boolean =>
  object.product === 'sell' ||
  objectKeyOf(object.name) !== undefined ||
  conflictsGiven(origin, config) !== undefined ||
  mappingOf(origin, config)?.audiences !== undefined

/** The account's connection; requests go to the product that they name. */
async function connectBoth(config: WriteConfig, given: unknown, runtime: Runtime): Promise<AccountConnection> {
  const sinks = sinksOfBoth(runtime.credentialSink, given)
  const account = await connectAccount(config.account, { ...runtime, credentialSink: sinks.ofAccount })
  const sell = await connectSell({
    sell: config.sell,
    written: isObject(given) && isObject(given['sell']) ? given['sell'] : {},
    connection: account,
    runtime: { ...runtime, credentialSink: sinks.ofSell },
  })
  const call: Call = (request) => (request.product === 'sell' ? sell(request) : account.call(request))
  return { ...account, call }
}

/** All that can be written to this account. */
async function namesIn({ sell }: WriteConfig, { get }: AccountConnection): Promise<readonly string[]> {
  const keys = await customObjectKeys(get)
  const own = typeof keys === 'string' ? [] : keys.map((key) => recordsOfObject(key).name)
  const usual = objects.filter(({ product }) => product !== 'sell' || sell !== undefined)
  return [...usual.map(({ name }) => name), ...own]
}

/** Renewed credentials of the account, and those of Sell, go back with all that the configuration holds by then. */
function sinksOfBoth(sink: CredentialSink, given: unknown): Record<'ofAccount' | 'ofSell', CredentialSink> {
  if (sink.in !== 'message' || !isObject(given)) return { ofAccount: sink, ofSell: sink }
  let whole = given
  const emit = (changed: object): Promise<void> => {
    whole = { ...whole, ...changed }
    return sink.emit(whole)
  }
  return { ofAccount: { in: 'message', emit }, ofSell: { in: 'message', emit: (sell) => emit({ sell }) } }
}

/** A dry run remembers nothing, and looks at what earlier runs remember. */
function ledgerIn({ folder }: WriteConfig): WriterLedger {
  const path = join(resolve(folder), 'ledger.sqlite')
  try {
    return openLedger(path)
  } catch (error) {
    throw new ConnectorError(
      `The ledger ${path} cannot be used (${messageOf(error)}). Choose another "folder", one that can be written.`,
      'config_error',
      { cause: error },
    )
  }
}

interface Write {
  readonly config: WriteConfig
  readonly connection: AccountConnection
  readonly targets: ReadonlyMap<string, Target>
  /** By object; the fields of an account are added once a row needs them. */
  readonly used: Map<string, AccountObject>
  /** Notes where the rows of a stream go. Rejects with a ConnectorError if they cannot be written. */
  readonly open: (asked: AskedStream) => Promise<void>
  readonly accountObject: (name: string) => Promise<AccountObject>
  readonly ledger: WriterLedger
  readonly bucket: RejectedBucket | undefined
  readonly signal: AbortSignal
  readonly places: WriterPlaces
}

async function write(
  { config, connection, targets, used, open, accountObject, ledger, bucket, signal, places }: Write,
  inputs: AsyncIterable<WriterInput>,
  onState: OnState,
): Promise<ReadonlyMap<string, RowCounts>> {
  const { call, log, clock } = connection
  const rejected =
    places.rejected ??
    (bucket
      ? createBucketRows(bucket, clock.now())
      : createRejectedRows(join(resolve(config.folder), 'rejected'), clock.now()))
  const mapped = new Map(config.mappings.map((one) => [one.stream, one.columns ?? {}]))
  const tools = {
    call,
    jobs: createJobs({ call, clock, signal }, config.jobsAtOnce),
    ledger,
    log,
    clock,
    signal,
    allowed: config.allowed,
    sets: config.sets,
    objectNamed,
    lists: new Map(),
    gated: new Set<string>(),
    warned: new Set<string>(),
    readOnly: (name: string) => used.get(name)?.columns ?? new Set<string>(),
    fieldColumns: (name: string) => used.get(name)?.fieldColumns ?? new Map<string, string | number>(),
    fieldKinds: (name: string) => used.get(name)?.fieldKinds ?? new Map<string, FieldKind>(),
    ...(config.isDryRun && { plan: places.onPlanned ?? planShown(log) }),
  }
  let counts: ReadonlyMap<string, RowCounts>
  try {
    const rows = renamed(opened(inputs, open), mapped)
    counts = await writeAll(withNeededFields(rows, { targets, used, accountObject }), {
      ...tools,
      targets,
      reject: config.isDryRun && !places.rejected ? rejectionShown(log) : rejected.keep,
      flushRejected: rejected.flush,
      onState: config.isDryRun ? async () => undefined : onState,
      batchesAtOnce: config.jobsAtOnce + MORE_BATCHES,
      mostRejected: config.mostRejected,
    })
  } finally {
    // Also of a run that stops: its rows are kept.
    await rejected.flush()
  }
  for (const [stream, some] of counts) {
    const { written, unchanged, rejected: refused } = some
    const what = `${config.isDryRun ? `${written} would be written` : `${written} written`}${written > 0 ? ` (${actionsIn(some)})` : ''}`
    const kept = refused > 0 && !config.isDryRun ? `, kept in ${rejected.where}` : ''
    log(
      refused > 0 ? 'warn' : 'info',
      `Stream "${stream}": ${what}, ${unchanged} unchanged, ${refused} rejected${kept}.`,
    )
  }
  return counts
}

const planShown = (log: AccountConnection['log']) => {
  let shown = 0
  return ({ stream, action, key, values }: PlannedChange): void => {
    if (shown++ < SHOWN) log('info', `Dry run: ${action} of ${stream} "${key.join(', ')}": ${JSON.stringify(values)}`)
  }
}

const rejectionShown = (log: AccountConnection['log']) => {
  let shown = 0
  return async ({ stream, key, code, message }: RejectedRow): Promise<void> => {
    if (shown++ < SHOWN)
      log('warn', `Dry run: "${key.join(', ')}" of ${stream} would be rejected (${code}): ${message}`)
  }
}
