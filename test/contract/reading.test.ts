// Each stream by itself: what discovery shows of it, and that it holds what the account does, after a first sync and after
// changes of every kind. A row throws if a field is read that its stream does not declare.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, connect, discover, openSandbox } from '../support/account.ts'
import { guardFields } from '../support/field-guard.ts'
import type { CatalogStream } from '../support/program.ts'
import { addRareKinds } from '../support/rare-kinds.ts'

/** A custom object that has no records. */
const EMPTY = ['custom_object_empty_kind_records']

const sandbox = await openSandbox({ tickets: 200 })
/** The same account for the readers of lists, who look into the archive once a day: here each round takes as long. */
const sandboxOfLists = await openSandbox({ tickets: 200 })
const HOUR = 3600
/** By reader: what discovery shows, which no test here changes. */
const shownTo = {
  auto: await discover(configFor(sandbox)),
  export: await discover(configFor(sandbox, { reader: 'export' })),
  list: await discover(configFor(sandboxOfLists, { reader: 'list' })),
}
const discovered = shownTo.auto
const everything = JSON.parse(readFileSync(join(import.meta.dirname, '../../catalog/everything.json'), 'utf8')) as {
  readonly streams: readonly { readonly stream: CatalogStream }[]
}

test('every stream that is declared is discovered, and is read here', () => {
  expect(discovered.map(({ name }) => name)).toEqual(expect.arrayContaining(streams.map(({ name }) => name)))
})

describe.each(discovered)('$name', (shown) => {
  const { name } = shown
  const declared = streams.find((stream) => stream.name === name)

  if (declared)
    test('is shown as it is declared, and stands in the ready catalog of everything', () => {
      expect(shown.source_defined_primary_key?.map(([column]) => column) ?? []).toEqual(declared.primaryKey)
      expect(shown.default_cursor_field?.[0]).toBe(declared.cursorField)
      expect(everything.streams.find(({ stream }) => stream.name === name)?.stream).toEqual(shown)
    })

  test.each(declared?.feeds[1] ? (['export', 'list'] as const) : (['auto'] as const))(
    'holds what the account does, at first and after changes (reader: %s)',
    async (reader) => {
      const byList = reader === 'list'
      const read = byList ? sandboxOfLists : sandbox
      await addRareKinds(read)
      const connection = await connect(read, {
        config: configFor(read, { reader }),
        catalog: shownTo[reader],
        names: [name],
        watchPages: guardFields,
      })
      for (const round of [1, 2]) {
        const { errors, statuses } = await connection.sync()
        expect(errors, `sync ${round}`).toEqual([])
        expect(statuses(name).at(-1), `sync ${round}`).toBe('COMPLETE')
        expect(connection.differences({ byList }), `sync ${round}`).toEqual({})
        if (!EMPTY.includes(name)) expect(connection.warehouse.rows(name).size).toBeGreaterThan(0)
        read.account.changeAtRandom(40, round)
        read.account.advance(byList ? 25 * HOUR : HOUR)
      }
    },
  )
})
