// Of some lists Zendesk tells only how they are now, and people ask how they were: each version that a sync saw is kept in
// `_versions`, from the first one on, in whatever mode the list is loaded.
import { listed, literal } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Target } from './target.ts'

const KEPT = new Set(['sla_policies', 'ticket_forms'])

/** Keeps what a stream's table holds now, as far as it is new; to be called in the transaction that brought it. */
export async function keepVersions(
  { run, schema, types }: Warehouse,
  { stream, place, columns }: Target,
  syncId: number,
): Promise<void> {
  if (!KEPT.has(stream)) return
  const names = listed(columns.map(({ name }) => name))
  await run(
    `insert into ${schema}._versions (stream, id, updated_at, record, sync_id)
     select distinct on (t.id, t.updated_at) ${literal(stream)}, t.id, t.updated_at, cast(to_json(t) as ${types.json}), ${syncId}
     from (select ${names} from ${place}) as t
     where not exists (select 1 from ${schema}._versions as v
       where v.stream = ${literal(stream)} and v.id = t.id and v.updated_at is not distinct from t.updated_at)`,
  )
}
