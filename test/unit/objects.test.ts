import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objects, recordsOfObject } from '../../src/objects/index.ts'
import { writableColumns } from '../../src/write/batch-row.ts'

const folder = join(import.meta.dirname, '../../src/objects')
const all = [...objects, recordsOfObject('key')]

test('an object is declared in 15 lines or fewer', () => {
  const declared = readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return [...text.matchAll(/^( *)(?:.* )?defineObject\(\{\n[\s\S]*?^\1\}\)$/gm)].map(([block]) => block)
  })
  expect(declared.length).toBeGreaterThan(15)
  expect(declared.filter((block) => block.split('\n').length > 15)).toEqual([])
})

test.each(all.map((object) => [object.name, object] as const))(
  '%s: what its declaration names is there',
  (_, object) => {
    const columns = writableColumns(object)
    const known = new Set([...columns.keys(), 'id', 'external_id', 'comment'])
    const {
      required,
      fixed = [],
      sets = [],
      unread = [],
      parameters = [],
      switches = {},
      references = {},
      keys,
    } = object
    const named = [
      ...required.flatMap((one) => one.replace('?', '').split('|')),
      ...[...fixed, ...sets, ...unread, ...parameters, ...Object.keys(switches)],
      ...Object.values(references).map(({ fills }) => fills),
      ...keys.flatMap((key) => key.columns),
    ]
    expect(named.filter((name) => !known.has(name))).toEqual([])
    for (const { object: name, by = 'external_id' } of Object.values(references)) {
      const other = objects.find((one) => one.name === name)
      const key = other?.keys.find((one) => one.columns.length === 1 && one.columns[0] === by && one.find !== 'none')
      expect([name, by, key !== undefined]).toEqual([name, by, true])
    }
    // Parents come first.
    const place = (name: string): number => objects.findIndex((one) => one.name === name)
    for (const { object: name } of Object.values(references))
      if (place(object.name) !== -1) expect(place(name)).toBeLessThanOrEqual(place(object.name))
    for (const type of columns.values())
      expect(['string', 'integer', 'number', 'boolean', 'array', 'object']).toContain(type)
  },
)
