import { constants } from 'node:fs'
import { lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { makeFolder } from './make-folder.ts'

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants

/**
 * A file in a folder, written to a `.part` file beside it until it is whole. Throws if the path leads out of the folder;
 * everything else rejects as `fs` does. A link in the place of the file is replaced, not followed.
 */
export function stagedFile(folder: string, relativePath: string) {
  const root = resolve(folder)
  const path = resolve(root, `.${sep}${relativePath}`)
  const isBelow = path.startsWith(root.endsWith(sep) ? root : root + sep) && !relativePath.includes('\0')
  if (!isBelow || /[/\\]$/.test(relativePath))
    throw new Error(`The path ${JSON.stringify(relativePath)} leads out of its folder.`)
  const part = `${path}.part`
  return {
    path,
    /** Its size in bytes; undefined if it is not whole yet. */
    size: () => sizeOf(path),
    /** How many bytes of an unfinished file have arrived. */
    begun: async () => (await sizeOf(part)) ?? 0,
    /** Writes what arrives from byte `from` on; resolves to the size so far. Keeps what arrived before a failure. */
    async append(from: number, chunks: AsyncIterable<Uint8Array>): Promise<number> {
      makeFolder(dirname(path))
      if (from === 0) await rm(part, { force: true })
      const file = await open(part, O_WRONLY | O_NOFOLLOW | (from === 0 ? O_CREAT | O_EXCL : 0), 0o666)
      try {
        let at = from
        for await (const chunk of chunks) {
          await file.write(chunk, 0, chunk.length, at)
          at += chunk.length
        }
        await file.truncate(at)
        return at
      } finally {
        await file.close()
      }
    },
    /** Marks the file as whole. */
    finish: () => rename(part, path),
    /** Deletes what has arrived. */
    drop: () => rm(part, { force: true }),
  }
}

/** The size of a file; undefined if it is not there or not a file. */
const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    const found = await lstat(path)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
}
