// What is asked of one connection at the same time is done one after the other: given rows and queries, no error, and all rows.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './support/here.ts'

const ROUNDS = 40
const ROWS = 3000

describe.each(DATABASES.filter(([, , skip]) => !skip))('%s', (_, make) => {
  test('rows and queries at the same time do not disturb each other', async () => {
    const database = await make()
    const warehouse = await database.open()
    try {
      const { integer, text } = warehouse.types
      await warehouse.run(`create temporary table coming (id ${integer}, subject ${text})`)
      const ids = Array.from({ length: ROWS }, (_one, nth) => nth)
      const batch = {
        rows: ROWS,
        columns: [
          { name: 'id', type: 'integer' as const, cells: ids },
          {
            name: 'subject',
            type: 'text' as const,
            cells: ids.map((id) => `A subject that is not short, of ticket ${id}`),
          },
        ],
      }
      for (let round = 1; round <= ROUNDS; round++) {
        const [, rest, some] = await Promise.all([
          warehouse.append('coming', batch),
          warehouse.rows('select count(*) as n from coming where id % 3 = $1', [1]),
          warehouse.rows('select count(*) as n from coming'),
          warehouse.atOnce(() => warehouse.run("update coming set subject = 'short' where id < 10")),
        ])
        expect([rest, some]).toEqual([[{ n: (round * ROWS) / 3 }], [{ n: round * ROWS }]])
      }
    } finally {
      await warehouse.close()
      await database.remove()
    }
  })
})
