// What a worker does: it starts zendesk-hub, and tells Temporal that it lives.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Context } from '@temporalio/activity'

export interface SyncRequest {
  readonly account: string
  /** Streams to read from their beginning. */
  readonly reset?: readonly string[]
}

export type Ended = 'done' | 'busy' | 'configuration'

const COMMAND = (process.env['ZENDESK_FLEET_COMMAND'] ?? 'zendesk-hub').split(' ')
const RUN_FLAGS = (process.env['ZENDESK_FLEET_RUN_FLAGS'] ?? '--max-wait 120').split(' ')

/** Runs an account once. Store and key are in the worker's environment. Throws if a retry helps. */
export async function runHub({ account, reset = [] }: SyncRequest): Promise<Ended> {
  const { attempt } = Context.current().info
  if (reset.length > 0 && attempt === 1) await hub(['accounts', 'reset', account, ...reset])
  const code = await hub(['run', account, ...RUN_FLAGS])
  if (code === 75) return 'busy'
  if (code === 78) return 'configuration'
  if (code !== 0) throw new Error(`zendesk-hub ended with ${code}.`)
  return 'done'
}

/** Its exit code, or the signal that ended it. Cancellation is handed on as SIGTERM: what was read is kept. */
async function hub(args: readonly string[]): Promise<number | string> {
  const context = Context.current()
  const [file = '', ...before] = COMMAND
  const child = spawn(file, [...before, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  const beat = setInterval(() => context.heartbeat(), 2000)
  const stop = (): void => void child.kill('SIGTERM')
  context.cancellationSignal.addEventListener('abort', stop)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    context.cancellationSignal.throwIfAborted()
    return code ?? String(signal)
  } finally {
    clearInterval(beat)
    context.cancellationSignal.removeEventListener('abort', stop)
  }
}
