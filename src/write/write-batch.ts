// Brings a batch of rows of one stream to an end: match, compare, write, and look once more where that is not sure.
import type { Agreed, Rejection, RowOutcome, WriteAction } from '../model/writing.ts'
import { type BatchRow, fingerprintOf } from './batch-row.ts'
import { heldOf } from './match.ts'
import { type Planned, planOf, type RowChange } from './plan.ts'
import { hasPrimary, makePrimary } from './primary-values.ts'
import { resolved } from './references.ts'
import { sendAll } from './send.ts'
import type { SentChange } from './sent-change.ts'
import { showPlan } from './show-plan.ts'
import { sendTags } from './tag-deltas.ts'
import type { WriteTools } from './tools.ts'

/** How often a row is looked at and written, at most. */
const ATTEMPTS = 4
/** From this attempt on rows are sent one by one: a single answer is sure. */
const SINGLY_FROM = 2

/**
 * Brings every row of a batch to its end: `finish` of each is called. What is not sure (an answer or a job that was lost, a
 * line of results without a link, a conflict) is matched and compared once more, so that nothing is written twice.
 */
export async function writeBatch(batch: readonly BatchRow[], tools: WriteTools): Promise<void> {
  const { rows, refused } = await resolved(await withoutSame(batch, tools), tools)
  const deferred = rows.length > 0 ? [...refused.keys()].filter(mayRefer) : []
  for (const [row, rejection] of refused)
    if (!deferred.includes(row)) await row.finish({ kind: 'rejected', rejection }, 1)
  await writeRows(rows, tools)
  if (deferred.length > 0) await writeBatch(deferred, tools)
}

/** Whether a row may refer to another one of its batch: those are written first. */
const mayRefer = ({ target: { object } }: BatchRow): boolean =>
  Object.values(object.references ?? {}).some((reference) => reference.object === object.name)

async function writeRows(rows: readonly BatchRow[], tools: WriteTools): Promise<void> {
  const began = tools.clock.now()
  const reasons = new Map<BatchRow, Rejection>()
  /** What was sent first: what is sent for a row once more only completes it. */
  const sentAs = new Map<BatchRow, WriteAction>()
  let left = [...rows]
  for (let attempt = 1; left.length > 0; attempt++) {
    if (attempt > ATTEMPTS) {
      const unsure: Rejection = {
        code: 'not_confirmed',
        message: 'Zendesk did not say what became of it, in four attempts.',
      }
      for (const row of left) await row.finish({ kind: 'rejected', rejection: reasons.get(row) ?? unsure }, ATTEMPTS)
      return
    }
    const changes: RowChange[] = []
    const ends: RowEnd[] = []
    const { held, refused: unknown } = await heldOf(left, tools, attempt > 1 ? began : undefined)
    for (const row of left) {
      const refusal = unknown.get(row)
      const planned = refusal ? rejected(refusal) : await planOf(row, held.get(row), tools)
      if ('change' in planned) changes.push(planned.change)
      else ends.push({ row, ...planned })
    }
    noteAgreed(ends, tools)
    // What we sent before, and is there now, was written.
    for (const { row, outcome } of ends) await row.finish(writtenIf(outcome, sentAs.get(row)), attempt)
    if (tools.plan) return await showPlan(changes, tools.plan)
    left = []
    const actions = new Map(changes.map(({ row, action }) => [row, action]))
    for (const [row, what] of await sendBoth(changes, tools, attempt > SINGLY_FROM)) {
      // It may be we who wrote that, a moment ago.
      const isOurs = what.kind === 'rejected' && what.rejection.code === 'duplicate_value' && sentAs.has(row)
      const action = sentAs.get(row) ?? actions.get(row) ?? 'update'
      sentAs.set(row, action)
      if (what.kind === 'again' || isOurs) {
        left.push(row)
        if (what.rejection) reasons.set(row, what.rejection)
      } else await row.finish(what.kind === 'written' ? { ...what, action } : what, attempt)
    }
  }
}

interface RowEnd {
  readonly row: BatchRow
  readonly outcome: RowOutcome
  readonly agreed?: Agreed
}

/** A ledger that is new learns from what it reads what both sides have. */
function noteAgreed(ends: readonly RowEnd[], { ledger, plan }: WriteTools): void {
  const due = ends.flatMap(({ row, outcome, agreed }) => {
    const { key, mode, object, conflicts, audiences } = row.target
    const isWorthIt = key !== undefined && mode !== 'append' && (key.find === 'list' || conflicts || audiences)
    if (outcome.kind !== 'unchanged' || outcome.id === undefined || !isWorthIt) return []
    const known = ledger.known(object.name, row.ledgerKey)
    const both = agreed && ledger.agreed(object.name, row.ledgerKey)
    const isNews = Object.entries(agreed ?? {}).some(([field, mark]) => both?.[field] !== mark)
    const fingerprint = fingerprintOf(row)
    if (!isNews && known?.id !== undefined && (known.fingerprint === fingerprint || !audiences)) return []
    return [{ key: row.ledgerKey, id: String(outcome.id), fingerprint, ...(agreed && { agreed }) }]
  })
  if (due.length > 0 && plan === undefined) ledger.note(ends[0]!.row.target.object.name, due)
}

/** Without members of audiences whose row says what it said the last time: these cost no request at all. */
async function withoutSame(batch: readonly BatchRow[], { ledger }: WriteTools): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = []
  for (const row of batch) {
    const { audiences, object } = row.target
    const known = audiences && ledger.known(object.name, row.ledgerKey)
    if (known === undefined || known.fingerprint !== fingerprintOf(row)) rows.push(row)
    else await row.finish({ kind: 'unchanged', ...(known.id !== undefined && { id: known.id }) }, 0)
  }
  return rows
}

const rejected = (rejection: Rejection): Planned => ({ outcome: { kind: 'rejected', rejection } })

const writtenIf = (outcome: RowOutcome, action: WriteAction | undefined): RowOutcome =>
  outcome.kind === 'unchanged' && action !== undefined ? { ...outcome, kind: 'written', action } : outcome

/** What became of each change, of its tags and of its address. */
async function sendBoth(
  changes: readonly RowChange[],
  tools: WriteTools,
  singly: boolean,
): Promise<ReadonlyMap<BatchRow, SentChange>> {
  const sent = new Map(await sendAll(changes, tools, singly))
  const done = changes.filter(({ row }) => sent.get(row)?.kind === 'written')
  const tagged = done.filter(({ tags }) => tags !== undefined)
  const primary = done.filter(hasPrimary)
  if (tagged.length > 0) for (const [row, what] of await sendTags(tagged, tools)) sent.set(row, what)
  if (primary.length > 0) for (const [row, what] of await makePrimary(primary, tools)) sent.set(row, what)
  return sent
}
