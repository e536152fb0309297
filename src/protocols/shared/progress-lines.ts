// Progress of a sync for programs: JSON lines on a file descriptor of their own, apart from the protocol.
import { type Clock, systemClock } from '../../model/clock.ts'
import { messageOf } from '../../model/errors.ts'
import type { Connector, Message, StreamStatus } from '../../model/message.ts'

/** The progress of a stream. */
interface StreamProgress {
  status: StreamStatus | undefined
  records: number
  deletions: number
  /** Until when it waits for a limit (epoch ms). */
  waitsUntil?: number
  /** Why it ended incomplete. */
  error?: string
}

/** Receives the messages of a sync; `end` writes the last line. */
export interface ProgressLines {
  note(message: Message): void
  end(): void
}

/** The least time between two lines, in ms. */
const PAUSE = 1_000

/**
 * Writes a line `{"at", "limits", "streams"}` about once a second while messages come, and one at the end. Times are epoch
 * ms.
 */
export function createProgressLines(
  { costs }: Pick<Connector, 'costs'>,
  write: (line: string) => void,
  { now }: Clock = systemClock,
): ProgressLines {
  const streams = new Map<string, StreamProgress>()
  let writtenAt = now()
  const put = (): void => {
    writtenAt = now()
    const { limits, requests } = costs()
    const rows = [...streams].map(([name, stream]) => [name, { ...stream, requests: requests.get(name) ?? 0 }])
    write(`${JSON.stringify({ at: writtenAt, limits, streams: Object.fromEntries(rows) })}\n`)
  }
  return {
    note(message) {
      if (!('stream' in message) || message.stream === undefined) return
      const stream = streams.get(message.stream) ?? { status: undefined, records: 0, deletions: 0 }
      streams.set(message.stream, stream)
      noteIn(stream, message)
      if (now() - writtenAt >= PAUSE) put()
    },
    end: put,
  }
}

function noteIn(stream: StreamProgress, message: Message): void {
  if (message.kind === 'records') {
    const deletions = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
    stream.deletions += deletions
    stream.records += message.records.length - deletions
    delete stream.waitsUntil
  }
  if (message.kind === 'status') stream.status = message.status
  if (message.kind === 'waiting') stream.waitsUntil = message.until
  if (message.kind === 'error') stream.error = messageOf(message.error)
}
