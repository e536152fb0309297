import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import type { Cost, Machine } from './report.ts'

/** A program to be measured. */
export interface Program {
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly folder?: string
}

export const PYTHON = process.env['PYTHON'] ?? 'python3'

const [sandboxCore, clientCore] = ['0', '1']
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', clientCore, 'true']).status === 0

/** What starts a command on the core of the sandbox, where the system lets us choose. */
export const ON_SANDBOX_CORE: readonly string[] = canPin ? ['taskset', '-c', sandboxCore] : []
const ON_CLIENT_CORE: readonly string[] = canPin ? ['taskset', '-c', clientCore] : []

/** Runs a program to its end with its standard output in `sink`. Throws where it does not end with 0. */
export async function measure({ command, env, folder }: Program, sink: string): Promise<Cost> {
  const script = join(import.meta.dirname, 'measure.py')
  const child = spawn(PYTHON, [script, sink, ...ON_CLIENT_CORE, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd: folder,
  })
  let told = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    // A log may be long; its end tells why it broke off.
    stderr = (stderr + text).slice(-2000)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) {
    // What an Airbyte source has to say of it is among its lines.
    const said = existsSync(sink) ? readFileSync(sink, 'utf8').slice(-2000) : ''
    throw new Error(`${command.slice(0, 3).join(' ')} ended with ${code}: ${stderr}\n${said}`)
  }
  const { seconds, cpuSeconds, peakBytes } = JSON.parse(told) as Record<string, number>
  return { seconds: seconds!, cpuSeconds: cpuSeconds!, peakMB: peakBytes! / 1e6 }
}

/** What the numbers were taken on. */
export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release().split('-')[0]}`,
    node: process.versions.node,
    pinned: canPin,
  }
}
