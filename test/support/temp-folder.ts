import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folders: string[] | undefined

/** A new folder whose name begins so; it is removed when this process ends by itself. */
export function tempFolder(name: string): string {
  if (folders === undefined) {
    const all: string[] = []
    process.once('exit', () => {
      for (const one of all) rmSync(one, { recursive: true, force: true })
    })
    folders = all
  }
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  folders.push(folder)
  return folder
}
