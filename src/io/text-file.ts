import { randomUUID } from 'node:crypto'
import { access, constants, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Room } from '../model/runtime.ts'
import { underLock } from './file-lock.ts'

/** Nobody but its owner may read a file that did not exist before. */
const PRIVATE = 0o600

/** Room for this many bytes more than a file has now. */
const MORE = 16_384

/** A small file of UTF-8 text that is read and replaced as a whole. All of it rejects as `fs` does. */
export function textFile(path: string) {
  return {
    path,
    /** Its text; undefined where there is no such file. */
    read: () => readFile(path, 'utf8').catch(unlessMissing),
    /** Whether it can be read again, and replaced: a pipe or a terminal cannot. */
    isLasting: async (): Promise<boolean> => (await stat(path).catch(unlessMissing))?.isFile() ?? true,
    reserve: async (): Promise<Room> => {
      const target = await targetOf(path)
      await access(target, constants.W_OK).catch(unlessMissing)
      return reserve(target, ((await stat(target).catch(unlessMissing))?.size ?? 0) + MORE)
    },
    replace: (text: string): Promise<void> => replaceFile(path, text),
    alone: async <T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> =>
      underLock(`${await targetOf(path)}.lock`, act, signal),
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
  const room = await reserve(await targetOf(path), Buffer.byteLength(text))
  try {
    await room.fill(text)
  } finally {
    await room.release()
  }
}

/** A file as large as this beside another, which takes its place once it is filled: the disk cannot be full by then. */
async function reserve(target: string, bytes: number): Promise<Room> {
  const old = await stat(target).catch(unlessMissing)
  const temporary = `${target}.${randomUUID()}`
  let isLeft = true
  const release = async (): Promise<void> => {
    if (isLeft) await rm(temporary, { force: true })
  }
  let isLike: boolean
  try {
    isLike = await padded(temporary, bytes, old)
  } catch (error) {
    await release()
    throw error
  }
  return {
    release,
    async fill(text) {
      await filled(temporary, text)
      if (isLike && (await exchanged(temporary, target))) {
        isLeft = false
        return
      }
      // If this fails, the new text is still beside it.
      isLeft = false
      await writeFile(target, text, { flush: true })
      await rm(temporary, { force: true })
    },
  }
}

/** Makes the new file, of so many bytes; whether it could be made the like of the old one. */
async function padded(
  path: string,
  bytes: number,
  old: { mode: number; uid: number; gid: number } | undefined,
): Promise<boolean> {
  const file = await open(path, 'wx', PRIVATE)
  try {
    await file.writeFile(' '.repeat(bytes))
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

/** Writes a text into the room that was made for it. */
async function filled(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten
    await file.truncate(bytes.length)
    await file.sync()
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
