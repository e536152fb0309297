import { randomUUID } from 'node:crypto'
import type { Body } from './body-cache.ts'
import type { Reply } from './reply.ts'
import { zipped } from './zipped.ts'

const WORTH_COMPRESSING = 1024
const JSON_TYPE = 'application/json; charset=utf-8'
const GZIPPED = { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }
const ALWAYS: Readonly<Record<string, string>> = {
  'cache-control': 'max-age=0, private, must-revalidate',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-frame-options': 'SAMEORIGIN',
  'x-zendesk-api-version': 'v2',
  'x-zendesk-zorg': 'yes',
}

/** What a response needs besides the reply: the headers of the limits, and whether the client accepts gzip. */
export type ResponseContext = { readonly limits?: Record<string, string> | undefined; readonly gzip: boolean }

/** The response of a reply, with Zendesk's headers; rows as JSON, gzipped if that saves enough. */
export async function respond(reply: Reply, { limits = {}, gzip: zips }: ResponseContext): Promise<Response> {
  const { status, body, headers } = reply
  const all: Record<string, string> = { ...ALWAYS, 'x-request-id': randomUUID(), ...limits }
  if (body === null) return new Response(null, { status, headers: { ...all, ...headers } })
  const plain = typeof body === 'string' || body instanceof Uint8Array
  if (!plain) all['content-type'] = JSON_TYPE
  const content = plain ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body)
  if (!zips || plain || content.length < WORTH_COMPRESSING)
    return new Response(content, { status, headers: { ...all, ...headers } })
  return new Response(await zipped(content), { status, headers: { ...all, ...headers, ...GZIPPED } })
}

/** The response of a 200 whose body is kept. */
export async function respondKept(body: Body, { limits = {}, gzip: zips }: ResponseContext): Promise<Response> {
  const headers = { ...ALWAYS, 'x-request-id': randomUUID(), 'content-type': JSON_TYPE, ...limits }
  if (!zips || body.length < WORTH_COMPRESSING) return new Response(await body.plain(), { headers })
  return new Response(await body.gzipped(), { headers: { ...headers, ...GZIPPED } })
}
