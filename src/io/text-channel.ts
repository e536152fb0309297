import { createWriteStream, fstatSync } from 'node:fs'

/**
 * Writes text to an open file descriptor, without waiting for who reads it. `onFailure` is called once if it is not open, or
 * nobody reads it; what is written then is dropped.
 */
export function textChannel(descriptor: number, onFailure: (message: string) => void): (text: string) => void {
  let isOpen = true
  const fail = (error: unknown): void => {
    if (isOpen) onFailure(`File descriptor ${descriptor} takes no progress (${(error as Error).message}).`)
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
