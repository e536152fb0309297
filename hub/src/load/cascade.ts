// What a deleted ticket takes along. Zendesk tells nobody the ids of its comments and events, so they are found here.
import { quoted, shortName } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Known } from './known.ts'
import type { Deleted, Target } from './target.ts'

const PARENT = 'tickets'
/** By stream: the column that names the ticket. */
const CHILDREN: Readonly<Record<string, string>> = {
  ticket_comments: 'ticket_id',
  ticket_audits: 'ticket_id',
  ticket_events: 'ticket_id',
  ticket_metric_events: 'ticket_id',
  ticket_metrics: 'ticket_id',
  ticket_field_history: 'ticket_id',
  ticket_attachments: 'ticket_id',
  open_tickets: 'id',
  closed_tickets: 'id',
}

/** The column that names a row's ticket; undefined: rows of this stream follow none. */
export const ticketColumn = (stream: string): string | undefined => CHILDREN[stream]

/** Where what is about to be applied stands, and in which transaction's sync. */
interface Arriving {
  readonly stream: string
  /** The temporary table, as SQL has it. */
  readonly staged: string
  readonly hasDeletions: boolean
  readonly syncId: number
}

/** Lets what belongs to tickets follow them. To be called for each batch before it is applied, in the same transaction. */
export type Cascade = (batch: Arriving) => Promise<void>

/** `targets`: of the streams that are loaded now; others are as they were loaded last. */
export function openCascade(
  warehouse: Warehouse,
  { targets, deleted, known }: { targets: ReadonlyMap<string, Target>; deleted: Deleted; known: Known },
): Cascade {
  const tables = new Map<string, Table>()
  for (const stream of [PARENT, ...Object.keys(CHILDREN)]) {
    const target = targets.get(stream)
    const mode = target?.mode ?? known.modeOf(stream)
    const place = `${warehouse.schema}.${quoted(shortName(stream))}`
    const ticket = ticketColumn(stream) ?? 'id'
    // It may have been left out.
    if (!(target?.columns ?? known.columnsOf(shortName(stream))).some(({ name }) => name === ticket)) continue
    const column = quoted(ticket)
    if (mode === 'merge' || mode === 'history') tables.set(stream, { place, column, isHistory: mode === 'history' })
  }
  const parent = tables.get(PARENT)
  const children = [...tables].filter(([stream]) => stream !== PARENT).map(([, table]) => table)
  if (parent === undefined || children.length === 0) return async () => undefined
  return async (arriving) => {
    if (arriving.stream === PARENT) {
      if (deleted === 'mark' || parent.isHistory) await bringBack(warehouse, arriving, parent, children)
      if (arriving.hasDeletions) await takeAlong(warehouse, arriving, children, deleted)
    } else if (tables.has(arriving.stream) && deleted === 'mark' && !parent.isHistory) {
      // It came after its ticket's deletion.
      await warehouse.run(
        `update ${arriving.staged} as s set _deleted_at = t._deleted_at from ${parent.place} as t
         where s.${tables.get(arriving.stream)!.column} = t.id and t._deleted_at is not null and s._deleted_at is null`,
      )
    }
  }
}

/** Where rows of a stream stand, and the column that names the ticket. */
interface Table {
  readonly place: string
  readonly column: string
  readonly isHistory: boolean
}

async function takeAlong(
  { run }: Warehouse,
  { staged, syncId }: Arriving,
  children: readonly Table[],
  deleted: Deleted,
): Promise<void> {
  for (const { place, column, isHistory } of children) {
    const gone = `${staged} as s where c.${column} = s.id and s._deleted_at is not null`
    const [end, living] = isHistory ? [', _valid_to = now()', 'c._valid_to is null'] : ['', 'c._deleted_at is null']
    await run(
      deleted === 'mark' || isHistory
        ? `update ${place} as c set _deleted_at = s._deleted_at, _loaded_at = now(), _sync_id = ${syncId}${end}
           from ${gone} and ${living}`
        : `delete from ${place} as c using ${gone}`,
    )
  }
}

/** A ticket that is there again brings back what went with it, which bears the same time. */
async function bringBack(
  { run, rows }: Warehouse,
  { staged, syncId }: Arriving,
  parent: Table,
  children: readonly Table[],
): Promise<void> {
  const back = `${staged} as s, ${parent.place} as t where t.id = s.id and t._deleted_at is not null and s._deleted_at is null`
  const found = await rows(`select 1 as found from ${back} limit 1`)
  if (found.length === 0) return
  for (const { place, column, isHistory } of children) {
    const again = isHistory ? ', _valid_to = null' : ''
    await run(
      `update ${place} as c set _deleted_at = null, _loaded_at = now(), _sync_id = ${syncId}${again}
       from ${back} and c.${column} = t.id and c._deleted_at = t._deleted_at`,
    )
  }
}
