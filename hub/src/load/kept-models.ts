// Which models were made in this warehouse. A column that a view of PostgreSQL names cannot get a wider type: so the hub takes
// its own views away for that moment, and puts them back as they were.
import { quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** A view of a set of models, as it was made. */
export interface KeptModel {
  readonly set: string
  readonly name: string
  /** The schema that it stands in. */
  readonly schema: string
  readonly query: string
}

/** The models that were made, in their order; none where `zendesk-hub models` never made any. */
export async function keptModels({ columnsOf, rows, schema }: Warehouse): Promise<readonly KeptModel[]> {
  if ((await columnsOf('_models')).length === 0) return []
  const found = await rows(
    `select set_name, model, schema_name, query from ${schema}._models order by set_name, made_nth`,
  )
  return found.map(({ set_name, model, schema_name, query }) => ({
    set: String(set_name),
    name: String(model),
    schema: String(schema_name),
    query: String(query),
  }))
}

/** Keeps these as the models of a set: in the transaction that makes them. */
export async function keepModels(
  { run, schema, types }: Warehouse,
  set: string,
  models: readonly KeptModel[],
): Promise<void> {
  const { text, integer, time } = types
  await run(`create table if not exists ${schema}._models (set_name ${text}, model ${text}, schema_name ${text},
    query ${text}, made_nth ${integer}, made_at ${time})`)
  await run(`delete from ${schema}._models where set_name = $1`, [set])
  for (const [nth, model] of models.entries())
    await run(`insert into ${schema}._models values ($1, $2, $3, $4, $5, now())`, [
      ...[set, model.name, model.schema, model.query],
      nth,
    ])
}

const placeOf = ({ schema, name }: KeptModel): string => `${quoted(schema)}.${quoted(name)}`

/** Takes these views away; the last one first, as it may read one before it. */
export async function dropModels({ run }: Warehouse, models: readonly KeptModel[]): Promise<void> {
  for (const model of models.toReversed()) await run(`drop view if exists ${placeOf(model)}`)
}

/** Makes these views, in their order. */
export async function createModels({ run }: Warehouse, models: readonly KeptModel[]): Promise<void> {
  for (const model of models) await run(`create view ${placeOf(model)} as ${model.query}`)
}
