import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Writes whole lines. */
export interface LineWriter {
  /** Hands on these lines, each with its line break, and waits where the reader of the pipe is slower than we are. */
  write(lines: string): Promise<void>
  /** Hands on these lines at once, also while everything else waits. */
  writeNow(lines: string): void
}

/** Writes to `out`; `onClosed` is called when its reader has gone away. */
export function createLineWriter(out: Writable, onClosed: () => void): LineWriter {
  let closed = false
  const close = (): void => {
    closed = true
    onClosed()
  }
  out.on('error', close)
  return {
    async write(lines) {
      if (lines === '' || closed) return
      if (!out.write(lines) && !closed) await Promise.race([once(out, 'drain'), once(out, 'close')]).catch(close)
    },
    writeNow(lines) {
      if (lines !== '' && !closed) out.write(lines)
    },
  }
}
