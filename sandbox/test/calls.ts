import { afterwards } from '../../test/support/afterwards.ts'
import type { Sandbox, SandboxOptions } from '../src/index.ts'
import { startSandbox } from '../src/index.ts'

/** A row or body of the API. */
// biome-ignore lint/suspicious/noExplicitAny: bodies are what the tests look into
export type Body = any

/** A sandbox of 300 tickets that is closed when the test, or else the file, is done. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ tickets: 300, ...options })
  afterwards(() => sandbox.close())
  return sandbox
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

/** Calls a path after `/api/v2/`, or a whole address, as the administrator. */
export async function call(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string> = bearer(sandbox.credentials.accessToken),
): Promise<{ status: number; headers: Headers; body: Body }> {
  const response = await fetch(path.startsWith('http') ? path : `${sandbox.url}/api/v2/${path}`, { headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

export const get = async (sandbox: Sandbox, path: string): Promise<Body> => {
  const { status, body } = await call(sandbox, path)
  if (status !== 200) throw new Error(`HTTP ${status} for ${path}: ${JSON.stringify(body)}`)
  return body
}

/** The pages of an export from `path` to its end of stream. */
export async function* exportPages(sandbox: Sandbox, path: string): AsyncGenerator<Body> {
  for (let next = path; ; ) {
    const page = await get(sandbox, next)
    yield page
    if (page.end_of_stream) return
    if (page.next_page === next) throw new Error(`${next} leads to itself`)
    next = page.after_url ?? page.next_page
  }
}

/** The pages of a list by cursor. */
export async function* listPages(sandbox: Sandbox, path: string): AsyncGenerator<Body> {
  for (let next = path; ; ) {
    const page = await get(sandbox, next)
    yield page
    if (!page.meta.has_more) return
    next = page.links.next
  }
}

/** All rows under `key` of pages. */
export async function rowsOf(pages: AsyncIterable<Body>, key: string): Promise<Body[]> {
  const rows: Body[] = []
  for await (const page of pages) rows.push(...page[key])
  return rows
}

/** A list cursor of numbers, built by hand. */
export function cursor(order: string, types: string, ...values: bigint[]): string {
  const packed = values.map((value, at) => {
    const bytes = Buffer.alloc(9)
    bytes.write(types[at] ?? 'i')
    bytes.writeBigInt64LE(value, 1)
    return bytes
  })
  const text = JSON.stringify({ o: order, v: Buffer.concat(packed).toString('base64') })
  return encodeURIComponent(Buffer.from(text).toString('base64'))
}

export const ids = (rows: readonly Body[]): number[] => rows.map(({ id }) => id)
