import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConnectorError, HttpError } from '../../../src/model/errors.ts'
import type { GetPage, Query } from '../../../src/model/stream.ts'
import { streams } from '../../../src/streams/index.ts'
import { unreadable } from '../../../src/zendesk/availability.ts'

const admin = { name: 'Ann', role: 'admin' }
const probed = [...new Set(streams.filter(({ adminOnly }) => !adminOnly).map(({ feeds: [{ walk }] }) => walk.path))]
const namesAt = (path: string): readonly string[] =>
  streams.filter(({ feeds: [{ walk }], adminOnly }) => !adminOnly && walk.path === path).map(({ name }) => name)

/** An account that answers everything, but fails in this way at these paths. */
async function examine(failing: ReadonlyMap<string, Error>) {
  const warnings: string[] = []
  const get: GetPage = async ({ path }) => {
    const error = failing.get(path)
    if (error) throw error
    return {}
  }
  const reasons = await unreadable(get, streams, admin, { log: (_, message) => void warnings.push(message) })
  return { unreadable: [...reasons.keys()], warnings }
}

const passing = [500, 502, 503, 504, 408, 409, 425, 200, undefined].map(
  (status) => new HttpError(`HTTP ${status}.`, 'transient_error', { status }),
)
const lasting = [400, 402, 403, 404, 405, 410, 418, 422, 451, 302].map(
  (status) => new HttpError(`HTTP ${status}.`, 'config_error', { status }),
)

test('any endpoints that fail for a passing reason: their streams count as readable, and a warning says so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(probed), fc.constantFrom(...passing), async (paths, error) => {
      const told = await examine(new Map(paths.map((path) => [path, error])))
      expect(told.unreadable).toEqual([])
      expect(told.warnings.length).toBeGreaterThanOrEqual(paths.length)
    }),
    { numRuns: 50 },
  )
})

test('any endpoints that are refused: their streams alone cannot be read', async () => {
  const alone = probed.filter((path) =>
    streams.every(({ feeds: [{ walk }, fallback] }) => walk.path !== path || !fallback),
  )
  await fc.assert(
    fc.asyncProperty(fc.subarray(alone), fc.constantFrom(...lasting), async (paths, error) => {
      const told = await examine(new Map(paths.map((path) => [path, error])))
      expect(told.unreadable.toSorted()).toEqual(paths.flatMap(namesAt).toSorted())
      expect(told.warnings).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('each list is asked for one row where it has pages, by the parameter that it is read with', async () => {
  const asked = new Map<string, Query>()
  const get: GetPage = async ({ path, query = {} }) => {
    asked.set(path, query)
    return {}
  }
  await unreadable(get, streams, admin, { log: () => undefined })
  for (const { walk } of streams.filter(({ adminOnly }) => !adminOnly).map(({ feeds: [feed] }) => feed)) {
    const sizes = Object.keys(walk.query).filter((name) => /size|limit|per_page/.test(name))
    expect(Object.keys(asked.get(walk.path)!), walk.path).toEqual(expect.arrayContaining(Object.keys(walk.query)))
    for (const size of sizes) expect(asked.get(walk.path), walk.path).toHaveProperty([size], 1)
    if (walk.sizedBy !== undefined) expect(sizes, walk.path).toEqual([walk.sizedBy])
  }
})

test.each([
  ['credentials that are refused', new HttpError('HTTP 401.', 'config_error', { status: 401 })],
  ['a certificate that is not trusted', new ConnectorError('No secure connection.', 'config_error')],
])('%s are no matter of one stream', async (_, error) => {
  await expect(examine(new Map([[probed[0]!, error]]))).rejects.toBe(error)
})
