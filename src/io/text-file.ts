import { randomUUID } from 'node:crypto'
import { access, constants, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Room } from '../model/runtime.ts'
import { underLock } from './file-lock.ts'

/** A new file can be read by its owner only. */
const PRIVATE = 0o600

/** How many bytes a file may grow by. */
const MORE = 16_384

/** A small UTF-8 file that is read and replaced as a whole. Each function rejects as `fs` does. */
export function textFile(path: string) {
  return {
    path,
    /** Its text; undefined if there is no such file. */
    read: () => readFile(path, 'utf8').catch(unlessMissing),
    /** Whether it can be read again and replaced, unlike a pipe or a terminal. */
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

/** The target of a link is replaced, not the link. */
const targetOf = (path: string): Promise<string> => realpath(path).catch((error) => unlessMissing(error) ?? path)

/**
 * Replaces the text of a file atomically: a reader sees the old text or the new one, even after a crash. Permissions and
 * owner stay. Rejects as `fs` does, and then keeps the old file. A file that is a mount point or belongs to somebody else
 * cannot be exchanged, so it is overwritten; meanwhile the new text stands beside it.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const room = await reserve(await targetOf(path), Buffer.byteLength(text))
  try {
    await room.fill(text)
  } finally {
    await room.release()
  }
}

/** Makes a file of this size beside another one, to take its place once it is filled: then the disk cannot be full. */
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
      // If this fails, the new text still stands beside it.
      isLeft = false
      await writeFile(target, text, { flush: true })
      await rm(temporary, { force: true })
    },
  }
}

/** Makes the new file, of so many bytes; returns whether it could get permissions and owner of the old one. */
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

/** Writes a text into the space that was reserved for it. */
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
