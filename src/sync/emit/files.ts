import { messageOf } from '../../model/errors.ts'
import type { FileReference, Message, RecordsMessage } from '../../model/message.ts'
import type { ConfiguredStream, RecordData } from '../../model/stream.ts'
import type { Sync } from '../run.ts'

/** How many files of one page are fetched at a time. */
const AT_ONCE = 4

/**
 * These messages, with the files of their records if the stream asks for files. A page is emitted once all its files are in
 * the staging folder, so that they are there before the state that covers it.
 */
export async function* withFiles(
  streams: readonly ConfiguredStream[],
  messages: AsyncGenerator<Message>,
  sync: Sync,
): AsyncGenerator<Message> {
  const wanted = new Map(streams.filter(({ includesFiles }) => includesFiles).map((one) => [one.stream.name, one]))
  for await (const message of messages) {
    const one = message.kind === 'records' ? wanted.get(message.stream) : undefined
    yield one && message.kind === 'records' ? await withReferences(one, message, sync) : message
  }
}

/** Records of this stream that were left without their files by the last sync, with what is there now. */
export async function* filesAgain(one: ConfiguredStream, sync: Sync): AsyncGenerator<Message> {
  const { name } = one.stream
  const records = sync.laterFiles.of(name)
  if (records.length === 0) return
  try {
    yield await withReferences(one, { kind: 'records', stream: name, records }, sync)
  } catch (error) {
    // They stay where they are; the other streams of the walk must not end for them.
    if (sync.signal.aborted) throw error
    sync.log('warn', `Stream "${name}": ${messageOf(error)}`)
  }
}

async function withReferences({ stream }: ConfiguredStream, message: RecordsMessage, sync: Sync): Promise<Message> {
  const { records, deletedAt } = message
  const files: (FileReference | undefined)[] = records.map(() => undefined)
  const fetchOf = async (record: RecordData, at: number): Promise<void> => {
    const file = deletedAt?.[at] === undefined ? stream.file?.(record) : undefined
    const fetched = file && (await sync.fetchFile(stream.name, file))
    if (fetched === 'later') return sync.laterFiles.add(stream.name, record)
    sync.laterFiles.remove(stream.name, record)
    files[at] = fetched
  }
  const waiting = records.entries()
  // Each of them takes the next record as soon as it is done with one.
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [at, record] of waiting) await fetchOf(record, at)
  })
  await Promise.all(workers)
  return { ...message, files }
}
