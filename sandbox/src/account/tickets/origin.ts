import type { Origin } from '../model.ts'

/** The `metadata.system` of the system itself: empty. */
export const SYSTEM_ORIGIN: Origin = {}
