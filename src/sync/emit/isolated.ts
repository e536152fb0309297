import { messageOf } from '../../model/errors.ts'
import type { FileReference, Message, RecordsMessage } from '../../model/message.ts'
import type { ConfiguredStream } from '../../model/stream.ts'
import type { Run, Sync } from '../run.ts'
import { noteFile } from './later-files.ts'

/** How many files of one page are fetched at a time. */
const AT_ONCE = 4

/**
 * These messages, with the files of their records if the stream asks for files. A page is emitted once all its files are in
 * the staging folder, so that they are there before the state that covers it. An error ends these runs only: what is
 * requested for them alone may fail by itself.
 */
export async function* isolated(
  runs: readonly Run[],
  messages: AsyncGenerator<Message>,
  sync: Sync,
): AsyncGenerator<Message> {
  const streams = runs.map(({ one }) => one).filter(({ includesFiles }) => includesFiles)
  const wanted = new Map(streams.map((one) => [one.stream.name, one]))
  try {
    for await (const message of messages) {
      const one = message.kind === 'records' ? wanted.get(message.stream) : undefined
      yield one && message.kind === 'records' ? await withReferences(one, message, sync) : message
    }
  } catch (error) {
    for (const run of runs) run.failure ??= error
  }
}

/** Records of this stream that were left without their files by the last sync, with what is there now. */
export async function* filesAgain(one: ConfiguredStream, sync: Sync): AsyncGenerator<Message> {
  const { name } = one.stream
  const records = [...(sync.laterFiles.get(name)?.values() ?? [])]
  if (records.length === 0) return
  try {
    yield await withReferences(one, { kind: 'records', stream: name, records }, sync)
  } catch (error) {
    // They stay where they are; the other streams of the walk must not end for them.
    if (!sync.signal.aborted) sync.log('warn', `Stream "${name}": ${messageOf(error)}`)
  }
}

async function withReferences({ stream }: ConfiguredStream, message: RecordsMessage, sync: Sync): Promise<Message> {
  const { records, deletedAt } = message
  const fetched: (FileReference | 'later' | undefined)[] = records.map(() => undefined)
  const waiting = records.entries()
  // Each of them takes the next record as soon as it is done with one.
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [at, record] of waiting) {
      const file = deletedAt?.[at] === undefined ? stream.file?.(record) : undefined
      fetched[at] = file && (await sync.fetchFile(stream.name, file))
    }
  })
  await Promise.all(workers)
  // In the order of the records, whichever file came first.
  const files = records.map((record, at) => {
    const file = fetched[at]
    noteFile(sync.laterFiles, stream.name, record, file === 'later')
    return file === 'later' ? undefined : file
  })
  return { ...message, files }
}
