// Sends changes: in jobs where that is worth it, else one by one.
import type { Reply } from '../model/call.ts'
import { isAnswerLost } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { WriteAction } from '../model/writing.ts'
import { atATime } from './at-a-time.ts'
import { type BatchRow, fingerprintOf } from './batch-row.ts'
import { sendInside } from './inside-parent.ts'
import { keepUp, oneIn } from './lists.ts'
import type { RowChange } from './plan.ts'
import { rejectionOf } from './refusals.ts'
import { bulkRequest, singleRequests } from './requests.ts'
import { resultsOf } from './results.ts'
import type { SentChange } from './sent-change.ts'
import type { WriteTools } from './tools.ts'

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
  if (changes[0]?.row.target.object.inside) return sendInside(changes, tools)
  const sent = new Map<BatchRow, SentChange>()
  const note = (change: RowChange, what: SentChange): void => void sent.set(change.row, what)
  for (const some of Map.groupBy(changes, likeness).values()) {
    const { action } = some[0]!
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

/** What changes have in common that one bulk call can do. */
const likeness = ({ row: { target, wanted }, action }: RowChange): string =>
  JSON.stringify([action, ...(target.object.parameters ?? []).map((name) => wanted[name])])

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
    const results = end.kind === 'ended' ? resultsOf(sentRows, end.results, end.requestId) : []
    const outcomes = portion.map((change, at) => outcomeOf(change, results[at] ?? { kind: 'unknown' }))
    for (const [nth, change] of portion.entries()) await keepUpWith(change, outcomes[nth]!, tools)
    finish(portion, outcomes, intent, tools, note)
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    // The job may be under way all the same. What it does is seen once it is over.
    await tools.jobs.settled([])
    tools.ledger.forget(intent)
    for (const change of portion) note(change, { kind: 'again' })
  }
}

/** Keeps up a list that was read whole with what a job did. */
async function keepUpWith({ row, action, body, held }: RowChange, outcome: SentChange, tools: WriteTools) {
  const { object } = row.target
  if (outcome.kind === 'written' && outcome.id !== undefined)
    await keepUp(object, tools, outcome.id, action === 'delete' ? undefined : { ...held, ...body })
  else if (outcome.kind === 'again') tools.lists.delete(object.name)
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

/** What a line of a job's results, or a single answer, means for a change. */
function outcomeOf(change: RowChange, result: ReturnType<typeof resultsOf>[number]): SentChange {
  const { row, action, isFirstHalf } = change
  if (result.kind === 'unknown') return { kind: 'again' }
  if (result.kind === 'done') {
    const id = result.id ?? change.id
    return { kind: isFirstHalf ? 'again' : 'written', ...(id !== undefined && { id }) }
  }
  const { rejection } = result
  if (action === 'create' && row.target.object.isThere?.test(rejection.message))
    return needsLook(change) ? { kind: 'again', rejection } : { kind: 'unchanged' }
  if (action === 'delete' && rejection.code === 'not_found') return { kind: 'unchanged' }
  // Zendesk guards bulk updates by itself: what was touched in between is read and compared once more.
  return rejection.code === 'conflict' ? { kind: 'again', rejection } : { kind: 'rejected', rejection }
}

/** Whether there is more to a row than that it is there, which can be compared once it was read. */
const needsLook = ({ row: { target, wanted } }: RowChange): boolean =>
  target.key?.at !== undefined && Object.keys(wanted).some((column) => !target.key?.columns.includes(column))

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

const sendSingles = (changes: readonly RowChange[], tools: WriteTools, note: Note): Promise<void> =>
  atATime(SINGLES, changes, (change) => sendOne(change, tools, note))

async function sendOne(change: RowChange, tools: WriteTools, note: Note): Promise<void> {
  const { object } = change.row.target
  const intent = tools.ledger.intend(object.name, [change.row.ledgerKey])
  let outcome: SentChange
  try {
    outcome = await sendRequests(change, tools)
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    outcome = { kind: 'again' }
    tools.lists.delete(object.name)
  }
  finish([change], [outcome], intent, tools, note)
}

/** Sends the requests of a change, until one of them is refused. */
async function sendRequests(change: RowChange, tools: WriteTools): Promise<SentChange> {
  const { row, action, body } = change
  const { object } = row.target
  let id = change.id
  let shown: RecordData | undefined
  for (const request of singleRequests(change, tools.allowed)) {
    const reply = await tools.call(request)
    if (reply.status >= 300) {
      tools.lists.delete(object.name)
      return outcomeOf(change, { kind: 'failed', rejection: rejectionOf(reply) })
    }
    if (reply.ignored !== undefined)
      tools.log('warn', `Zendesk stored ${object.name} "${row.key.join(', ')}" without some of it: ${reply.ignored}`)
    const one = oneIn(reply.body, object)
    id ??= one?.['id'] as number | undefined
    shown = { ...shown, ...one }
  }
  if (action === 'delete') await keepUp(object, tools, id, undefined)
  else await keepUp(object, tools, id, { ...change.held, ...body, ...shown })
  return outcomeOf(change, { kind: 'done', id })
}
