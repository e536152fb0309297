// The built hub, in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly ended: number | string
  readonly out: string
  readonly said: string
}

/** Runs it; with `killAfter` (milliseconds) it is killed then, if it has not ended. `onSaid` gets what it says as it comes. */
export async function runHub(
  args: readonly string[],
  killAfter?: number,
  environment: Readonly<Record<string, string>> = {},
  onSaid: (text: string) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/zendesk-hub.js'), ...args], {
    env: { ...process.env, ...environment },
  })
  const out: Buffer[] = []
  const said: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => {
    said.push(bytes)
    onSaid(String(bytes))
  })
  const kill = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter)
  const [code, signal] = await once(child, 'close')
  clearTimeout(kill)
  return { ended: code ?? signal, out: String(Buffer.concat(out)), said: String(Buffer.concat(said)) }
}

/** Runs a shell script through another command; `values` are its `$1` and so on. */
export async function runShell(
  through: readonly string[],
  script: string,
  values: readonly string[],
): Promise<{ readonly out: string; readonly said: string }> {
  const [command = 'sh', ...args] = [...through, 'sh', '-c', script, 'sh', ...values]
  const child = spawn(command, args)
  const out: Buffer[] = []
  const said: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
  await once(child, 'close')
  return { out: String(Buffer.concat(out)), said: String(Buffer.concat(said)) }
}
