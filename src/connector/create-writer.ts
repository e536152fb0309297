import { join, resolve } from 'node:path'
import { type WriteConfig, writeConfigFrom } from '../config/write-config.ts'
import { isObject } from '../config/written.ts'
import { openLedger } from '../io/ledger.ts'
import { createRejectedRows } from '../io/rejected-rows.ts'
import { ConnectorError, messageOf } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import type { CredentialSink, Runtime } from '../model/runtime.ts'
import type { AskedStream, OnState, Writer, WriterInput } from '../model/writer.ts'
import type { RejectedRow, RowCounts, Target, WriteInput, WriteMode } from '../model/writing.ts'
import { objects } from '../objects/index.ts'
import { createJobs } from '../write/jobs.ts'
import { writeAll } from '../write/write-all.ts'
import { signedInUser } from '../zendesk/availability.ts'
import { type AccountConnection, connectAccount } from './account-connection.ts'
import { type AccountObject, operationsOf, withAccountFields } from './operations.ts'
import { redactedError } from './redacted-connector.ts'

/** Batches are prepared while jobs are under way. */
const MORE_BATCHES = 3
/** How many differences a dry run shows. */
const SHOWN = 20

/** Connects configuration, account, objects and engine, for writing. Rejects with a ConnectorError for a bad configuration. */
export async function createWriter(given: unknown, runtime: Runtime): Promise<Writer> {
  const config = writeConfigFrom(given, runtime.environment)
  const connection = await connectAccount(config.account, {
    ...runtime,
    credentialSink: wholeConfig(runtime.credentialSink, given),
  })
  if (config.unknown.length > 0)
    connection.log(
      'warn',
      `The configuration has options that are not known here, and are ignored: ${config.unknown.join(', ')}.`,
    )
  const inAccount = new Map<string, Promise<AccountObject>>()
  const accountObject = (name: string): Promise<AccountObject> => {
    const known = inAccount.get(name) ?? withAccountFields(objects.find((one) => one.name === name)!, connection.get)
    inAccount.set(name, known)
    return known
  }
  let ledger: ReturnType<typeof openLedger> | undefined
  const cleared = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      throw redactedError(error, connection.redaction)
    }
  }
  return {
    examine: () => cleared(() => examine(config, connection)),
    operations: () =>
      cleared(async () => {
        const all = await Promise.all(objects.map(({ name }) => accountObject(name)))
        return all.flatMap((one) => operationsOf(one, config.allowed))
      }),
    write: (streams, inputs, onState) =>
      cleared(async () => {
        ledger ??= ledgerIn(config)
        const [targets, used] = [new Map<string, Target>(), new Map<string, AccountObject>()]
        const open = async (asked: AskedStream): Promise<void> => {
          const target = targetOf(asked, config)
          const { name } = target.object
          used.set(name, await accountObject(name))
          targets.set(asked.stream, target)
        }
        for (const asked of streams) await open(asked)
        return write({ config, connection, targets, used, open, ledger, signal: runtime.signal }, inputs, onState)
      }),
    close: () => ledger?.close(),
  }
}

/** Renewed credentials go back with all that the configuration holds. */
const wholeConfig = (sink: CredentialSink, given: unknown): CredentialSink =>
  sink.in === 'message' && isObject(given)
    ? { in: 'message', emit: (config) => sink.emit({ ...given, ...config }) }
    : sink

/** A dry run remembers nothing, and looks at what earlier runs remember. */
function ledgerIn({ folder }: WriteConfig): ReturnType<typeof openLedger> {
  const path = join(resolve(folder), 'ledger.sqlite')
  try {
    return openLedger(path)
  } catch (error) {
    throw new ConnectorError(
      `The ledger ${path} cannot be used (${messageOf(error)}). Choose another "folder", which can be written.`,
      'config_error',
      { cause: error },
    )
  }
}

async function examine({ allowed, tagsMode, isDryRun, folder }: WriteConfig, connection: AccountConnection) {
  const { get, config, clock } = connection
  const user = await signedInUser(get, config.origin, config.credentials.kind)
  if (user.role === 'end-user')
    throw new ConnectorError(
      `${user.name} is an end user, who may write nothing. Sign in as an administrator.`,
      'config_error',
    )
  ledgerIn({ folder } as WriteConfig).close()
  const switches = Object.entries({
    send_mails: allowed.mails,
    public_comments: allowed.publicComments,
    raise_roles: allowed.roles,
    allow_deletes: allowed.deletes,
    dry_run: isDryRun,
  })
  const on = switches.filter(([, isOn]) => isOn).map(([name]) => name)
  return [
    `Writes as ${user.name} (${user.role}). Switched on: ${on.join(', ') || 'nothing'}. Tags: ${tagsMode}.`,
    `Ledger and rejected rows: ${resolve(folder)}. Checked at ${new Date(clock.now()).toISOString()}.`,
  ]
}

/** Where a stream goes. Throws a ConnectorError for one that cannot be written. */
function targetOf({ stream, object: named, mode: given, primaryKey }: AskedStream, config: WriteConfig): Target {
  const mapping = config.mappings.find((one) => one.stream === stream)
  const mode = mapping?.mode ?? given
  const name = named ?? mapping?.object ?? stream
  const object = objects.find((one) => one.name === name)
  const wrong = (what: string): ConnectorError =>
    new ConnectorError(`Stream "${stream}" cannot be written: ${what}`, 'config_error')
  if (!object) {
    const names = objects.map((one) => one.name)
    const meant = nearest(name, names)
    throw wrong(
      `there is no object "${name}"${meant === undefined ? '' : `; did you mean "${meant}"`}. There are ${names.join(', ')}.`,
    )
  }
  if (mode === 'overwrite' || mode === 'overwrite_dedup')
    throw wrong(
      `"${mode}" would delete every one of ${name} that is not in the stream. Choose append_dedup, update or append.`,
    )
  if (!['append', 'update', 'append_dedup', 'soft_delete'].includes(mode)) throw wrong(`there is no mode "${mode}".`)
  if (mode === 'soft_delete' && !config.allowed.deletes)
    throw wrong('deletions are off: "allow_deletes" switches them on.')
  const columns = (mapping?.key ?? primaryKey).map((column) => mapping?.columns?.[column] ?? column)
  const possible = object.keys.filter((key) => key.modes.includes(mode as WriteMode))
  const key = possible.find((one) => sameColumns(one.columns, columns, object.references))
  const choices = possible.map((one) => one.columns.join(' and ')).join('; or ')
  if (key === undefined && mode === 'append') return { stream, object, mode, key: possible[0]! }
  if (key === undefined)
    throw wrong(
      `its primary key is ${columns.join(', ') || 'not set'}, but ${name} are matched by ${choices} in the mode "${mode}".`,
    )
  return { stream, object, mode: mode as WriteMode, key }
}

/** Whether these columns are the key's, or references that fill them. */
const sameColumns = (
  key: readonly string[],
  columns: readonly string[],
  references: Target['object']['references'] = {},
): boolean =>
  key.length === columns.length &&
  key.every((one) => columns.some((column) => column === one || references[column]?.fills === one))

interface Write {
  readonly config: WriteConfig
  readonly connection: AccountConnection
  readonly targets: ReadonlyMap<string, Target>
  readonly used: ReadonlyMap<string, AccountObject>
  /** Notes where the rows of a stream go. Rejects with a ConnectorError if they cannot be written. */
  readonly open: (asked: AskedStream) => Promise<void>
  readonly ledger: ReturnType<typeof openLedger>
  readonly signal: AbortSignal
}

async function write(
  { config, connection, targets, used, open, ledger, signal }: Write,
  inputs: AsyncIterable<WriterInput>,
  onState: OnState,
): Promise<ReadonlyMap<string, RowCounts>> {
  const { call, log, clock } = connection
  const rejected = createRejectedRows(join(resolve(config.folder), 'rejected'), clock.now())
  const mapped = new Map(config.mappings.map((one) => [one.stream, one.columns ?? {}]))
  const tools = {
    call,
    jobs: createJobs({ call, clock, signal }, config.jobsAtOnce),
    ledger,
    log,
    clock,
    signal,
    allowed: config.allowed,
    tagsMode: config.tagsMode,
    gated: new Set<string>(),
    warned: new Set<string>(),
    readOnly: (name: string) => used.get(name)?.columns ?? new Set<string>(),
    fieldColumns: (name: string) => used.get(name)?.fieldColumns ?? new Map<string, string | number>(),
    ...(config.isDryRun && { plan: planShown(log) }),
  }
  const counts = await writeAll(renamed(opened(inputs, open), mapped), {
    ...tools,
    targets,
    reject: config.isDryRun ? rejectionShown(log) : rejected.keep,
    onState: config.isDryRun ? async () => undefined : onState,
    batchesAtOnce: config.jobsAtOnce + MORE_BATCHES,
    mostRejected: config.mostRejected,
  })
  for (const [stream, { written, unchanged, rejected: refused }] of counts)
    log(
      refused > 0 ? 'warn' : 'info',
      `Stream "${stream}": ${config.isDryRun ? `${written} would be written` : `${written} written`}, ${unchanged} unchanged, ${refused} rejected${refused > 0 && !config.isDryRun ? `, kept in ${rejected.path}` : ''}.`,
    )
  return counts
}

const planShown = (log: AccountConnection['log']) => {
  let shown = 0
  return (stream: string, action: string, key: readonly string[], body: object): void => {
    if (shown++ < SHOWN) log('info', `Dry run: ${action} of ${stream} "${key.join(', ')}": ${JSON.stringify(body)}`)
  }
}

const rejectionShown = (log: AccountConnection['log']) => {
  let shown = 0
  return async ({ stream, key, code, message }: RejectedRow): Promise<void> => {
    if (shown++ < SHOWN)
      log('warn', `Dry run: "${key.join(', ')}" of ${stream} would be rejected (${code}): ${message}`)
  }
}

/** The rows and states; streams among them are opened. */
async function* opened(inputs: AsyncIterable<WriterInput>, open: Write['open']): AsyncGenerator<WriteInput> {
  for await (const input of inputs) {
    if (input.kind === 'stream') await open(input.asked)
    else yield input
  }
}

/** Rows with the columns' names of Zendesk. */
async function* renamed(
  inputs: AsyncIterable<WriteInput>,
  mapped: ReadonlyMap<string, Readonly<Record<string, string>>>,
): AsyncGenerator<WriteInput> {
  for await (const input of inputs) {
    const columns = input.kind === 'row' ? mapped.get(input.stream) : undefined
    if (input.kind === 'state' || columns === undefined) yield input
    else
      yield {
        ...input,
        record: Object.fromEntries(Object.entries(input.record).map(([name, value]) => [columns[name] ?? name, value])),
      }
  }
}
