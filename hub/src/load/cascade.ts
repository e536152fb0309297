// What a deleted ticket takes along. Zendesk tells nobody the ids of its comments and events, so they are found here.
import { listed, quoted, shortName } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Known } from './known.ts'
import type { Deleted, Mode, Target } from './target.ts'

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

/** Where what arrives stands, and in which transaction's sync. */
interface Arriving {
  readonly stream: string
  /** The temporary table, as SQL has it. */
  readonly staged: string
  readonly hasDeletions: boolean
  readonly syncId: number
}

/**
 * Lets what belongs to tickets follow them. To be called for each batch, in the same transaction: before it is applied, and of a
 * stream of mode `append` after it.
 */
export type Cascade = (batch: Arriving) => Promise<void>

/** `targets`: of the streams that are loaded now; others are as they were loaded last. */
export function openCascade(
  warehouse: Warehouse,
  { targets, deleted, known }: { targets: ReadonlyMap<string, Target>; deleted: Deleted; known: Known },
): Cascade {
  const tables = new Map<string, Table>()
  for (const stream of [PARENT, ...Object.keys(CHILDREN)]) {
    const target = targets.get(stream)
    const mode = target?.mode ?? (known.modeOf(stream) as Mode | undefined)
    const place = `${warehouse.schema}.${quoted(shortName(stream))}`
    const ticket = ticketColumn(stream) ?? 'id'
    const columns = (target?.columns ?? known.columnsOf(shortName(stream))).map(({ name }) => name)
    // It may have been left out.
    if (!columns.includes(ticket) || mode === undefined || mode === 'replace') continue
    // Versions are told apart by their key, which only this sync's streams have.
    if (mode === 'append' && target === undefined) continue
    tables.set(stream, { place, column: quoted(ticket), mode, ...versionsOf(target) })
  }
  const parent = tables.get(PARENT)
  const children = [...tables].filter(([stream]) => stream !== PARENT).map(([, table]) => table)
  if (parent === undefined || children.length === 0) return async () => undefined
  return async (arriving) => {
    const child = tables.get(arriving.stream)
    if (arriving.stream === PARENT) {
      if (deleted === 'mark' || parent.mode === 'history') await bringBack(warehouse, arriving, parent, children)
      if (arriving.hasDeletions) await takeAlong(warehouse, arriving, children, deleted)
    } else if (child !== undefined && parent.mode !== 'history') {
      // It came after its ticket's deletion.
      const gone = deletedTickets(parent, `select ${child.column} from ${arriving.staged}`)
      if (child.mode === 'append') await warehouse.run(addDeletions(child, gone, arriving.syncId))
      else if (deleted === 'mark')
        await warehouse.run(
          `update ${arriving.staged} as s set _deleted_at = t._deleted_at from ${gone} as t
           where s.${child.column} = t.id and s._deleted_at is null`,
        )
    }
  }
}

/** Where rows of a stream stand, and the column that names the ticket. */
interface Table extends Versions {
  readonly place: string
  readonly column: string
  readonly mode: Exclude<Mode, 'replace'>
}

/** What a row of mode `append` is made of: lists of columns, as SQL has them. */
interface Versions {
  readonly key: string
  readonly own: string
}

const versionsOf = (target: Target | undefined): Versions => ({
  key: listed(target?.key ?? []),
  own: listed([...(target?.columns ?? []).map(({ name }) => name), '_more']),
})

/** Of several versions the newest first; a deletion comes behind what it deletes. */
const NEWEST = 'order by _loaded_at desc, (_deleted_at is null)'

/** Tickets among these that are deleted: `id`, `_deleted_at`. */
function deletedTickets({ place, mode }: Table, ids: string): string {
  if (mode !== 'append') return `(select id, _deleted_at from ${place} where _deleted_at is not null)`
  const ranked = `select id, _deleted_at, row_number() over (partition by id ${NEWEST}) as _back from ${place} where id in (${ids})`
  return `(select id, _deleted_at from (${ranked}) as r where _back = 1 and _deleted_at is not null)`
}

/** A version with its deletion for each row of these tickets (`id`, `_deleted_at`) whose newest one is alive. */
const addDeletions = ({ place, column, key, own }: Table, gone: string, syncId: number): string =>
  `insert into ${place} (${own}, _deleted_at, _loaded_at, _sync_id)
   select ${own}, _gone, now(), ${syncId} from (
     select *, row_number() over (partition by ${key} ${NEWEST}) as _back
     from ${place} join (select id as _ticket, _deleted_at as _gone from ${gone} as g) as s on ${column} = _ticket) as v
   where _back = 1 and _deleted_at is null`

async function takeAlong(
  { run }: Warehouse,
  { staged, syncId }: Arriving,
  children: readonly Table[],
  deleted: Deleted,
): Promise<void> {
  for (const child of children) {
    const { place, column, mode } = child
    if (mode === 'append') {
      const tickets = `(select id, max(_deleted_at) as _deleted_at from ${staged} where _deleted_at is not null group by id)`
      await run(addDeletions(child, tickets, syncId))
      continue
    }
    const isHistory = mode === 'history'
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
  for (const child of children) {
    const { place, column, mode } = child
    const again = mode === 'history' ? ', _valid_to = null' : ''
    await run(
      mode === 'append'
        ? addLiving(child, back, syncId)
        : `update ${place} as c set _deleted_at = null, _loaded_at = now(), _sync_id = ${syncId}${again}
           from ${back} and c.${column} = t.id and c._deleted_at = t._deleted_at`,
    )
  }
}

/** The last version before its deletion once more, for each row whose newest one is a deletion together with its ticket. */
const addLiving = ({ place, column, key, own }: Table, back: string, syncId: number): string =>
  `insert into ${place} (${own}, _loaded_at, _sync_id)
   select ${own}, now(), ${syncId} from (
     select *, row_number() over (partition by ${key} order by (_deleted_at is not null), _loaded_at desc) as _back,
       first_value(_deleted_at) over (partition by ${key} ${NEWEST}) as _gone
     from ${place} where ${column} in (select s.id from ${back})) as v
   where _back = 1 and _deleted_at is null and (${column}, _gone) in (select t.id, t._deleted_at from ${back})`
