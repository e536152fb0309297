// Processes of this test: started apart, so that each can be killed with or without its children.
import { type ChildProcess, spawn } from 'node:child_process'
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

/** Kills a process and everything that it and its children started. */
export function killWhole(child: ChildProcess): number {
  const ids = withDescendants(child.pid!)
  for (const id of ids) kill(id)
  return ids.length
}

/** Kills its group only: what has a group of its own lives on. */
export function killGroup(child: ChildProcess): void {
  kill(-child.pid!)
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
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = [id]
  for (const one of found) found.push(...(parents.get(one) ?? []))
  return found
}
