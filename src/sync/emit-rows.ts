import type { Message } from '../model/message.ts'
import type { DatedChildren, RecordData, Walk } from '../model/stream.ts'
import { childReader } from './children.ts'
import { emitCompared, isCompared } from './comparison.ts'
import { emitDatedChildren, type ParentRow } from './dated-children.ts'
import { isolated } from './emit/isolated.ts'
import { createdSince, deletionsMessage, recordsMessage } from './emit/records.ts'
import { fullRecords } from './hydrate.ts'
import { lookBackForRestored, wantedOf, withoutLookbackRows } from './lookback.ts'
import { dueOf } from './noted-rows.ts'
import { noteGivenAgain, rememberMissing } from './parents.ts'
import type { Run, Sync } from './run.ts'

/** Rows of one answer. */
export interface RowsOfPage {
  /** The walk that gives them; left out for rows that were found in another way, of which none was emitted before. */
  readonly walk?: Walk
  /** The path of the endpoint that answered. */
  readonly path: string
  readonly rows: readonly RecordData[]
  /** Those of them whose children may be due. */
  readonly parents: readonly ParentRow[]
  /** The account's time (epoch seconds). */
  readonly at: number
}

/** Emits rows for all streams that read them: their own records, and the children's. A stream that fails ends alone. */
export async function* emitRows(runs: readonly Run[], page: RowsOfPage, sync: Sync): AsyncGenerator<Message> {
  const readChildren = childReader(
    runs.map(({ one }) => one.stream),
    sync,
  )
  for (const run of runs) {
    if (datedIn(run)) continue
    const messages = isCompared(run) ? emitCompared(run, page.rows, readChildren, sync) : emitOwn(run, page, sync)
    yield* isolated([run], messages, sync)
  }
  yield* emitChildren(runs, page.parents, page.at, sync)
}

const datedIn = ({ feed: { children } }: Run): DatedChildren | undefined =>
  children?.due === 'byTime' ? children : undefined

/** Emits the children of these rows, each kind of list once. A list that cannot be read ends only the streams made of it. */
export async function* emitChildren(
  runs: readonly Run[],
  parents: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const reading = runs.filter((run) => datedIn(run) && run.failure === undefined)
  for (const together of Map.groupBy(reading, (run) => datedIn(run)?.name).values()) {
    const children = datedIn(together[0] as Run) as DatedChildren
    yield* isolated(together, emitDatedChildren(children, together, parents, at, sync), sync)
  }
}

/** Emits the records that are in these rows, for a stream that is read by its place. */
async function* emitOwn(run: Run, { walk, path, rows: given }: RowsOfPage, sync: Sync): AsyncGenerator<Message> {
  const { one, feed, hydration, watcher, progress } = run
  const { stream } = one
  const completed = await sync.filled(wantedOf(run, path, given))
  rememberMissing(run, given, completed, sync)
  const due = progress.list && walk ? dueOf(run, completed, walk) : completed
  const rows = withoutLookbackRows(run, due)
  const records = feed.records(rows)
  noteGivenAgain(run, records)
  const parentDeletedAt = (record: RecordData): string | undefined =>
    stream.parent && watcher?.deleted.get(stream.parent.idOf(record))?.deletedAt
  await lookBackForRestored(run, rows, sync)

  if (hydration) {
    const deleted = records.filter((stub) => parentDeletedAt(stub) !== undefined)
    const full = await fullRecords(
      hydration,
      records.filter((stub) => parentDeletedAt(stub) === undefined),
    )
    rememberMissing(run, given, given, sync)
    yield* recordsMessage(one, full, sync.deletedRecords)
    const deletions = deleted.map((record) => ({ record, deletedAt: parentDeletedAt(record) as string }))
    return yield* deletionsMessage(one, deletions, sync.deletedRecords)
  }
  const deletedAt = watcher?.deleted.size
    ? (record: RecordData) => stream.deletedAt(record) ?? parentDeletedAt(record)
    : stream.deletedAt
  yield* recordsMessage(one, records, sync.deletedRecords, deletedAt)
  if (feed.deletions) yield* deletionsMessage(one, feed.deletions(createdSince(one, rows)), sync.deletedRecords)
}
