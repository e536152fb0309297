import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogFiles } from '../tools/catalogs.ts'
import { configurationPage } from '../tools/configuration-page.ts'
import { coreTablesPicture } from '../tools/core-tables.ts'
import { generatedFiles } from '../tools/generate.ts'
import { meltanoPlugins } from '../tools/meltano-plugin.ts'
import { objectsPage } from '../tools/objects-page.ts'
import { streamPages } from '../tools/stream-pages.ts'

test('src/generated is what tools/generate.ts makes of schemas/', async () => {
  const folder = join(import.meta.dirname, '../src/generated')
  const files = await generatedFiles()
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text)
})

test('catalog is what tools/catalogs.ts makes of declarations and schemas', () => {
  const folder = join(import.meta.dirname, '../catalog')
  const files = catalogFiles()
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text)
})

test.each([...meltanoPlugins()])('meltano/%s is what tools/meltano-plugin.ts makes of the settings', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, '../meltano', name), 'utf8')).toBe(text)
  // Others make Meltano break off.
  const kinds = [...text.matchAll(/^ {2}kind: (.*)$/gm)].map(([, kind]) => kind)
  expect(kinds.length).toBeGreaterThan(20)
  for (const kind of kinds)
    expect(['string', 'integer', 'boolean', 'decimal', 'options', 'object', 'array']).toContain(kind)
})

test('docs/streams is what tools/stream-pages.ts makes of declarations and schemas', () => {
  const docs = join(import.meta.dirname, '../docs')
  const pages = streamPages()
  const names = [...pages.keys()].filter((name) => name.startsWith('streams/'))
  expect(readdirSync(join(docs, 'streams')).sort()).toEqual(names.map((name) => name.slice(8)).sort())
  for (const [name, text] of pages) expect(readFileSync(join(docs, name), 'utf8'), name).toBe(text)
})

test('docs/core-tables.svg is what tools/core-tables.ts makes of declarations and schemas', async () => {
  const picture = await coreTablesPicture()
  expect(readFileSync(join(import.meta.dirname, '../docs/core-tables.svg'), 'utf8')).toBe(picture)
  // A repository's page is about 900 wide.
  expect(Number(/viewBox="0 0 (\d+) /.exec(picture)![1])).toBeLessThan(1000)
  expect(picture).toContain('tickets.requester_id → users')
})

test('docs/configuration.md is what tools/configuration-page.ts makes of spec.json', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/configuration.md'), 'utf8')).toBe(configurationPage())
})

test('docs/destination-reference.md is what tools/objects-page.ts makes of the declarations and spec-destination.json', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/destination-reference.md'), 'utf8')).toBe(objectsPage())
})
