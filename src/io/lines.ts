import type { Writable } from 'node:stream'

/** Writes whole lines. */
export interface LineWriter {
  /**
   * Writes these lines, each with its line break, and waits until they have left the program, as its reader may be
   * slower: from then on the memory of bytes is the caller's again.
   */
  write(lines: string | Uint8Array): Promise<void>
  /** Writes these lines at once, also while everything else waits. */
  writeNow(lines: string | Uint8Array): void
  /** Writes these lines at once, and resolves when they have left the program. Rejects where nobody takes them. */
  deliver(lines: string): Promise<void>
}

/** Writes to `out`; `onClosed` is called with the reason once it takes nothing more, and what is written then is dropped. */
export function createLineWriter(out: Writable, onClosed: (error: Error) => void): LineWriter {
  let closed = false
  out.on('error', (error) => {
    if (closed) return
    closed = true
    onClosed(error)
  })
  return {
    async write(lines) {
      if (lines.length === 0 || closed) return
      const { promise, resolve } = Promise.withResolvers<void>()
      // The stream gets the error as well.
      out.write(lines, () => resolve())
      await promise
    },
    deliver: (lines) =>
      new Promise((resolve, reject) => {
        out.write(lines, (error) => (error ? reject(error) : resolve()))
      }),
    writeNow(lines) {
      if (lines.length > 0 && !closed) out.write(lines)
    },
  }
}
