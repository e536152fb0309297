// Rows on their way to Zendesk wait on the disk: a write takes as long as the account's limits say, and the database is
// others' too.
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import split from 'split2'
import { HubError, messageOf } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import type { Row } from '../table/batch.ts'

export interface Spool {
  /** How many rows there are. */
  readonly count: number
  /** All of them, one after the other. */
  rows(): AsyncGenerator<Row>
  /** Gives the room back. */
  close(): Promise<void>
}

/** What the file of a spool is called. */
const NAME = /^rows-.*\.jsonl$/

/**
 * Puts the rows of a run, which come some at a time, into a file of this folder, and resolves once all of them are there. What a run that
 * was killed left there goes: nobody else may write from it. Throws a HubError if there is no room, and what the rows throw.
 */
export async function spooled(folder: string, run: number, pieces: AsyncIterable<readonly Row[]>): Promise<Spool> {
  const path = join(folder, `rows-${run}.jsonl`)
  let count = 0
  let failure: { readonly error: unknown } | undefined
  const lines = async function* (): AsyncGenerator<string> {
    try {
      for await (const some of pieces) {
        count += some.length
        yield some.map((row) => `${JSON.stringify(row)}\n`).join('')
      }
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  const close = (): Promise<void> => rm(path, { force: true })
  try {
    makeFolder(folder)
    for (const name of await readdir(folder)) if (NAME.test(name)) await rm(join(folder, name), { force: true })
    await pipeline(Readable.from(lines(), { highWaterMark: 1 }), createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await close()
    throw failure?.error ?? unusable(path, error)
  }
  return {
    count,
    close,
    async *rows() {
      const file = createReadStream(path)
      try {
        // U+2028 is no end of a line here.
        for await (const line of file.pipe(split('\n'))) yield JSON.parse(line as string) as Row
      } finally {
        file.destroy()
      }
    },
  }
}

const unusable = (path: string, error: unknown): HubError =>
  new HubError(`${path} cannot hold the rows that are to be written: ${messageOf(error)}`)
