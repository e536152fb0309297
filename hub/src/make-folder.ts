import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it; throws as `fs` does. Node's own `recursive` never returns where a folder that is there takes
 * none and calls that ENOENT, as /proc does.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (tryMaking(path, mode)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above, mode)
  if (!tryMaking(path, mode)) mkdirSync(path, { mode })
}

/** Whether the folder is there now; false if the one above it is missing. */
function tryMaking(path: string, mode: number): boolean {
  try {
    mkdirSync(path, { mode })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    // Another program may have made it just now.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return true
    throw error
  }
}
