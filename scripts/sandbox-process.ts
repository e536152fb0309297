// A sandbox from dist/, in a process of its own, as its users start it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { linesOf } from '../src/io/read-lines.ts'

export interface SandboxProcess {
  readonly url: string
  /** The configuration for the source. */
  readonly config: unknown
  /** The value of an `Authorization` header. */
  readonly authorization: string
  /** How many requests it was asked for so far, those of the control API left out. */
  requestCount(): Promise<number>
  /** Asks the control API (needs `--control`): a GET, or a POST of `body`. */
  control(path: string, body?: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Starts it on any free port, without limits, and waits until it answers. */
export async function startSandboxProcess(args: readonly string[]): Promise<SandboxProcess> {
  const program = join(import.meta.dirname, '../dist/zendesk-sandbox.js')
  const child = spawn(process.execPath, [program, '--port', '0', '--no-limits', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const config = (await configIn(linesOf(child.stderr))) as {
    base_url: string
    credentials: { email: string; api_token: string }
  }
  child.stderr.resume()
  const url = config.base_url
  const { email, api_token } = config.credentials

  async function control(path: string, body?: unknown): Promise<unknown> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}/__sandbox/${path}`, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    config,
    control,
    authorization: `Basic ${Buffer.from(`${email}/token:${api_token}`).toString('base64')}`,
    requestCount: async () => ((await control('requests')) as { requests: unknown[] }).requests.length,
    async close() {
      child.kill('SIGTERM')
      await once(child, 'close')
    },
  }
}

/** The sandbox tells a ready configuration, one line of JSON, when it listens. */
async function configIn(lines: AsyncIterable<string>): Promise<unknown> {
  const seen: string[] = []
  for await (const line of lines) {
    seen.push(line)
    const json = /\{.*"base_url".*\}/.exec(line)?.[0]
    if (json !== undefined) return JSON.parse(json)
  }
  throw new Error(`The sandbox did not start: ${seen.join('\n')}`)
}
