// Whether what was made of some files is still what they would make: by the content of all of them, and of all that was made.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Made {
  /** Files and folders, with all that is below them. One that is not there counts as such. */
  readonly from: readonly string[]
  /** The folder that is made. */
  readonly into: string
  /** Where it is remembered what was made of what. */
  readonly stamp: string
}

/**
 * Makes the folder by `make`, unless it is up to date. Resolves to whether it made it. Rejects as `make` does, and then the
 * folder is not taken for made.
 */
export async function makeIfNeeded({ from, into, stamp }: Made, make: () => Promise<void>): Promise<boolean> {
  const given = digestOf(from)
  if (textIn(stamp) === `${given} ${digestOf([into])}`) return false
  rmSync(stamp, { force: true })
  await make()
  mkdirSync(dirname(stamp), { recursive: true })
  // A file that was changed meanwhile is in `given` as it was before, so that the next time makes all of it anew.
  writeFileSync(stamp, `${given} ${digestOf([into])}`)
  return true
}

/** Of the paths, modes and contents of all files in and below these. */
function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow)) {
    const content = readFileSync(path)
    hash.update(`${path}\n${statSync(path).mode} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

function filesBelow(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (!found.isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort()
}

function textIn(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false }) && readFileSync(path, 'utf8')
}
