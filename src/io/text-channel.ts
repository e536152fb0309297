import { createWriteStream, fstatSync } from 'node:fs'

/**
 * Writes text to an open file descriptor without waiting for its reader. Calls `onFailure` once if it is not open or nobody
 * reads it, and drops what is written from then on.
 */
export function textChannel(descriptor: number, onFailure: (message: string) => void): (text: string) => void {
  let isOpen = true
  const fail = (error: unknown): void => {
    if (isOpen) onFailure(`Progress cannot be written to file descriptor ${descriptor} (${(error as Error).message}).`)
    isOpen = false
  }
  try {
    fstatSync(descriptor)
  } catch (error) {
    fail(error)
    return () => undefined
  }
  const stream = createWriteStream('', { fd: descriptor, autoClose: false })
  stream.on('error', fail)
  return (text) => {
    if (isOpen) stream.write(text)
  }
}
