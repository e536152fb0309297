// What the views of this set have in common.
import { utc } from '../model.ts'

export { LIVING } from '../model.ts'

/** Columns that keep their names, of table `t`. */
export const same = (names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `t.${name}`)
    .join(', ')

/** Times that keep their names, of table `t`. */
export const times = (names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${utc(`t.${name}`)} as ${name}`)
    .join(', ')

/** When the row was loaded. */
export const SYNCED = `${utc('t._loaded_at')} as _fivetran_synced`
