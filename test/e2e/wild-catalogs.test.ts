// Wild catalogs through the command line, in both dialects: nothing that was asked for is passed over in silence.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { configFor, openSandbox, runHere } from '../support/account.ts'
import { runTapHere } from '../support/tap.ts'

const sandbox = await openSandbox({ tickets: 5 })
const config = configFor(sandbox)
const RUNS = { numRuns: 120 }
const names = fc.constantFrom('groups', 'tags', 'brands', 'no_such', '__proto__', '')
const rubbish = fc.constantFrom<unknown>(null, 7, 'groups', [], {}, { stream: null }, { stream: {} }, { name: 'tags' })

test("Airbyte's", async () => {
  const entry = fc.record(
    { stream: fc.record({ name: names }), sync_mode: fc.constantFrom('full_refresh', 'incremental') },
    { requiredKeys: ['stream'] },
  )
  const catalogs = fc.array(fc.oneof({ arbitrary: entry, weight: 4 }, { arbitrary: rubbish, weight: 1 }), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(catalogs, async (streams) => {
      const output = await runHere('read', { config, catalog: { streams } })
      const asked = new Set(streams.map((one) => (one as { stream?: { name?: string } } | null)?.stream?.name))
      const ends = [...asked].map((name) => output.statuses(String(name)).at(-1))
      if (output.exitCode === 0) {
        expect(ends.every((status) => status === 'COMPLETE')).toBe(true)
        expect(streams.length > 0 || output.logs.some((log) => /names no stream/.test(log))).toBe(true)
        return
      }
      expect(output.errors.map((error) => error.failure_type)).toContain('config_error')
      const isRefused = output.errors.some(({ message }) => /entry \d+ of "streams"/.test(message))
      expect(isRefused || (ends.includes('INCOMPLETE') && ends.every((status) => status !== undefined))).toBe(true)
    }),
    RUNS,
  )
})

test("Singer's", async () => {
  const entry = fc.record({
    tap_stream_id: names,
    metadata: fc.constantFrom<unknown>([{ breadcrumb: [], metadata: { selected: true } }], [], undefined, 'x'),
  })
  const catalogs = fc.array(fc.oneof({ arbitrary: entry, weight: 4 }, { arbitrary: rubbish, weight: 1 }), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(catalogs, async (streams) => {
      const { exitCode, lines, stderr } = await runTapHere({ config, catalog: { streams } })
      expect(stderr).not.toMatch(/\n {4}at /)
      const selected = streams.flatMap((one) => {
        const { tap_stream_id, metadata } = (one ?? {}) as { tap_stream_id?: string; metadata?: unknown[] }
        return Array.isArray(metadata) && metadata.length > 0 ? [tap_stream_id] : []
      })
      const read = new Set(lines.flatMap(({ type, stream }) => (type === 'SCHEMA' ? [stream] : [])))
      if (exitCode === 0) {
        expect(read).toEqual(new Set(selected))
        expect(selected.length > 0 || /selects no stream/.test(stderr)).toBe(true)
      } else expect(stderr).toMatch(/ERROR (The catalog cannot be understood: entry \d+|This account has no stream)/)
    }),
    RUNS,
  )
})
