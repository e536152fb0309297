import type { Sandbox } from 'zendesk-sandbox'

/** A row or body of the API. */
// biome-ignore lint/suspicious/noExplicitAny: bodies are what the tests look into
export type Body = any

/** Changes the account through its API: writes to a path after `/api/v2/` as the administrator, or with other headers. */
export async function send(
  { url, credentials }: Sandbox,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: Body,
  headers: Record<string, string> = { authorization: `Bearer ${credentials.accessToken}` },
): Promise<{ status: number; headers: Headers; body: Body }> {
  const response = await fetch(`${url}/api/v2/${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
