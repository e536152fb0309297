import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { RejectedRows } from '../model/writer.ts'
import type { RejectedRow } from '../model/writing.ts'
import { makeFolder } from './make-folder.ts'

/** Keeps rejected rows as JSON lines in a file for this run. The first row creates it. */
export function createRejectedRows(folder: string, now: number): RejectedRows {
  const name = `${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.jsonl`
  const path = join(folder, name)
  let last: Promise<void> = Promise.resolve()
  const append = async (row: RejectedRow): Promise<void> => {
    makeFolder(folder, 0o700)
    // Rows hold customers' data.
    const file = await open(path, 'a', 0o600)
    try {
      await file.appendFile(`${JSON.stringify({ rejected_at: new Date(now).toISOString(), ...row })}\n`)
      // Once this resolves, a state may be emitted, and then nobody sends the row again.
      await file.datasync()
    } finally {
      await file.close()
    }
  }
  return {
    where: path,
    flush: async () => undefined,
    keep(row) {
      last = last.then(() => append(row))
      return last
    },
  }
}
