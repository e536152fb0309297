import { randomUUID } from 'node:crypto'
import { access, constants, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Nobody but its owner may read a file that did not exist before. */
const PRIVATE = 0o600

/** A small file of UTF-8 text that is read and replaced as a whole. All of it rejects as `fs` does. */
export function textFile(path: string) {
  return {
    path,
    /** Its text; undefined where there is no such file. */
    read: () => readFile(path, 'utf8').catch(unlessMissing),
    /** Rejects where it could not be replaced. */
    prove: async (): Promise<void> => {
      const target = await targetOf(path)
      await access(dirname(target), constants.W_OK)
      await access(target, constants.W_OK).catch(unlessMissing)
    },
    replace: (text: string): Promise<void> => replaceFile(path, text),
  }
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT'

function unlessMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined
  throw error
}

/** What a link leads to is what is replaced, not the link. */
const targetOf = (path: string): Promise<string> => realpath(path).catch((error) => unlessMissing(error) ?? path)

/**
 * Puts a text in the place of a file, wholly or not at all: a reader sees the old one or the new one, also after a crash.
 * Its permissions and its owner stay. Rejects as `fs` does, and leaves the old file then. A file that is a mount point of
 * its own, or belongs to somebody else, cannot be exchanged: it is written over, and the new text stands beside it while
 * that is done.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await targetOf(path)
  const old = await stat(target).catch(unlessMissing)
  const temporary = `${target}.${randomUUID()}`
  try {
    if ((await written(temporary, text, old)) && (await exchanged(temporary, target))) return
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  // Where this fails, the new text is still beside it.
  await writeFile(target, text, { flush: true })
  await rm(temporary, { force: true })
}

/** Writes the new file; whether it could be made the like of the old one. */
async function written(
  path: string,
  text: string,
  old: { mode: number; uid: number; gid: number } | undefined,
): Promise<boolean> {
  const file = await open(path, 'wx', PRIVATE)
  try {
    await file.writeFile(text)
    await file.sync()
    if (old === undefined) return true
    const made = await file.stat()
    if (made.uid !== old.uid || made.gid !== old.gid) await file.chown(old.uid, old.gid)
    await file.chmod(old.mode & 0o777)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EPERM') return false
    throw error
  } finally {
    await file.close()
  }
}

async function exchanged(temporary: string, target: string): Promise<boolean> {
  try {
    await rename(temporary, target)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EBUSY') return false
    throw error
  }
}
