// A sandbox from dist/, in a process of its own, as its users start it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { linesOf } from './read-lines.ts'

/** One request as the sandbox logs it; `ms` until its answer was ready. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly status: number
  readonly ms: number
}

export interface SandboxProcess {
  readonly url: string
  /** The same by HTTPS, and the file of the certificate to trust. */
  readonly tlsUrl: string
  readonly ca: string
  readonly subdomain: string
  readonly credentials: { readonly email: string; readonly apiToken: string; readonly accessToken: string }
  /** The configuration for the source. */
  readonly config: unknown
  /** The value of an `Authorization` header. */
  readonly authorization: string
  /** Asks the control API (needs `--control`): a GET, or a POST of `body`. */
  control(path: string, body?: unknown): Promise<unknown>
  /** What it was asked for since the start, or since `forgetRequests`; the control API left out. */
  requests(): Promise<readonly LoggedRequest[]>
  forgetRequests(): Promise<void>
  close(): Promise<void>
}

/** How its process is started: a command that starts another one (`taskset`), and options of Node. */
export interface ProcessOptions {
  readonly before?: readonly string[]
  readonly nodeOptions?: readonly string[]
}

/** Starts it on any free port, without limits, and waits until it answers. */
export async function startSandboxProcess(
  args: readonly string[],
  { before = [], nodeOptions = [] }: ProcessOptions = {},
): Promise<SandboxProcess> {
  const program = join(import.meta.dirname, '../../sandbox/dist/zendesk-sandbox.js')
  const [command, ...rest] = [...before, process.execPath, ...nodeOptions, program, '--json', '--port', '0']
  const child = spawn(command!, [...rest, '--no-limits', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  let ready: string | undefined
  for await (const line of linesOf(child.stdout)) {
    ready = line
    break
  }
  if (ready === undefined) throw new Error(`The sandbox did not start: ${stderr}`)
  const told = JSON.parse(ready) as Pick<SandboxProcess, 'url' | 'tlsUrl' | 'ca' | 'subdomain' | 'credentials'>
  const { url, subdomain } = told
  const { email, apiToken } = told.credentials

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
    ...told,
    config: { subdomain, base_url: url, credentials: { credentials: 'api_token', email, api_token: apiToken } },
    control,
    authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`,
    requests: async () => ((await control('requests')) as { requests: LoggedRequest[] }).requests,
    forgetRequests: async () => void (await control('requests/reset', {})),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'close')
    },
  }
}
