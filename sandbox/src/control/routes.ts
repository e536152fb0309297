import { invalidEndpoint, Refusal } from '../http/errors.ts'
import type { Family } from '../http/family.ts'
import { orderFaults, readFaultOrder } from '../http/faults/order.ts'
import type { Faults } from '../http/faults/schedule.ts'
import type { RequestLog } from '../http/request-log.ts'
import type { Account } from './account.ts'

/** How far the account's clock may be moved at once, in seconds: ten years. */
const LONGEST_ADVANCE = 10 * 366 * 86_400

/**
 * The control API, under `/__sandbox/` and without authentication: the account from the outside, for tests in other
 * languages. Bodies and answers are JSON.
 */
export function controlRoutes(account: Account, requests: RequestLog, faults: Faults): Family {
  const routes: Family['routes'] = {
    'GET /__sandbox/truth/:stream': ({ params }) => {
      const name = params['stream'] ?? ''
      if (!account.streams().includes(name)) throw invalidEndpoint()
      const { live, deleted } = account.truth(name)
      return { live: [...live.values()], deleted: [...deleted] }
    },
    'GET /__sandbox/requests': () => ({ requests: requests.all() }),
    'POST /__sandbox/requests/reset': () => {
      requests.reset()
      return {}
    },
    // `{count, seed}`: random activity; gives how often each mutation was done.
    'POST /__sandbox/changes': ({ bytes }) => {
      const { count = 1, seed = 1 } = objectIn(bytes) as { count?: number; seed?: number }
      return { changed: refusing(() => account.changeAtRandom(count, seed)) }
    },
    // `{action, args}`: one mutation by its name.
    'POST /__sandbox/one': ({ bytes }) => {
      const { action = '', args = [] } = objectIn(bytes) as { action?: string; args?: unknown[] }
      if (!Array.isArray(args)) throw new Refusal(422, { error: 'Refused', description: 'args must be a list' })
      const act = Object.entries(account).find(([name]) => name === action)?.[1] as
        | ((...all: unknown[]) => unknown)
        | undefined
      if (act === undefined) throw new Refusal(400, { error: 'UnknownAction', description: `There is no ${action}` })
      return { result: refusing(() => act(...args)) ?? null }
    },
    'POST /__sandbox/advance': ({ bytes }) => {
      const { seconds = 0 } = objectIn(bytes) as { seconds?: number }
      if (typeof seconds !== 'number' || !(Math.abs(seconds) <= LONGEST_ADVANCE))
        throw new Refusal(422, { error: 'Refused', description: `seconds must be a number up to ${LONGEST_ADVANCE}` })
      account.advance(seconds)
      return { now: account.now() }
    },
    // `{next: [...]}`, `{random: {...}}` or `{clear: true}`; a `path` is the source of an expression.
    'POST /__sandbox/faults': ({ bytes }) => {
      const order = refusing(() => readFaultOrder(jsonIn(bytes)))
      orderFaults(faults, order)
      return { met: faults.met() }
    },
  }
  return { who: 'anyone', base: '', routes }
}

// Whatever the content type: curl calls everything a form.
function jsonIn(bytes: Uint8Array): unknown {
  return bytes.length === 0 ? {} : refusing(() => JSON.parse(Buffer.from(bytes).toString('utf8')))
}

function objectIn(bytes: Uint8Array): object {
  const value = jsonIn(bytes)
  if (typeof value !== 'object' || value === null)
    throw new Refusal(422, { error: 'Refused', description: 'An object is expected' })
  return value
}

// Turns errors of the account, of JSON and of faults into refusals.
function refusing<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(422, { error: 'Refused', description: error instanceof Error ? error.message : String(error) })
  }
}
