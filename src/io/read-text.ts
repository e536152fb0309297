import { closeSync, constants, open, stat } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

const [opened, statOf] = [promisify(open), promisify(stat)]

/**
 * The whole text of a file or pipe. Waiting for a pipe does not keep the process alive. Rejects as `fs` does, or with the
 * signal's reason once it is aborted.
 */
export async function readText(path: string, signal: AbortSignal): Promise<string> {
  if (!(await statOf(path)).isFIFO()) return readFile(path, 'utf8')
  // Otherwise the call would block until somebody writes, and no signal could end it.
  const fd = await opened(path, constants.O_RDONLY | constants.O_NONBLOCK)
  let socket: Socket
  try {
    socket = new Socket({ fd, readable: true, writable: false })
  } catch (error) {
    closeSync(fd)
    throw error
  }
  const onAbort = (): void => void socket.destroy(signal.reason as Error)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await text(socket)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
