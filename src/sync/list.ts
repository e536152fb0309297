import { fingerprintOf } from '../fingerprint.ts'
import type { Message } from '../message.ts'
import type { ConfiguredStream, Deletion, RecordData, StreamState } from '../stream.ts'
import { epochOf, isoOf } from '../time.ts'
import { deletionsMessage, recordsMessage } from './deletions.ts'
import type { Sync } from './member.ts'
import { fullRefreshMark, listStateOf } from './progress.ts'
import { shownRecord } from './shown.ts'
import { readWalk } from './walk.ts'

/**
 * Reads a small list whole, every time and whatever the start date: other tables point at its rows. An incremental sync
 * hands on what differs from last time; what has gone from the list was deleted, once Zendesk confirms it.
 */
export async function* readList(one: ConfiguredStream, sync: Sync): AsyncGenerator<Message> {
  const { stream } = one
  const known = listStateOf(one)
  const now: Record<string, string> = {}
  let latest = known.latest

  const unchanged = (record: RecordData): boolean =>
    known.fingerprints
      ? known.fingerprints[keyOf(record)] === now[keyOf(record)]
      : (epochOf(record[stream.cursorField]) ?? known.latest) < known.latest
  for await (const { rows } of readWalk(stream.walk, { time: 0 }, { ...sync, streams: [stream.name] })) {
    const records = stream.records(rows)
    for (const record of records) {
      now[keyOf(record)] = fingerprintOf(record)
      latest = Math.max(latest, epochOf(record[stream.cursorField]) ?? 0)
    }
    const changed = one.syncMode === 'incremental' ? records.filter((record) => !unchanged(record)) : records
    yield* recordsMessage(one, changed, sync.deletedRecords)
  }
  if (one.syncMode === 'incremental') {
    const missing = Object.keys(known.fingerprints ?? {}).filter((id) => now[id] === undefined)
    yield* goneOrOverlooked(one, missing, now, sync)
  }
  const state: StreamState = {
    [stream.cursorField]: isoOf(latest),
    records: now,
    ...fullRefreshMark(one, true),
  }
  yield { kind: 'checkpoint', stream: stream.name, state }
}

const keyOf = (record: RecordData): string => String(record['id'])

/**
 * A row that was renamed while the list was read can be overlooked, so each one that is missing is asked for by itself:
 * only a 404 says that it is gone. When it was deleted is not told; the time of this sync is.
 */
async function* goneOrOverlooked(
  one: ConfiguredStream,
  missing: readonly string[],
  now: Record<string, string>,
  sync: Sync,
): AsyncGenerator<Message> {
  const deletedAt = isoOf(Math.floor(Date.now() / 1000))
  const gone: Deletion[] = []
  const overlooked: RecordData[] = []
  for (const id of missing) {
    const record =
      one.stream.show && (await shownRecord(sync.get, { ...one.stream.show(id), streams: [one.stream.name] }))
    if (record) {
      now[id] = fingerprintOf(record)
      overlooked.push(record)
    } else gone.push({ record: { id: Number(id), [one.stream.cursorField]: deletedAt }, deletedAt })
  }
  yield* recordsMessage(one, overlooked, sync.deletedRecords)
  yield* deletionsMessage(one, gone, sync.deletedRecords)
}
