// Processes of this test: started apart, so that each can be killed with or without its children.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Processes {
  start(name: string, command: string, args: readonly string[]): ChildProcess
  /** Ends all that are still there. It happens by itself when this process exits. */
  end(): void
}

export function createProcesses(logs: string, environment: Readonly<Record<string, string>>): Processes {
  const all: ChildProcess[] = []
  const end = (): void => {
    for (const child of all.splice(0)) for (const id of withDescendants(child.pid!)) kill(id)
  }
  // They have groups of their own: nobody else would end them with this process.
  process.on('exit', end)
  return {
    start(name, command, args) {
      const log = openSync(join(logs, `${name}.log`), 'a')
      const child = spawn(command, args, {
        env: { ...process.env, ...environment },
        stdio: ['ignore', log, log],
        // A group of its own.
        detached: true,
      })
      all.push(child)
      return child
    },
    end,
  }
}

/** Kills a process and everything that it and its children started. Returns how many there were. */
export function killWhole(child: Pick<ChildProcess, 'pid'>): number {
  const ids = withDescendants(child.pid!)
  for (const id of ids) kill(id)
  return ids.length
}

/**
 * Kills its group only: what has a group of its own lives on. Resolves to the ids of those that it had started and that run still,
 * once it has ended itself. Rejects if it does not end.
 */
export async function killGroup(child: ChildProcess): Promise<readonly number[]> {
  const [, ...started] = withDescendants(child.pid!)
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(10_000) })
  kill(-child.pid!)
  await ended
  return started.filter(isRunning)
}

/** The processes below this one whose command has these arguments, one behind the other. */
export const commandsUnder = (id: number, ...args: readonly string[]): readonly number[] =>
  withDescendants(id).filter((one) => commandOf(one).includes(`${args.join('\0')}\0`))

/** What was typed to start it, a NUL behind each argument; empty if there is no such process. */
function commandOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Whether there is such a process, and it has not ended yet. */
function isRunning(id: number): boolean {
  try {
    return statOf(id)[0] !== 'Z'
  } catch {
    return false
  }
}

/** What Linux says of a process behind its name: its state, its parent, and so on. Throws if there is none. */
export function statOf(id: number | string): readonly string[] {
  const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** This process and those below it. */
export function withDescendants(id: number): readonly number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const parent = Number(statOf(name)[1])
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = [id]
  for (const one of found) found.push(...(parents.get(one) ?? []))
  return found
}
