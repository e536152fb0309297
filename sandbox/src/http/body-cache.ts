import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { zipped as compressed } from './zipped.ts'

/** A finished body: the bytes of its JSON, and the same gzipped, which is done when it is first asked for. */
export type Body = {
  /** Of the JSON. */
  readonly length: number
  readonly plain: () => Promise<Uint8Array>
  readonly gzipped: () => Promise<Uint8Array>
}

/** Finished bodies by request, for as long as the account stays as it is. */
export type BodyCache = {
  /** The body that was put under this key at this version of the account. */
  readonly get: (key: string, version: number) => Body | undefined
  /** Keeps the body of a JSON text, unless it is larger than the cache; gives it in any case. */
  readonly put: (key: string, version: number, text: string) => Body
}

type CachedBody = Body & { readonly version: number; size: number }

const decompress = promisify(gunzip)

/** A cache of limited size in bytes. It drops bodies of other versions at once, and then the least recently used. */
export function createBodyCache(limit: number): BodyCache {
  // In the order of their last use.
  const entries = new Map<string, CachedBody>()
  let held = 0

  const drop = (key: string, entry: CachedBody) => {
    entries.delete(key)
    held -= entry.size
  }
  const makeRoom = () => {
    for (const [key, entry] of entries) {
      if (held <= limit) return
      drop(key, entry)
    }
  }

  return {
    get: (key, version) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.version !== version) {
        drop(key, entry)
        return undefined
      }
      entries.delete(key)
      entries.set(key, entry)
      return entry
    },
    put: (key, version, text) => {
      // Clients that take gzip take it every time: the few others get theirs out of it, so that many more pages fit.
      let bytes: Uint8Array | undefined = Buffer.from(text)
      const { length } = bytes
      let zipped: Promise<Uint8Array> | undefined
      const zip = async (plain: Uint8Array): Promise<Uint8Array> => {
        const result = await compressed(plain)
        bytes = undefined
        // It may have been dropped meanwhile.
        if (entries.get(key) === entry) {
          held += result.length - entry.size
          entry.size = result.length
          makeRoom()
        }
        return result
      }
      const entry: CachedBody = {
        version,
        length,
        size: length,
        plain: async () => bytes ?? decompress((await zipped)!),
        gzipped: () => {
          zipped ??= zip(bytes!)
          return zipped
        },
      }
      const previous = entries.get(key)
      if (previous !== undefined) drop(key, previous)
      if (entry.size > limit) return entry
      entries.set(key, entry)
      held += entry.size
      makeRoom()
      return entry
    },
  }
}
