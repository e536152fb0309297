import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runSource } from '../../src/bin/run-source.ts'
import { programHere } from './in-process.ts'
import { tempFolder } from './temp-folder.ts'

const program = join(import.meta.dirname, '../../dist/source-zendesk.js')

/** What `source-zendesk auth …` wrote. */
export interface Told {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Without a browser. */
const NO_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' }

/**
 * Runs `source-zendesk auth …` to its end, in this process, without a browser. `onAddress` is told the address at which a
 * person consents, as soon as it is shown.
 */
export async function authHere(
  args: readonly string[],
  { env = {}, onAddress }: { env?: Record<string, string>; onAddress?: (address: URL) => Promise<unknown> } = {},
): Promise<Told> {
  const told = { stdout: '', stderr: '' }
  const { promise: failed, reject } = Promise.withResolvers<never>()
  let isShown = false
  const source = programHere(['auth', ...args], {
    env: { ...NO_DISPLAY, ...env },
    onOut: (text) => {
      told.stdout += text
    },
    onError: (text) => {
      told.stderr += text
      const address = addressIn(told.stderr)
      if (address === undefined || isShown) return
      isShown = true
      // Who fails to consent would leave the program waiting.
      onAddress?.(address).catch(reject)
    },
  })
  const exitCode = await Promise.race([runSource(source), failed])
  return { ...told, exitCode }
}

/**
 * Runs the built `source-zendesk auth …` to its end, in a process of its own, without a browser. `onAddress` is told the
 * address at which a person consents, as soon as it is shown.
 */
export async function auth(
  args: readonly string[],
  {
    env = {},
    onAddress,
  }: { env?: Record<string, string>; onAddress?: (address: URL, child: ChildProcess) => Promise<unknown> } = {},
): Promise<Told> {
  const child = spawn(process.execPath, [program, 'auth', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NO_DISPLAY, ...env },
  })
  const told = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told.stdout += text
  })
  let isShown = false
  let failed: unknown
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told.stderr += text
    const address = addressIn(told.stderr)
    if (address === undefined || isShown) return
    isShown = true
    onAddress?.(address, child).catch((error) => {
      failed = error
      child.kill()
    })
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  if (failed !== undefined) throw failed
  return { ...told, exitCode }
}

function addressIn(text: string): URL | undefined {
  const address = /^https?:\S+$/m.exec(text)?.[0]
  return address === undefined ? undefined : new URL(address)
}

/** Consents as a browser does: fetches the page, presses a button, and follows the way back. Gives the last page. */
export async function consent(address: URL, button: 'approve' | 'deny' = 'approve'): Promise<Response> {
  return fetch(await wayBack(address, button))
}

/** Allows what is asked. */
export const allowed = (address: URL): Promise<Response> => consent(address)

/** Presses a button of the consent page, and gives the address to which that leads back. */
export async function wayBack(address: URL, button: 'approve' | 'deny' = 'approve'): Promise<URL> {
  const page = await (await fetch(address)).text()
  const fields = [...page.matchAll(/type="hidden" name="([a-z_]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')],
  )
  const body = new URLSearchParams([...fields, [button, '1']])
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
  const response = await fetch(new URL(action, address), { method: 'POST', body, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '')
}

/** A folder of its own, with files in it; gives the path of a name in it. */
export function folder(files: Readonly<Record<string, unknown>> = {}): (name: string) => string {
  const path = tempFolder('sign-in')
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
  return (name) => join(path, name)
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a file holds, tests say what they expect of it.
export const jsonIn = (path: string): any => JSON.parse(readFileSync(path, 'utf8'))
