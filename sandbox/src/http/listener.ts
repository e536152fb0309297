import type { RequestListener } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { wallClockMs } from '../clock.ts'
import { type Bindings, plainPath } from './app.ts'
import { ignoredBy, isSilent, misbehave } from './faults/misbehave.ts'
import type { Faults } from './faults/schedule.ts'
import { isOwn, strangerAt } from './own-paths.ts'
import type { RequestLog } from './request-log.ts'

/** The parts around every answer: faults, and the log of requests. */
export type ListenerParts = {
  readonly faults: Faults
  readonly requests: RequestLog
  /** The right answer. */
  readonly answer: (request: Request, env: Bindings) => Promise<Response>
}

/** Handles a request: answers it or injects the fault whose turn it is, and logs it. */
export function createListener({ faults, requests, answer }: ListenerParts): RequestListener {
  return getRequestListener(async (request, bindings) => {
    const env = bindings as HttpBindings
    const { pathname, search, searchParams } = new URL(request.url)
    const path = plainPath(request.url)
    if (isOwn(path)) {
      const stranger = strangerAt(request.headers)
      return stranger === undefined ? answer(request, env) : new Response(`${stranger}\n`, { status: 403 })
    }
    const at = wallClockMs()
    const began = performance.now()
    const fault = faults.take(pathname, search.slice(1), request.method)
    const ignored = fault && ignoredBy(fault)
    const right = () => answer(request, ignored ? { ...env, ignored } : env)
    const response = await (fault === undefined ? right() : misbehave(fault, env, right, faults.refuse))
    const silent = fault !== undefined && isSilent(fault.kind)
    requests.add({
      method: request.method,
      path,
      query: Object.fromEntries(searchParams),
      status: silent ? 0 : response.status,
      at,
      ms: performance.now() - began,
      ...(fault === undefined ? {} : { fault: fault.kind }),
    })
    return response
  })
}
