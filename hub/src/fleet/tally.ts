// What a run has done so far.
import { now } from '../clock.ts'
import type { SourceMessage } from '../source/source.ts'
import type { StreamState } from '../store/states.ts'

export interface Tallies {
  readonly rows: number
  readonly deletions: number
  readonly commits: number
  /** Milliseconds in which somebody waited for Zendesk's limits. */
  readonly waited: number
}

export interface RunTally {
  /** Takes what the source says. */
  take(message: SourceMessage): void
  /** Counts a commit. */
  committed(): void
  now(): Tallies
  /** The states that came since the last time. */
  takeStates(): ReadonlyMap<string, StreamState>
}

export function createTally(): RunTally {
  let [rows, deletions, commits, waited, waitsUntil] = [0, 0, 0, 0, 0]
  const states = new Map<string, StreamState>()
  return {
    take(message) {
      if (message.kind === 'records') {
        const deleted = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
        rows += message.records.length - deleted
        deletions += deleted
      } else if (message.kind === 'checkpoint') states.set(message.stream, message.state)
      else if (message.kind === 'waiting') {
        // Streams wait at the same time: what counts is the time in which any of them does.
        const from = Math.max(now(), waitsUntil)
        waited += Math.max(0, message.until - from)
        waitsUntil = Math.max(waitsUntil, message.until)
      }
    },
    committed: () => void commits++,
    now: () => ({ rows, deletions, commits, waited: Math.round(waited) }),
    takeStates() {
      const taken = new Map(states)
      states.clear()
      return taken
    },
  }
}
