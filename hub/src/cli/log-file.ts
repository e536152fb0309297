// The log of a program that runs for months: a file, and a few older ones beside it.
import { appendFileSync, renameSync, statSync } from 'node:fs'
import { now } from '../clock.ts'
import { HubError, messageOf } from '../errors.ts'

export interface LogFile {
  readonly path: string
  /** At this size, in bytes, the file is renamed to `.1`; what was `.1` becomes `.2`, and so on. */
  readonly most: number
  /** How many older files are kept. */
  readonly kept: number
  /** Gets a sentence, once, if the file can no longer be written. */
  readonly onFailure: (sentence: string) => void
}

/** Takes lines into the file, each with the time (UTC). Throws a HubError if the file cannot be written when it is opened. */
export function openLogFile({ path, most, kept, onFailure }: LogFile): (text: string) => void {
  let size = 0
  let isFailing = false
  try {
    appendFileSync(path, '')
    size = statSync(path).size
  } catch (error) {
    throw new HubError(`The log ${path} cannot be written: ${messageOf(error)}`)
  }
  return (text) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const written = lines.map((line) => `${new Date(now()).toISOString()} ${line}\n`).join('')
    if (written === '') return
    // A full disk must not end what it is the log of.
    try {
      if (size > 0 && size + Buffer.byteLength(written) > most) size = rotate(path, kept)
      appendFileSync(path, written)
      size += Buffer.byteLength(written)
      isFailing = false
    } catch (error) {
      if (!isFailing) onFailure(`The log ${path} cannot be written: ${messageOf(error)}\n`)
      isFailing = true
    }
  }
}

/** Renames the full file. Returns the size of the new one. */
function rotate(path: string, kept: number): number {
  for (let nth = kept; nth > 0; nth--) {
    const from = nth === 1 ? path : `${path}.${nth - 1}`
    try {
      renameSync(from, `${path}.${nth}`)
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    }
  }
  return 0
}
