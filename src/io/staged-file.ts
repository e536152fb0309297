import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** A file below a folder, which grows beside its place until it is whole. All of it rejects as `fs` does. */
export function stagedFile(folder: string, relativePath: string) {
  const path = resolve(join(folder, relativePath))
  const part = `${path}.part`
  return {
    path,
    /** Its size in bytes; undefined where it has not come whole. */
    size: () => sizeOf(path),
    /** How many bytes have come of one that has not. */
    begun: async () => (await sizeOf(part)) ?? 0,
    /** Writes what comes from byte `from` on, and resolves to the size so far. Keeps what came before a failure. */
    async append(from: number, chunks: AsyncIterable<Uint8Array>): Promise<number> {
      await mkdir(dirname(path), { recursive: true })
      const file = await open(part, from === 0 ? 'w' : 'r+')
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
    /** What has come is the whole. */
    finish: () => rename(part, path),
    /** Forgets what has come. */
    drop: () => rm(part, { force: true }),
  }
}

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  }
}
