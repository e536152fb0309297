// From the temporary table into a stream's own: one function for each mode, in statements that both databases have. Keys are
// deleted and inserted, never merged: DuckDB's MERGE takes more than twenty times as long.
import { equal, listed, quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { ticketColumn } from './cascade.ts'
import type { Staging } from './staging.ts'
import type { Deleted, Target } from './target.ts'

export interface Applied {
  readonly warehouse: Warehouse
  readonly staging: Staging
  readonly syncId: number
  readonly deleted: Deleted
  /** The last row that is covered by a state, or may be applied without one. */
  readonly upTo: number
}

/** Applies rows by key: the newest of each stays. */
export async function applyMerge(applied: Applied): Promise<void> {
  const { warehouse, staging, deleted } = applied
  const { place, key } = staging.target
  const { staged, deletions } = staging.waiting()
  if (staging.held?.othersRepeat() ?? true) {
    if (deletions > 0 && deleted === 'mark') await insertDoomed(applied)
    await keepLast(applied)
  }
  const same = equal(key)
  if (deletions > 0) {
    if (deleted === 'mark') {
      await warehouse.run(
        `update ${place} as t set _deleted_at = s._deleted_at, ${stamp(applied)} from ${staging.place} as s
         where ${same} and s._deleted_at is not null`,
      )
      // The row that is there says more of a deleted record than its deletion does.
      await warehouse.run(
        `delete from ${staging.place} as s using ${place} as t where ${same} and s._deleted_at is not null`,
      )
    } else {
      await warehouse.run(
        `delete from ${place} as t using ${staging.place} as s where ${same} and s._deleted_at is not null`,
      )
      await warehouse.run(`delete from ${staging.place} where _deleted_at is not null`)
    }
  }
  // Of deletions those are left whose record is not there.
  if (staged > deletions) await warehouse.run(`delete from ${place} as t using ${staging.place} as s where ${same}`)
  await insert(applied)
}

/**
 * Applies rows as they came: each is a version, a deletion too. Of what is read by its changes, a version that the table has
 * does not come again: after a crash, a source may give once more what it gave before its last state. One that was deleted since
 * does: its record was restored. Of what follows its ticket, the hub may have written the deletion already.
 */
export async function applyAppend(applied: Applied): Promise<void> {
  const { warehouse, staging, upTo } = applied
  const { stream, place, key, columns, isWhole } = staging.target
  if (!isWhole && key.length > 0) {
    const rest = [...columns.map(({ name }) => name).filter((name) => !key.includes(name)), '_more', '_deleted_at']
    await warehouse.run(
      `delete from ${staging.place} as s using ${place} as t
       where ${equal(key)} and s._nth <= ${upTo} and ${alike(rest)} and not exists (
         select 1 from ${place} as d
         where ${key.map((name) => `d.${quoted(name)} = t.${quoted(name)}`).join(' and ')}
           and d._deleted_at is not null and s._deleted_at is null and d._loaded_at > t._loaded_at)`,
    )
    if (ticketColumn(stream) !== undefined)
      await warehouse.run(
        `delete from ${staging.place} as s using ${place} as t
         where ${equal(key)} and s._nth <= ${upTo} and s._deleted_at = t._deleted_at`,
      )
  }
  await insert(applied)
}

/** Puts what was read in the place of what was there; readers see the one or the other. */
export async function applyReplace(applied: Applied, isStaged: boolean): Promise<void> {
  const { warehouse, staging } = applied
  await warehouse.run(`delete from ${staging.target.place}`)
  if (!isStaged) return
  if (staging.target.key.length > 0) await keepLast(applied)
  await warehouse.run(`delete from ${staging.place} where _deleted_at is not null`)
  await insert(applied)
}

/** Ends the version of what changed or was deleted, and begins one for what changed or is new. */
export async function applyHistory(applied: Applied, isStaged: boolean, isWhole: boolean): Promise<void> {
  const { warehouse, staging } = applied
  const { place, key, columns } = staging.target
  const same = equal(key)
  const end = '_valid_to = now()'
  if (isStaged) await keepLast(applied)
  if (isWhole) {
    const isThere = isStaged ? ` and not exists (select 1 from ${staging.place} as s where ${same})` : ''
    await warehouse.run(`update ${place} as t set ${end}, _deleted_at = now() where _valid_to is null${isThere}`)
  }
  if (!isStaged) return
  await warehouse.run(
    `update ${place} as t set ${end}, _deleted_at = s._deleted_at from ${staging.place} as s
     where ${same} and t._valid_to is null and s._deleted_at is not null`,
  )
  await warehouse.run(`delete from ${staging.place} where _deleted_at is not null and _nth <= ${applied.upTo}`)
  const compared = [...columns.map(({ name }) => name).filter((name) => !VOLATILE.has(name)), '_more']
  await warehouse.run(
    `delete from ${staging.place} as s using ${place} as t
     where ${same} and t._valid_to is null and s._nth <= ${applied.upTo} and ${alike(compared)}`,
  )
  await warehouse.run(
    `update ${place} as t set ${end} from ${staging.place} as s
     where ${same} and t._valid_to is null and s._nth <= ${applied.upTo}`,
  )
  await insert(applied, { more: ', _valid_from', values: ', now()' })
}

/** What changes without the record's having changed. */
const VOLATILE = new Set(['generated_timestamp', 'url'])

/** Takes out what a sync that read all of a stream did not find: it is not there any more. */
export async function sweep(
  { warehouse, syncId, deleted }: Pick<Applied, 'warehouse' | 'syncId' | 'deleted'>,
  { place }: Target,
  sinceSync: number,
): Promise<void> {
  const unseen = `_sync_id < ${sinceSync}`
  await warehouse.run(
    deleted === 'mark'
      ? `update ${place} set _deleted_at = now(), ${stamp({ syncId })} where ${unseen} and _deleted_at is null`
      : `delete from ${place} where ${unseen}`,
  )
}

/**
 * A record and then its deletion: what is known of it is more than what its deletion tells. So records that are deleted later in
 * the batch are put in place first.
 */
async function insertDoomed(applied: Applied): Promise<void> {
  const { warehouse, staging } = applied
  const { place, target } = staging
  const keys = listed(target.key)
  const doomed = `select ${target.key.map((name) => `t.${quoted(name)}`).join(', ')}, max(t._nth) as _last from ${place} as t
    join (select ${keys}, max(_nth) as _gone from ${place} where _deleted_at is not null group by ${keys}) as s
      on ${equal(target.key)} where t._deleted_at is null and t._nth < s._gone
    group by ${target.key.map((name) => `t.${quoted(name)}`).join(', ')}`
  const found = await warehouse.rows(`select 1 as found from (${doomed}) as d limit 1`)
  if (found.length === 0) return
  await warehouse.run(`delete from ${target.place} as t using (${doomed}) as s where ${equal(target.key)}`)
  await insert(applied, { where: `_nth in (select _last from (${doomed}) as d)` })
}

/** Of the rows of a key the last one stays. */
async function keepLast({ warehouse, staging, upTo }: Applied): Promise<void> {
  const { key } = staging.target
  await warehouse.run(
    `delete from ${staging.place} as t using
     (select ${listed(key)}, max(_nth) as _last from ${staging.place} where _nth <= ${upTo} group by ${listed(key)}) as s
     where ${equal(key)} and t._nth < s._last`,
  )
}

interface Insertion {
  /** Which rows that wait; left out: those that may be applied. */
  readonly where?: string
  /** More columns and their values, each behind a comma. */
  readonly more?: string
  readonly values?: string
}

async function insert({ warehouse, staging, syncId, upTo }: Applied, insertion: Insertion = {}): Promise<void> {
  const { where = `_nth <= ${upTo}`, more = '', values = '' } = insertion
  const columns = listed([...staging.target.columns.map(({ name }) => name), '_more', '_deleted_at'])
  await warehouse.run(
    `insert into ${staging.target.place} (${columns}, _loaded_at, _sync_id${more})
     select ${columns}, now(), ${syncId}${values} from ${staging.place} where ${where}`,
  )
}

const stamp = ({ syncId }: { readonly syncId: number }): string => `_loaded_at = now(), _sync_id = ${syncId}`

const alike = (columns: readonly string[]): string =>
  columns.map((name) => `t.${quoted(name)} is not distinct from s.${quoted(name)}`).join(' and ')
