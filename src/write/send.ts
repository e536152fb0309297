// Sends changes: in jobs where that is worth it, else one by one.
import type { CallRequest, Reply } from '../model/call.ts'
import { isAnswerLost } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { Rejection, RowOutcome, WriteAction, WriteObject } from '../model/writing.ts'
import { type BatchRow, fingerprintOf, markOf } from './batch-row.ts'
import type { RowChange } from './plan.ts'
import { rejectionOf } from './refusals.ts'
import { resultsOf } from './results.ts'
import type { WriteTools } from './tools.ts'

/** What became of a change. `again`: only a look at the account tells, or it has another half. */
export type SentChange =
  | RowOutcome
  | { readonly kind: 'again'; readonly rejection?: Rejection; readonly id?: number | string }

/** Fewer rows are sent one by one: a job takes seconds, whatever is in it. */
const WORTH_A_JOB = 20
const MOST = 100
/** The largest body of a bulk call, in characters. Zendesk documents no limit; this is ours. */
const LARGEST = 1_000_000
/** How many single requests are under way at a time. */
const SINGLES = 5

/** What became of each change. Throws a ConnectorError for what concerns all of them, such as a sign-in that ended. */
export async function sendAll(
  changes: readonly RowChange[],
  tools: WriteTools,
  singly: boolean,
): Promise<ReadonlyMap<BatchRow, SentChange>> {
  const sent = new Map<BatchRow, SentChange>()
  const note = (change: RowChange, what: SentChange): void => void sent.set(change.row, what)
  for (const [action, some] of Map.groupBy(changes, (change) => change.action)) {
    const due = some.filter(({ body }) => action === 'delete' || Object.keys(body).length > 0)
    for (const change of some) if (!due.includes(change)) note(change, { kind: 'written', ...idOf(change) })
    const isBulk = (change: RowChange): boolean => !singly && mayBeBulk(change, tools)
    await Promise.all([
      ...portions(due.filter(isBulk)).map((portion) => sendPortion(portion, action, tools, note)),
      sendSingles(
        due.filter((change) => !isBulk(change)),
        tools,
        note,
      ),
    ])
  }
  return sent
}

const idOf = ({ id }: RowChange) => (id === undefined ? {} : { id })

/** Creations without a key are sent with an idempotency key, which only single ones take. */
const mayBeBulk = ({ row, action }: RowChange, { gated }: WriteTools): boolean => {
  const { object } = row.target
  const isKeyless = action === 'create' && row.key.length === 0 && object.isIdempotent === true
  return object.bulk.includes(action) && !gated.has(`${object.name} ${action}`) && !isKeyless
}

type Note = (change: RowChange, what: SentChange) => void

/** At most 100 rows and 1 MB in each. */
function portions(changes: readonly RowChange[]): readonly (readonly RowChange[])[] {
  const all: RowChange[][] = []
  let size = LARGEST
  for (const change of changes) {
    const length = JSON.stringify(change.body).length
    size += length
    if (size > LARGEST || (all.at(-1)?.length ?? 0) === MOST) {
      all.push([])
      size = length
    }
    all.at(-1)?.push(change)
  }
  return all
}

async function sendPortion(
  portion: readonly RowChange[],
  action: WriteAction,
  tools: WriteTools,
  note: Note,
): Promise<void> {
  const { object } = portion[0]!.row.target
  if (portion.length < WORTH_A_JOB || tools.gated.has(`${object.name} ${action}`))
    return sendSingles(portion, tools, note)
  const rows = portion.map(({ row }) => row)
  const intent = tools.ledger.intend(
    object.name,
    rows.map(({ ledgerKey }) => ledgerKey),
  )
  try {
    const end = await tools.jobs.run(bulkRequest(object, action, portion), (job) => tools.ledger.began(intent, job))
    if (end.kind === 'refused') {
      tools.ledger.forget(intent)
      return await afterRefusal(end.reply, portion, action, tools, note)
    }
    const sentRows = portion.map(({ row, id, body }) => ({ ...body, ...(row.target.mode !== 'append' && { id }) }))
    const results = end.kind === 'ended' ? resultsOf(sentRows, end.results) : []
    const outcomes = portion.map((change, at) => outcomeOf(change, results[at] ?? { kind: 'unknown' }))
    finish(portion, outcomes, intent, tools, note)
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    // The job may be under way all the same. What it does is seen once it is over.
    await tools.jobs.settled([])
    tools.ledger.forget(intent)
    for (const change of portion) note(change, { kind: 'again' })
  }
}

/** Without imports switched on, users are created one by one; else a refused batch is halved, down to the row. */
async function afterRefusal(
  reply: Reply,
  portion: readonly RowChange[],
  action: WriteAction,
  tools: WriteTools,
  note: Note,
): Promise<void> {
  const { object } = portion[0]!.row.target
  if (reply.status === 403 && !tools.gated.has(`${object.name} ${action}`)) {
    tools.gated.add(`${object.name} ${action}`)
    tools.log(
      'warn',
      `Zendesk refuses bulk calls that ${action} ${object.name}: they are sent one by one, which is slower. Its support switches bulk imports on.`,
    )
  }
  const half = Math.ceil(portion.length / 2)
  await sendPortion(portion.slice(0, half), action, tools, note)
  if (half < portion.length) await sendPortion(portion.slice(half), action, tools, note)
}

const METHODS = { create: 'POST', update: 'PUT', upsert: 'POST', delete: 'DELETE' } as const
const BULK = { create: 'create_many', update: 'update_many', upsert: 'create_or_update_many', delete: 'destroy_many' }

function bulkRequest({ name }: WriteObject, action: WriteAction, portion: readonly RowChange[]): CallRequest {
  const request = { method: METHODS[action], path: `${name}/${BULK[action]}`, streams: [portion[0]!.row.target.stream] }
  if (action === 'delete')
    return { ...request, query: { ids: portion.map(({ id }) => id).join(',') }, isRepeatable: true }
  const items = portion.map(({ id, body }) => (action === 'update' ? { id, ...body } : body))
  const isRepeatable = action !== 'create' && portion.every(({ comment }) => comment === undefined)
  return { ...request, body: { [name]: items }, isRepeatable }
}

/** What a line of a job's results, or a single answer, means for a change. */
function outcomeOf(change: RowChange, result: ReturnType<typeof resultsOf>[number]): SentChange {
  const { row, action, isFirstHalf } = change
  if (result.kind === 'unknown') return { kind: 'again' }
  if (result.kind === 'done') {
    const id = result.id ?? change.id
    return { kind: isFirstHalf ? 'again' : 'written', ...(id !== undefined && { id }) }
  }
  const { rejection } = result
  if (action === 'create' && row.target.object.isThere?.test(rejection.message)) return { kind: 'unchanged' }
  if (action === 'delete' && rejection.code === 'not_found') return { kind: 'unchanged' }
  // Zendesk guards bulk updates by itself: what was touched in between is read and compared once more.
  return rejection.code === 'conflict' ? { kind: 'again', rejection } : { kind: 'rejected', rejection }
}

/** Notes what became of changes, in the ledger first. */
function finish(
  changes: readonly RowChange[],
  outcomes: readonly SentChange[],
  intent: number,
  { ledger }: WriteTools,
  note: Note,
): void {
  const written = changes.flatMap(({ row, comment, agreed }, at) => {
    const outcome = outcomes[at]!
    if (outcome.kind === 'rejected' || (outcome.kind === 'again' && outcome.id === undefined)) return []
    const id = outcome.id === undefined ? undefined : String(outcome.id)
    const known = { id, fingerprint: fingerprintOf(row) }
    const entry = { ...known, key: row.ledgerKey, ...(outcome.kind === 'written' && agreed && { agreed }) }
    return comment === undefined ? [entry] : [entry, { ...known, key: comment }]
  })
  ledger.done(intent, changes[0]!.row.target.object.name, written)
  for (const [at, change] of changes.entries()) note(change, outcomes[at]!)
}

async function sendSingles(changes: readonly RowChange[], tools: WriteTools, note: Note): Promise<void> {
  const queue = [...changes]
  const worker = async (): Promise<void> => {
    for (let change = queue.shift(); change !== undefined; change = queue.shift()) await sendOne(change, tools, note)
  }
  await Promise.all(Array.from({ length: Math.min(SINGLES, changes.length) }, worker))
}

async function sendOne(change: RowChange, tools: WriteTools, note: Note): Promise<void> {
  const { object } = change.row.target
  const intent = tools.ledger.intend(object.name, [change.row.ledgerKey])
  let outcome: SentChange
  try {
    const reply = await tools.call(singleRequest(change))
    const one = reply.body[object.one] as RecordData | undefined
    const isDone = reply.status < 300
    if (isDone && reply.ignored !== undefined)
      tools.log(
        'warn',
        `Zendesk stored ${object.name} "${change.row.key.join(', ')}" without some of it: ${reply.ignored}`,
      )
    const id = one?.['id'] as number | undefined
    outcome = outcomeOf(change, isDone ? { kind: 'done', id } : { kind: 'failed', rejection: rejectionOf(reply) })
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    outcome = { kind: 'again' }
  }
  finish([change], [outcome], intent, tools, note)
}

function singleRequest({ row, action, id, body, comment }: RowChange): CallRequest {
  const { object, stream } = row.target
  const bucket = object.buckets?.[action]
  const path = {
    create: object.name,
    update: `${object.name}/${id}`,
    delete: `${object.name}/${id}`,
    upsert: `${object.name}/create_or_update`,
  }
  const isIdempotent = action === 'create' && object.isIdempotent === true
  return {
    method: METHODS[action],
    path: path[action],
    ...(action !== 'delete' && { body: { [object.one]: body } }),
    ...(bucket !== undefined && { bucket }),
    ...(isIdempotent && { idempotencyKey: markOf(row.ledgerKey, body).slice(0, 40) }),
    isRepeatable: action !== 'create' && comment === undefined,
    streams: [stream],
  }
}
