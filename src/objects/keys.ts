import type { MatchKey, WriteMode } from '../model/writing.ts'

export const EVERY: readonly WriteMode[] = ['append', 'update', 'append_dedup', 'soft_delete']
/** By an id nothing is created. */
const BY_ID: readonly WriteMode[] = ['update', 'soft_delete']

const modesOf = (columns: readonly string[]): readonly WriteMode[] => (columns[0] === 'id' ? BY_ID : EVERY)

/** A column by which up to 100 are found at a time, by this parameter. */
export const shownBy = (column: string, by = `${column}s`): MatchKey => ({
  columns: [column],
  find: 'show_many',
  by,
  modes: modesOf([column]),
})

/** Columns by which one is found at a time, in its list. */
export const listedBy = (...columns: readonly string[]): MatchKey => ({ columns, find: 'list', modes: EVERY })

/** Columns by which one is found in the list of all, which is read once: dear for accounts with many. */
export const amongAll = (...columns: readonly string[]): MatchKey => ({ columns, find: 'whole', modes: EVERY })

/** Columns by which one is found in the list of its parent, at this path. */
export const below = (at: string, ...columns: readonly string[]): MatchKey => ({
  columns,
  find: 'below',
  at,
  modes: EVERY,
})

/** The id, by which one is found at a time. */
export const byId: MatchKey = { columns: ['id'], find: 'one', modes: BY_ID }
