// `zendesk-hub models`: views over the tables, in sets.
import { HubError } from '../errors.ts'
import { nothingLoaded } from '../load/books.ts'
import { keptModels } from '../load/kept-models.ts'
import { makeModels, removeModels } from '../models/make.ts'
import type { ModelSet } from '../models/model.ts'
import { MODEL_SETS } from '../models/sets.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { type Destination, openWarehouse } from './destination.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { textTable } from './table.ts'

export const MODELS_USAGE = `Usage: zendesk-hub models [list]
       zendesk-hub models SET… [--to DESTINATION] [--schema NAME] [--drop]

Makes views over the tables, in a schema of their own. Views are always as fresh as the tables, and each sync adapts them
when columns or streams change. list, or nothing, shows which views there are.

${MODEL_SETS.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}

  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --drop               removes the views of these sets
`

const FLAGS = { to: { type: 'string' }, schema: { type: 'string' }, drop: { type: 'boolean' } } as const

export async function modelsCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, Number.POSITIVE_INFINITY)
  const isList = positionals.length === 0 || (positionals.length === 1 && positionals[0] === 'list')
  if (isList && values.drop) throw new HubError('Say which models to drop: zendesk-hub models fivetran --drop.')
  const sets = isList ? [] : positionals.map(setNamed)
  const to = { to: values.to ?? 'duckdb:zendesk.duckdb', schema: values.schema }
  if (!isList) await requireTables(to, program)
  const warehouse = await openWarehouse(to, { ...program, readOnly: isList })
  try {
    if (isList) await list(program, warehouse)
    for (const set of sets) {
      if (values.drop) program.write(`${await removeModels(warehouse, set)} views of "${set.name}" were removed.\n`)
      else await make(program, warehouse, set)
    }
    return 0
  } finally {
    await warehouse.close()
  }
}

/** Throws a HubError where nothing was loaded: opened to be written, a file or a schema that is not there would be made. */
async function requireTables(to: Destination, program: Program): Promise<void> {
  const warehouse = await openWarehouse(to, { ...program, readOnly: true })
  try {
    if ((await warehouse.columnsOf('_streams')).length === 0) throw nothingLoaded(warehouse)
  } finally {
    await warehouse.close()
  }
}

function setNamed(name: string): ModelSet {
  const found = MODEL_SETS.find((set) => set.name === name)
  if (found) return found
  throw new HubError(`There are no models "${name}": there are ${MODEL_SETS.map((set) => set.name).join(', ')}.`)
}

async function list(program: Program, warehouse: Warehouse): Promise<void> {
  const made = await keptModels(warehouse)
  const rows = MODEL_SETS.flatMap((set) =>
    set.models.map(({ name, about }) => {
      const found = made.find((model) => model.set === set.name && model.name === name)
      return [set.name, found ? `${found.schema}.${name}` : `(${name})`, about]
    }),
  )
  program.write(textTable([['set', 'view', 'holds'], ...rows]))
  program.write('\nThose in brackets do not exist yet: zendesk-hub models SET makes them.\n')
}

async function make(program: Program, warehouse: Warehouse, set: ModelSet): Promise<void> {
  const { schema, models, left, without, isChanged } = await makeModels(warehouse, set)
  if (models.length === 0)
    throw new HubError(
      `No view of "${set.name}" can be made: ${left.map(({ model, reason }) => `${model}: ${reason}`).join(', ')}. Sync these streams first.`,
    )
  const what = isChanged ? 'made' : 'unchanged'
  program.write(`${models.length} views in schema ${schema}: ${what}.\n`)
  for (const { model, reason } of left) program.say(`${model} is left out: ${reason}.\n`)
  for (const { model, what, reason } of without) program.say(`${model} has no ${what}: ${reason}.\n`)
}
