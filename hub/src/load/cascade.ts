// What a deleted ticket takes along. Zendesk tells nobody the ids of its comments and events, so they are found here.
import { quoted, shortName } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { lastMode } from './books.ts'
import type { Deleted, Mode } from './target.ts'

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

/** `modes`: of the streams that are loaded now; those of others are the ones they were loaded in last. */
export async function openCascade(
  warehouse: Warehouse,
  modes: ReadonlyMap<string, Mode>,
  deleted: Deleted,
): Promise<Cascade> {
  const { schema, run } = warehouse
  const places = new Map<string, string>()
  for (const stream of [PARENT, ...Object.keys(CHILDREN)]) {
    const mode = modes.get(stream) ?? (await lastMode(warehouse, stream))
    if (mode === 'merge') places.set(stream, `${schema}.${quoted(shortName(stream))}`)
  }
  const parent = places.get(PARENT)
  const children = Object.entries(CHILDREN).flatMap(([stream, column]) =>
    places.has(stream) ? [{ place: places.get(stream)!, column: quoted(column) }] : [],
  )
  if (parent === undefined || children.length === 0) return async () => undefined

  const takeAlong = async ({ staged, syncId }: Arriving): Promise<void> => {
    for (const { place, column } of children) {
      const gone = `from ${staged} as s where c.${column} = s.id and s._deleted_at is not null`
      await run(
        deleted === 'mark'
          ? `update ${place} as c set _deleted_at = s._deleted_at, _loaded_at = now(), _sync_id = ${syncId} ${gone}
             and c._deleted_at is null`
          : `delete from ${place} as c using ${gone.slice(5)}`,
      )
    }
  }
  /** A ticket that is there again brings back what went with it, which bears the same time. */
  const bringBack = async ({ staged, syncId }: Arriving): Promise<void> => {
    const again = `${staged} as s, ${parent} as t where t.id = s.id and t._deleted_at is not null and s._deleted_at is null`
    const found = await warehouse.rows(`select 1 as found from ${again} limit 1`)
    if (found.length === 0) return
    for (const { place, column } of children)
      await run(
        `update ${place} as c set _deleted_at = null, _loaded_at = now(), _sync_id = ${syncId} from ${again}
         and c.${column} = t.id and c._deleted_at = t._deleted_at`,
      )
  }
  return async (batch) => {
    if (batch.stream === PARENT) {
      if (deleted === 'mark') await bringBack(batch)
      if (batch.hasDeletions) await takeAlong(batch)
    } else if (deleted === 'mark' && places.has(batch.stream)) {
      // It came after its ticket's deletion.
      await run(
        `update ${batch.staged} as s set _deleted_at = t._deleted_at from ${parent} as t
         where s.${quoted(CHILDREN[batch.stream]!)} = t.id and t._deleted_at is not null and s._deleted_at is null`,
      )
    }
  }
}
