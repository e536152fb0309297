// Keeps connections fresh: each sync in its turn, one at a time for an account, whose limits they share.
import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import { messageOf } from '../errors.ts'
import { BY_HAND, dueAt, jitterOf, lateAt, type Past } from './due.ts'
import { createMeanwhile } from './meanwhile.ts'

/** A connection that is kept fresh. */
export interface Scheduled {
  readonly name: string
  /** Connections of one account never run at the same time. */
  readonly account: string
  /** Where it loads to: what was known of earlier syncs holds for as long as this stays. */
  readonly target?: string
  readonly schedule: string
  /** What the warehouse tells of earlier syncs: when the last one began, and when one was complete. */
  past(): Promise<{ readonly begunAt: number | undefined; readonly completeAt: number | undefined }>
  /**
   * Syncs once, until the signal ends it. `warn` takes what holds it up, and undefined once it goes on. Resolves to what went wrong;
   * undefined: every stream is complete. `isAside`: somebody asked for something else than the schedule does, which moves nothing of
   * when it is due.
   */
  sync(
    signal: AbortSignal,
    warn: (warning: string | undefined) => void,
  ): Promise<{ readonly error: string | undefined; readonly rows: number; readonly isAside?: boolean }>
  /** What it does while no sync of its account is due, until the signal: it follows events. */
  readonly meanwhile?: ((signal: AbortSignal) => Promise<void>) | undefined
  /** Told of what went wrong. */
  failed(error: string): Promise<void>
}

/** How a connection fares, for those who ask. */
export interface Health extends Past {
  readonly name: string
  readonly isRunning: boolean
  /** Whether it syncs as soon as its account is free: somebody asked for it. */
  readonly isWanted: boolean
  /** When all of its streams were complete for the last time. */
  readonly completeAt: number | undefined
  readonly error: string | undefined
  /** What holds the sync at hand up: Zendesk does not answer. */
  readonly warning: string | undefined
  readonly syncs: number
  readonly rows: number
  readonly dueAt: number
  /** Whether its data is not older than promised: twice the time between two syncs. */
  readonly isFresh: boolean
}

export interface Keeper {
  readonly health: () => readonly Health[]
  /** Ends once the signal is given and the syncs at hand have ended. */
  run(): Promise<void>
  /** Keeps these from now on. A sync of one that is no longer among them is stopped. */
  replace(connections: readonly Scheduled[]): void
  /** Lets it sync as soon as its account is free. Returns false if there is no such connection, or it syncs. */
  runNow(name: string): boolean
  /** Ends its sync after the page at hand; what was read is loaded. Returns false if none runs and none was asked for. */
  stop(name: string): boolean
}

interface State extends Past {
  readonly isRunning: boolean
  readonly completeAt: number | undefined
  readonly error: string | undefined
  readonly warning: string | undefined
  readonly syncs: number
  readonly rows: number
  /** Whether earlier syncs are known, and of which target. */
  readonly learned: string | undefined
}

/** Why a sync ended that a person stopped. */
export const STOPPED = 'Stopped by hand.'

export function createKeeper(initial: readonly Scheduled[], say: (text: string) => void, signal: AbortSignal): Keeper {
  let connections = initial
  const states = new Map<string, State>()
  /** By account: what is done for it, one thing at a time. */
  const busy = new Map<string, Promise<void>>()
  const stops = new Map<string, AbortController>()
  const wanted = new Set<string>()
  const bell = createBell()
  const meanwhile = createMeanwhile(say, signal)
  const startedAt = now()
  const stateOf = (name: string): State => states.get(name) ?? UNKNOWN
  const set = (name: string, changed: Partial<State>): void => void states.set(name, { ...stateOf(name), ...changed })
  const tools = { say, signal, stateOf, set, stops }
  const next = ({ name, schedule }: Scheduled): number => {
    const state = stateOf(name)
    if (wanted.has(name) || (schedule !== BY_HAND && isAhead(state))) return 0
    return dueAt(schedule, state) + (state.begunAt === undefined ? 0 : jitterOf(name, schedule))
  }
  /** Begins what is due for accounts for which nothing is done. Returns when to look again. */
  const begin = (): number => {
    let soonest = Number.POSITIVE_INFINITY
    for (const [account, some] of Map.groupBy(connections, (one) => one.account)) {
      if (busy.has(account)) continue
      const unknown = some.find(({ name, target = '' }) => stateOf(name).learned !== target)
      const [first] = some.toSorted((a, b) => (next(a) < next(b) ? -1 : 1))
      const due = unknown === undefined ? next(first!) : 0
      soonest = Math.min(soonest, due)
      if (due > now()) {
        meanwhile.begin(account, some)
        continue
      }
      if (unknown === undefined) wanted.delete(first!.name)
      const work = (): Promise<void> => (unknown === undefined ? syncOnce(first!, tools) : learn(unknown, tools))
      const ended = meanwhile.end(account).then(work)
      busy.set(
        account,
        ended.finally(() => void (busy.delete(account) && bell.ring())),
      )
    }
    return soonest
  }
  return {
    health: () =>
      connections.map((connection) =>
        healthOf(connection, stateOf(connection.name), {
          isWanted: wanted.has(connection.name),
          dueAt: next(connection),
          startedAt,
        }),
      ),
    async run() {
      await turns(begin, bell, signal)
      await Promise.all([...busy.values(), meanwhile.endAll()])
    },
    replace(some) {
      connections = some
      const names = new Set(some.map(({ name }) => name))
      for (const name of states.keys()) if (!names.has(name)) states.delete(name)
      for (const [name, stop] of stops) if (!names.has(name)) stop.abort()
      void meanwhile.endAll().then(bell.ring)
      bell.ring()
    },
    runNow(name) {
      if (!connections.some((one) => one.name === name) || stateOf(name).isRunning) return false
      wanted.add(name)
      bell.ring()
      return true
    },
    stop(name) {
      stops.get(name)?.abort()
      return wanted.delete(name) || stops.has(name)
    },
  }
}

/** Looks for what is due, again and again. */
async function turns(begin: () => number, bell: ReturnType<typeof createBell>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const wait = begin() - now()
    const timer = pause(Math.max(0, Math.min(wait, LONGEST)), undefined, { signal }).catch(() => undefined)
    await Promise.race([bell.rung(), timer])
  }
}

/** Wakes who waits. */
function createBell() {
  let next = Promise.withResolvers<void>()
  return {
    rung: () => next.promise,
    ring(): void {
      next.resolve()
      next = Promise.withResolvers()
    },
  }
}

function healthOf(
  { name, schedule }: Scheduled,
  { learned: _, ...state }: State,
  { isWanted, dueAt: due, startedAt }: { isWanted: boolean; dueAt: number; startedAt: number },
): Health {
  const isFresh = now() <= lateAt(schedule, state.completeAt ?? startedAt)
  return { name, ...state, isWanted, dueAt: due, isFresh }
}

interface Tools {
  readonly say: (text: string) => void
  readonly signal: AbortSignal
  readonly stateOf: (name: string) => State
  readonly set: (name: string, changed: Partial<State>) => void
  readonly stops: Map<string, AbortController>
}

/** Asks the warehouse of earlier syncs. One that cannot be asked counts as a sync that failed. */
async function learn(connection: Scheduled, { say, set }: Tools): Promise<void> {
  const { name, target = '' } = connection
  try {
    set(name, { ...(await connection.past()), learned: target })
  } catch (thrown) {
    const error = messageOf(thrown)
    set(name, { learned: target, begunAt: now(), endedAt: now(), failures: 1, error })
    say(`${name}: ${error}\n`)
  }
}

async function syncOnce(connection: Scheduled, { say, signal, stateOf, set, stops }: Tools): Promise<void> {
  const { name } = connection
  const stop = new AbortController()
  stops.set(name, stop)
  const before = stateOf(name)
  set(name, { isRunning: true, begunAt: now() })
  const both = AbortSignal.any([signal, stop.signal])
  const { error, rows, isAside } = await connection
    .sync(both, (warning) => set(name, { warning }))
    .catch((thrown: unknown) => ({ error: messageOf(thrown), rows: 0, isAside: false }))
  stops.delete(name)
  set(name, { warning: undefined })
  if (isAside) return set(name, { isRunning: false, begunAt: before.begunAt })
  const { failures, syncs } = before
  const ended = { isRunning: false, endedAt: now(), syncs: syncs + 1, rows: before.rows + rows, error }
  if (error === undefined) set(name, { ...ended, failures: 0, completeAt: now() })
  else if (signal.aborted) set(name, ended)
  else if (stop.signal.aborted) set(name, { ...ended, error: STOPPED })
  else {
    set(name, { ...ended, failures: failures + 1 })
    say(`${name}: ${error}\n`)
    await connection
      .failed(error)
      .catch((thrown: unknown) => say(`${name}: this could not be reported: ${messageOf(thrown)}\n`))
  }
}

/** Clocks differ by less, in milliseconds. */
const CLOCK_DIFFERENCE = 60_000

/** Whether its last sync lies ahead, as this machine's clock was set back: nobody knows when the next one is due. */
const isAhead = ({ begunAt = 0, endedAt }: Past): boolean => Math.max(begunAt, endedAt) > now() + CLOCK_DIFFERENCE

const UNKNOWN: State = {
  isRunning: false,
  begunAt: undefined,
  completeAt: undefined,
  failures: 0,
  endedAt: 0,
  error: undefined,
  warning: undefined,
  syncs: 0,
  rows: 0,
  learned: undefined,
}

/** Timers of Node go up to some weeks, and clocks are set: in milliseconds. */
const LONGEST = 60_000
