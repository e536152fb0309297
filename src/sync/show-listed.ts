import type { Message } from '../model/message.ts'
import type { ConfiguredStream, Id, RecordData } from '../model/stream.ts'
import { recordsMessage } from './emit/records.ts'
import type { ReadOptions } from './export/run.ts'
import { childLists } from './list/children.ts'
import { shownRecord } from './show-record.ts'

/**
 * Reads these records of lists that show one record at a time, such as articles, and all that belongs to them: a request for
 * each, and for each list of its children. What there is no more is left out.
 */
export async function* showListed(
  configured: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const show = configured.map(({ stream }) => stream.show ?? stream.showParent).find((one) => one !== undefined)
  if (!show) return
  for (const id of ids) {
    const streams = configured.map(({ stream }) => stream.name)
    const row = await shownRecord(options.get, { ...show(String(id)), streams })
    if (row) yield* withChildren(configured, row, options)
  }
}

async function* withChildren(
  configured: readonly ConfiguredStream[],
  row: RecordData,
  options: ReadOptions,
): AsyncGenerator<Message> {
  const parents = configured.filter(({ stream }) => stream.childList === undefined)
  for (const one of parents) yield* recordsMessage(one, one.stream.records([row]), options.deletedRecords)
  const children = configured.filter((one) => !parents.includes(one))
  const lists = childLists([row], children, options)
  for (const one of children)
    for await (const rows of lists.read(one, row, () => {}))
      yield* recordsMessage(one, one.stream.records(rows, row), options.deletedRecords)
}
