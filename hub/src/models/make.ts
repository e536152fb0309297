// Makes the views of a set, and makes them anew once they have to be others.
import { HubError, messageOf } from '../errors.ts'
import { nothingLoaded } from '../load/books.ts'
import { createModels, dropModels, type KeptModel, keepModels, keptModels } from '../load/kept-models.ts'
import { quoted, shortName } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Model, ModelSet, Tables } from './model.ts'
import { MODEL_SETS } from './sets.ts'

/** What became of a set. */
export interface Made {
  readonly schema: string
  readonly models: readonly string[]
  /** Those that are not there, and why. */
  readonly left: readonly { readonly model: string; readonly reason: string }[]
  /** What those that are there have nothing of, and why. */
  readonly without: readonly { readonly model: string; readonly what: string; readonly reason: string }[]
  /** Whether anything is other than it was. */
  readonly isChanged: boolean
}

/** The schema of a set: `zendesk_fivetran` beside tables in `zendesk`, or in DuckDB's `main`. */
export const schemaFor = ({ schemaName }: Warehouse, set: ModelSet): string =>
  shortName(`${schemaName === 'main' ? 'zendesk' : schemaName}_${set.name}`)

/**
 * Makes the views of a set, all in one transaction, where they are not as they are to be. Those whose streams were not loaded
 * are left out, and named. Throws a HubError where a view of somebody else stands in the way.
 */
export async function makeModels(warehouse: Warehouse, set: ModelSet): Promise<Made> {
  const schema = schemaFor(warehouse, set)
  const { wanted, left, without } = await planned(warehouse, set, schema)
  const before = (await keptModels(warehouse)).filter((model) => model.set === set.name)
  const isChanged = JSON.stringify(before) !== JSON.stringify(wanted)
  if (isChanged)
    await warehouse
      .atOnce(async () => {
        await warehouse.run(`create schema if not exists ${quoted(schema)}`)
        await dropModels(warehouse, before)
        await createModels(warehouse, wanted)
        await keepModels(warehouse, set.name, wanted)
      })
      .catch((error: unknown) => {
        throw new HubError(`The models of "${set.name}" cannot be made: ${messageOf(error)}`)
      })
  return { schema, models: wanted.map(({ name }) => name), left, without, isChanged }
}

/** What a set's views hold, for a query that reads them where they were not made: to be written in front of it. */
export interface Inlined extends Pick<Made, 'left' | 'without'> {
  readonly definitions: string
}

/** The views of a set as the beginning of a query: a warehouse that is only looked at needs none. */
export async function inlined(warehouse: Warehouse, set: ModelSet): Promise<Inlined> {
  const { wanted, left, without } = await planned(warehouse, set, undefined)
  return {
    definitions: `with ${wanted.map(({ name, query }) => `${quoted(name)} as (${query})`).join(', ')}`,
    left,
    without,
  }
}

/** Takes the views of a set away, and forgets it. Resolves to how many there were. */
export async function removeModels(warehouse: Warehouse, set: ModelSet): Promise<number> {
  const made = (await keptModels(warehouse)).filter((model) => model.set === set.name)
  if (made.length > 0)
    await warehouse.atOnce(async () => {
      await dropModels(warehouse, made)
      await keepModels(warehouse, set.name, [])
    })
  return made.length
}

/**
 * After a sync: makes the sets anew that were made before, where tables have come that they lacked, or rows that a view is made
 * of. Nothing happens where all is as it was.
 */
export async function refreshModels(warehouse: Warehouse): Promise<void> {
  const made = new Set((await keptModels(warehouse)).map(({ set }) => set))
  for (const set of MODEL_SETS) if (made.has(set.name)) await makeModels(warehouse, set)
}

async function planned(warehouse: Warehouse, set: ModelSet, schema: string | undefined) {
  const wanted: KeptModel[] = []
  const left: { model: string; reason: string }[] = []
  const without: { model: string; what: string; reason: string }[] = []
  const { tables, lacks } = await tablesOf(warehouse, set, schema)
  for (const model of set.models) {
    const reasons = model.from.map(lacks).filter((reason) => reason !== undefined)
    if (reasons.length > 0) {
      left.push({ model: model.name, reason: reasons.join('; ') })
      continue
    }
    wanted.push({ set: set.name, name: model.name, schema: schema ?? '', query: await queryOf(model, tables) })
    for (const [stream, what] of Object.entries(model.also ?? {})) {
      const reason = lacks(stream)
      if (reason !== undefined) without.push({ model: model.name, what, reason })
    }
  }
  return { wanted, left, without }
}

async function queryOf(model: Model, tables: Tables): Promise<string> {
  return (await model.query(tables)).replace(/\n +/g, '\n')
}

/** What the models of a set see; and why they cannot read a stream. Without a schema they stand in the same query. */
async function tablesOf(warehouse: Warehouse, set: ModelSet, schema: string | undefined) {
  const modes = await modesOf(warehouse)
  const read = set.models.flatMap(({ from, also }) => [...from, ...Object.keys(also ?? {})])
  const streams = new Set([...read, ...modes.keys()])
  const columns = new Map<string, readonly string[]>()
  for (const stream of streams) {
    const found = await warehouse.columnsOf(shortName(stream))
    if (found.length > 0)
      columns.set(
        stream,
        found.map(({ name }) => name),
      )
  }
  const lacks = (stream: string): string | undefined => {
    if (!columns.has(stream)) return `stream "${stream}" was not loaded`
    if (modes.get(stream) === 'append') return `stream "${stream}" is loaded in mode "append"`
    return undefined
  }
  const own = (table: string): string => `${warehouse.schema}.${quoted(table)}`
  const tables: Tables = {
    has: (stream) => lacks(stream) === undefined,
    columns: (stream) => columns.get(stream) ?? [],
    present: (stream) => {
      const place = own(shortName(stream))
      return columns.get(stream)?.includes('_valid_to') ? `(select * from ${place} where _valid_to is null)` : place
    },
    model: (name) => (schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`),
    own,
    member: warehouse.member,
    elements: warehouse.elements,
    elementText: warehouse.elementText,
    types: warehouse.types,
    rows: (sql) => warehouse.rows(sql),
  }
  return { tables, lacks }
}

/** In which mode each stream was loaded the last time. */
async function modesOf(warehouse: Warehouse): Promise<ReadonlyMap<string, string>> {
  if ((await warehouse.columnsOf('_streams')).length === 0) throw nothingLoaded(warehouse)
  const found = await warehouse.rows(
    `select stream, mode from ${warehouse.schema}._streams order by sync_id, finished_at`,
  )
  return new Map(found.map(({ stream, mode }) => [String(stream), String(mode)]))
}
