import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Fault, FaultKind } from './schedule.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const SILENT: ReadonlySet<FaultKind> = new Set(['hang', 'reset', 'refuse'])
// How often in a second a trickle writes.
const DROPS = 10

/** The names in `include` that a fault passes over, `*` for all; undefined for other faults. */
export function ignoredBy({ kind, include }: Fault): ReadonlySet<string> | undefined {
  return kind === 'no-side-load' ? new Set(include?.split(',') ?? ['*']) : undefined
}

/** Whether a fault answers nothing at all. */
export function isSilent(kind: FaultKind): boolean {
  return SILENT.has(kind)
}

/**
 * Answers a request wrongly, on the raw connection if no framework would; `answer` gives the right answer, `refuse`
 * closes the listener for some seconds.
 */
export async function misbehave(
  fault: Fault,
  { outgoing, incoming }: HttpBindings,
  answer: () => Promise<Response>,
  refuse: (seconds: number) => void = () => {},
): Promise<Response> {
  if (fault.delay !== undefined) await delay(fault.delay * 1000)
  // Faults are for HTTP/1.1: the sandbox serves nothing else.
  const response = outgoing as ServerResponse
  switch (fault.kind) {
    case 'status':
      return withStatus(fault)
    case 'timeout':
      return new Response('upstream request timeout', { status: 504, headers: { 'content-type': 'text/plain' } })
    case 'html':
      return new Response('<!DOCTYPE html><html><title>Please wait</title></html>', {
        headers: { 'content-type': 'text/html' },
      })
    case 'garbage':
      return new Response(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x80, 0x0a]), { headers: JSON_TYPE })
    case 'wrong-shape':
      return new Response('{"unexpected":[true,null]}', { headers: JSON_TYPE })
    case 'no-side-load':
      return answer()
    case 'slow':
      await delay((fault.seconds ?? 1) * 1000)
      return answer()
    case 'hang':
      return RESPONSE_ALREADY_SENT
    case 'refuse':
      refuse(fault.seconds ?? 1)
      cut(incoming.socket)
      return RESPONSE_ALREADY_SENT
    case 'reset':
      cut(incoming.socket)
      return RESPONSE_ALREADY_SENT
    default:
      return spoiled(fault, response, incoming.socket, await answer())
  }
}

/** Ends a connection as a crash does: with a reset if the system allows it, which TLS doesn't. */
export function cut(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy()
  else socket.resetAndDestroy()
}

function withStatus({ status = 500, retryAfter, body }: Fault): Response {
  const headers = retryAfter === undefined ? JSON_TYPE : { ...JSON_TYPE, 'retry-after': String(retryAfter) }
  return new Response(body ?? '<html><body>upstream trouble</body></html>', { status, headers })
}

/** Sends a right answer wrongly. */
async function spoiled(fault: Fault, outgoing: ServerResponse, socket: Socket, right: Response): Promise<Response> {
  const body = Buffer.from(await right.arrayBuffer())
  const half = body.subarray(0, Math.floor(body.length / 2))
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = Object.fromEntries(right.headers)
  const begin = (length: number | undefined, more: Record<string, string> = {}) => {
    outgoing.writeHead(right.status, {
      ...headers,
      ...more,
      ...(length === undefined ? {} : { 'content-length': String(length) }),
    })
    outgoing.flushHeaders()
  }
  switch (fault.kind) {
    case 'truncate':
      begin(body.length)
      outgoing.write(half, () => outgoing.destroy())
      break
    case 'truncate-fitting':
      begin(half.length)
      outgoing.end(half)
      break
    case 'truncate-chunked':
      begin(undefined)
      outgoing.end(half)
      break
    case 'reset-in-body':
      begin(body.length)
      // A reset discards data under way, so data already sent gets time to arrive.
      outgoing.write(half, () => setTimeout(() => cut(socket), 20))
      break
    case 'gzip-broken': {
      const zipped = headers['content-encoding'] === 'gzip' ? body : gzipSync(body)
      const part = zipped.subarray(0, Math.floor(zipped.length / 2))
      begin(part.length, { 'content-encoding': 'gzip' })
      outgoing.end(part)
      break
    }
    case 'wrong-length':
      // Data beyond the length would be taken for the next answer.
      begin(Math.max(0, body.length + (fault.by ?? -1)), { connection: 'close' })
      outgoing.write(body, () => outgoing.destroy())
      break
    case 'stall':
      begin(body.length)
      break
    case 'stall-in-body':
      begin(body.length)
      outgoing.write(half)
      break
    default:
      begin(body.length)
      await trickle(outgoing, body, fault.bytesPerSecond ?? 1000)
  }
  return RESPONSE_ALREADY_SENT
}

async function trickle(outgoing: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.floor(bytesPerSecond / DROPS))
  const pause = (1000 * step) / bytesPerSecond
  for (let from = 0; from < body.length && !outgoing.destroyed; from += step) {
    outgoing.write(body.subarray(from, from + step))
    await delay(pause)
  }
  outgoing.end()
}
