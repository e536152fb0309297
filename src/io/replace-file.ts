import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'

/** Nobody but its owner may read a file that did not exist before. */
const PRIVATE = 0o600

/**
 * Puts a text in the place of a file, wholly or not at all: a reader sees the old one or the new one, also after a crash.
 * The permissions stay. Rejects as `fs` does, and leaves the old file then.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const mode = (await stat(path).catch(() => undefined))?.mode ?? PRIVATE
  const temporary = `${path}.${randomUUID()}`
  try {
    const file = await open(temporary, 'wx', PRIVATE)
    try {
      await file.writeFile(text)
      await file.chmod(mode & 0o777)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
