import type { Account } from './account/account.ts'
import type { Row } from './account/model.ts'
import { STREAMS, type TruthStream } from './account/truth.ts'
import { invalidEndpoint, Refusal } from './http/errors.ts'
import type { Fault, FaultKind, Faults } from './http/faults.ts'
import type { RequestLog } from './http/requests.ts'
import type { Routes } from './routes/route.ts'

/**
 * The control API, under `/__sandbox/` and without authentication: the account from the outside, for tests in other
 * languages. Bodies and answers are JSON.
 */
export function controlRoutes(account: Account, requests: RequestLog, faults: Faults): Routes {
  return {
    'GET /__sandbox/truth/:stream': ({ params }) => {
      const stream = STREAMS.find((name) => name === params['stream'])
      if (stream === undefined) throw invalidEndpoint()
      return truthRow(account, stream)
    },
    'GET /__sandbox/requests': () => ({ requests: requests.all() }),
    'POST /__sandbox/requests/reset': () => {
      requests.reset()
      return {}
    },
    // `{count, seed}`: random activity; gives how often each mutation was done.
    'POST /__sandbox/changes': ({ body }) => {
      const { count = 1, seed = 1 } = body as { count?: number; seed?: number }
      return { changed: account.changeAtRandom(count, seed) }
    },
    // `{action, args}`: one mutation by its name.
    'POST /__sandbox/one': ({ body }) => {
      const { action = '', args = [] } = body as { action?: string; args?: unknown[] }
      const act = Object.entries(account).find(([name]) => name === action)?.[1] as
        | ((...all: unknown[]) => unknown)
        | undefined
      if (act === undefined) throw new Refusal(400, { error: 'UnknownAction', description: `There is no ${action}` })
      try {
        return { result: act(...args) ?? null }
      } catch (error) {
        throw new Refusal(422, {
          error: 'Refused',
          description: error instanceof Error ? error.message : String(error),
        })
      }
    },
    'POST /__sandbox/advance': ({ body }) => {
      account.advance(Number((body as { seconds?: number }).seconds ?? 0))
      return { now: account.now() }
    },
    // `{next: [...]}`, `{random: {...}}` or `{clear: true}`; a `path` is the source of an expression.
    'POST /__sandbox/faults': ({ body }) => {
      const { next = [], random, clear } = body as FaultOrder
      if (clear === true) faults.clear()
      faults.next(...next.map(({ path = '', ...fault }): Fault => ({ ...fault, path: new RegExp(path) })))
      if (random !== undefined) faults.random({ ...random, path: new RegExp(random.path ?? '') })
      return { met: faults.met() }
    },
  }
}

type FaultOrder = {
  readonly next?: readonly (Omit<Fault, 'path'> & { readonly path?: string })[]
  readonly random?: {
    readonly rate: number
    readonly kinds: readonly FaultKind[]
    readonly seed?: number
    readonly path?: string
  }
  readonly clear?: boolean
}

function truthRow(account: Account, stream: TruthStream): Row {
  const { live, deleted } = account.truth(stream)
  return { live: [...live.values()], deleted: [...deleted] }
}
