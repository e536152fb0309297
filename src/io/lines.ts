import type { Writable } from 'node:stream'

/** Writes whole lines. */
export interface LineWriter {
  /**
   * Writes these lines, each with its line break, and resolves when they have left the program: its reader may be slow. Until
   * then the caller must not change the bytes.
   */
  write(lines: string | Uint8Array): Promise<void>
  /** Writes these lines at once, even while other lines wait. */
  writeNow(lines: string | Uint8Array): void
  /** Writes these lines at once, and resolves when they have left the program. Rejects if nobody reads them. */
  deliver(lines: string): Promise<void>
}

/** Writes to `out`. Once it accepts nothing more, calls `onClosed` with the reason and drops what is written. */
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
