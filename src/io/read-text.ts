import { closeSync, constants, open, stat } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

const [opened, statOf] = [promisify(open), promisify(stat)]

/**
 * The whole text of a file, which may be a pipe. A pipe is waited for without keeping the process from its end, until the
 * signal is aborted: then its reason is thrown. Rejects as `fs` does.
 */
export async function readText(path: string, signal: AbortSignal): Promise<string> {
  if (!(await statOf(path)).isFIFO()) return readFile(path, 'utf8')
  // Else the call would only return once somebody writes, and no signal would end it.
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
