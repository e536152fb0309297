// A stream of events for a page: each says that something changed. The page then asks what.
import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Variables } from '../access/guard.ts'
import type { Hub } from '../console.ts'

/** Streams at a time: a browser opens six connections to a host. */
const MOST = 64
/** How often a line is sent, so that nobody takes silence for the end; in milliseconds. */
const ALIVE = 15_000

export function events(app: Hono<{ Variables: Variables }>, hub: Hub): void {
  let open = 0
  app.get('/events', (context) => {
    if (context.get('caller') === undefined) return context.json({ error: 'Sign in.' }, 401)
    if (open >= MOST) return context.json({ error: 'Too many pages look on.' }, 503)
    open++
    return streamSSE(context, async (stream) => {
      const ended = Promise.withResolvers<void>()
      const leave = hub.running.subscribe(() => void stream.writeSSE({ event: 'changed', data: '' }))
      const alive = setInterval(() => void stream.write(': here\n\n'), ALIVE)
      hub.signal.addEventListener('abort', () => ended.resolve(), { once: true })
      stream.onAbort(() => ended.resolve())
      await stream.write('retry: 2000\n\n')
      await ended.promise
      clearInterval(alive)
      leave()
      open--
    })
  })
}
