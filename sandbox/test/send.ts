import type { Sandbox } from '../src/index.ts'
import { type Body, bearer } from './calls.ts'

/** Writes to a path after `/api/v2/` as the administrator, or with other headers. */
export async function send(
  sandbox: Sandbox,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: Body,
  headers: Record<string, string> = bearer(sandbox.credentials.accessToken),
): Promise<{ status: number; headers: Headers; body: Body }> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...json,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
