import { deleteCustomObject } from './custom-objects/objects.ts'
import { removeContent } from './help-center/content.ts'
import type { Row } from './model.ts'
import { type PeopleMutations, peopleMutations } from './people/mutations.ts'
import { type SettingsMutations, settingsMutations } from './settings-mutations.ts'
import type { Store } from './store.ts'
import type { Id } from './table.ts'
import { type TicketMutations, ticketMutations } from './tickets/mutations.ts'

/** Everything that can be done to the account's records. */
export type Mutations = TicketMutations & PeopleMutations & SettingsMutations & TableMutations

/** The mutations of the records that tables hold, by the table's name (as the truth's streams are called). */
export type TableMutations = {
  /** Gives the id. */
  readonly createRecord: (table: string, values: Row) => Id
  readonly updateRecord: (table: string, id: Id, values: Row) => void
  /** Its children are deleted with it: an article's comments and votes, an object's records. */
  readonly deleteRecord: (table: string, id: Id) => void
}

/** The mutations of a store. Each moves its version and calls its watch. */
export function createMutations(store: Store): Mutations {
  const known = (name: string) => {
    const table = store.tables.get(name)
    if (table === undefined) throw new Error(`There is no table ${name}.`)
    return table
  }
  const mutations: Mutations = {
    ...ticketMutations(store),
    ...peopleMutations(store),
    ...settingsMutations(store),
    createRecord: (table, values) => known(table).add(values).id,
    updateRecord: (table, id, values) => void known(table).change(id, values),
    deleteRecord: (table, id) => {
      const entry = known(table).get(id)
      if (entry === undefined) throw new Error(`There is no record ${id} in ${table}.`)
      if (table === 'custom_objects') deleteCustomObject(store, String(id))
      else removeContent(store, table, entry)
    },
  }
  const watched = Object.entries(mutations).map(([name, mutate]) => [
    name,
    (...args: unknown[]) => {
      store.agenda.run()
      store.version++
      const result = (mutate as (...all: unknown[]) => unknown)(...args)
      store.watch.written()
      return result
    },
  ])
  return Object.fromEntries(watched) as Mutations
}
