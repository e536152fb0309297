import type { WriteMode } from '../model/writing.ts'

export const EVERY: readonly WriteMode[] = ['append', 'update', 'append_dedup', 'soft_delete']
/** By an id nothing is created. */
export const BY_ID: readonly WriteMode[] = ['update', 'soft_delete']
