import type { Origin } from '../model.ts'

/** What the system itself leaves in `metadata.system`: nothing. */
export const SYSTEM_ORIGIN: Origin = {}
