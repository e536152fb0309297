import type { Writable } from 'node:stream'

/** Writes whole lines. */
export interface LineWriter {
  /** Hands on these lines, each with its line break, and waits where the reader of the pipe is slower than we are. */
  write(lines: string): Promise<void>
  /** Hands on these lines at once, also while everything else waits. */
  writeNow(lines: string): void
}

/** Writes to `out`; `onClosed` is called when its reader has gone away, and what is written then is dropped. */
export function createLineWriter(out: Writable, onClosed: () => void): LineWriter {
  let closed = false
  let goOn: () => void = () => undefined
  out.on('drain', () => goOn())
  out.on('error', () => {
    closed = true
    onClosed()
    goOn()
  })
  return {
    async write(lines) {
      if (lines === '' || closed || out.write(lines)) return
      const { promise, resolve } = Promise.withResolvers<void>()
      goOn = resolve
      if (out.writableNeedDrain && !closed) await promise
    },
    writeNow(lines) {
      if (lines !== '' && !closed) out.write(lines)
    },
  }
}
