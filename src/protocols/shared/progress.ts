// Progress of a sync for people at a terminal: one line that is overwritten.
import { systemClock } from '../../model/clock.ts'
import type { Message } from '../../model/message.ts'

/** Receives the messages of a sync; `end` clears the line. */
export interface ProgressLine {
  note(message: Message): void
  end(): void
}

/** The least time between two updates, in ms. */
const PAUSE = 250
const WIDTH = 79

/** Shows how many rows were read, by stream, through `show`. `now` is in ms. */
export function createProgress(show: (text: string) => void, now: () => number = systemClock.now): ProgressLine {
  const rows = new Map<string, number>()
  const expected = new Map<string, number>()
  const ended = new Set<string>()
  let waitsUntil = 0
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    note(message) {
      if (message.kind === 'records') rows.set(message.stream, (rows.get(message.stream) ?? 0) + message.records.length)
      if (message.kind === 'estimate') expected.set(message.stream, message.rows)
      if (message.kind === 'waiting') waitsUntil = message.until
      if (message.kind === 'status' && (message.status === 'complete' || message.status === 'incomplete'))
        ended.add(message.stream)
      // A log has a line of its own. The progress is shown again below it.
      if (message.kind === 'log') show(CLEAR)
      else if (now() - shownAt < PAUSE) return
      shownAt = now()
      const open = [...rows].filter(([stream]) => !ended.has(stream))
      show(`${CLEAR}${progressLine({ open, expected, rows, ended, wait: waitsUntil - systemClock.now() })}`)
    },
    end: () => show(CLEAR),
  }
}

const CLEAR = '\r\u001b[K'

interface ShownProgress {
  readonly open: readonly (readonly [stream: string, rows: number])[]
  readonly expected: ReadonlyMap<string, number>
  readonly rows: ReadonlyMap<string, number>
  readonly ended: ReadonlySet<string>
  /** How much longer the limit must be waited for, in ms. */
  readonly wait: number
}

/** `12,340 rows · tickets 12,000 of 40,000 · users 340 · 12 done · waits 35 s for the limit`, as far as it fits. */
function progressLine({ open, expected, rows, ended, wait }: ShownProgress): string {
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0)
  const waiting = wait > 1000 ? [`waits ${Math.ceil(wait / 1000)} s for the limit`] : []
  const done = ended.size > 0 ? [`${ended.size} done`] : []
  const streams = open
    .toSorted(([, one], [, other]) => other - one)
    .map(([stream, count]) => {
      const of = expected.get(stream)
      return `${stream} ${figure(count)}${of === undefined ? '' : ` of ${figure(of)}`}`
    })
  const parts = [`${figure(all)} rows`, ...waiting, ...done, ...streams]
  const fitting = parts.filter((_, at) => parts.slice(0, at + 1).join(' · ').length <= WIDTH)
  return fitting.join(' · ')
}

const figure = (count: number): string => count.toLocaleString('en-US')
