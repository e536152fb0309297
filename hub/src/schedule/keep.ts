// Keeps connections fresh: each sync in its turn, one at a time for an account, whose limits they share.
import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import { messageOf } from '../errors.ts'
import { allowedAge, dueAt, jitterOf, type Past } from './due.ts'

/** A connection that is kept fresh. */
export interface Scheduled {
  readonly name: string
  /** Connections of one account never run at the same time. */
  readonly account: string
  readonly schedule: string
  /** What the warehouse tells of earlier syncs: when the last one began, and when one was complete. */
  past(): Promise<{ readonly begunAt: number | undefined; readonly completeAt: number | undefined }>
  /** Syncs once. Resolves to what went wrong; undefined: every stream is complete. */
  sync(): Promise<{ readonly error: string | undefined; readonly rows: number }>
  /** Told of what went wrong. */
  failed(error: string): Promise<void>
}

/** How a connection fares, for those who ask. */
export interface Health extends Past {
  readonly name: string
  readonly isRunning: boolean
  /** When all of its streams were complete for the last time. */
  readonly completeAt: number | undefined
  readonly error: string | undefined
  readonly syncs: number
  readonly rows: number
  readonly dueAt: number
  /** Whether its data is not older than promised: twice the time between two syncs. */
  readonly isFresh: boolean
}

export interface Keeper {
  readonly health: () => readonly Health[]
  /** Ends once the signal is given and the sync at hand has ended. */
  run(): Promise<void>
}

interface State extends Past {
  readonly isRunning: boolean
  readonly completeAt: number | undefined
  readonly error: string | undefined
  readonly syncs: number
  readonly rows: number
}

export function createKeeper(
  connections: readonly Scheduled[],
  say: (text: string) => void,
  signal: AbortSignal,
): Keeper {
  const states = new Map<string, State>()
  const startedAt = now()
  const stateOf = (name: string): State => states.get(name) ?? UNKNOWN
  const set = (name: string, changed: Partial<State>): void => {
    states.set(name, { ...stateOf(name), ...changed })
  }

  async function syncOnce(connection: Scheduled): Promise<void> {
    const { name } = connection
    set(name, { isRunning: true, begunAt: now() })
    const { error, rows } = await connection.sync().catch((thrown: unknown) => ({ error: messageOf(thrown), rows: 0 }))
    const { failures, syncs, rows: before } = stateOf(name)
    const ended = { isRunning: false, endedAt: now(), syncs: syncs + 1, rows: before + rows, error }
    if (error === undefined) set(name, { ...ended, failures: 0, completeAt: now() })
    else if (signal.aborted) set(name, ended)
    else {
      set(name, { ...ended, failures: failures + 1 })
      say(`${name}: ${error}\n`)
      await connection
        .failed(error)
        .catch((thrown: unknown) => say(`${name}: nobody could be told: ${messageOf(thrown)}\n`))
    }
  }

  const next = ({ name, schedule }: Scheduled): number => {
    const state = stateOf(name)
    return dueAt(schedule, state) + (state.begunAt === undefined ? 0 : jitterOf(name))
  }

  /** The connections of one account, one sync after the other. */
  async function keep(some: readonly Scheduled[]): Promise<void> {
    for (const connection of some) set(connection.name, await connection.past())
    while (!signal.aborted) {
      const [first] = some.toSorted((a, b) => next(a) - next(b))
      const wait = next(first!) - now()
      if (wait > 0) await pause(Math.min(wait, LONGEST), undefined, { signal }).catch(() => undefined)
      else await syncOnce(first!)
    }
  }

  return {
    health: () =>
      connections.map((connection) => {
        const state = stateOf(connection.name)
        const isFresh = now() - (state.completeAt ?? startedAt) <= allowedAge(connection.schedule)
        return { name: connection.name, ...state, dueAt: next(connection), isFresh }
      }),
    async run() {
      const accounts = Map.groupBy(connections, ({ account }) => account)
      await Promise.all([...accounts.values()].map(keep))
    },
  }
}

const UNKNOWN: State = {
  isRunning: false,
  begunAt: undefined,
  completeAt: undefined,
  failures: 0,
  endedAt: 0,
  error: undefined,
  syncs: 0,
  rows: 0,
}

/** Timers of Node go up to some weeks, and clocks are set: in milliseconds. */
const LONGEST = 60_000
