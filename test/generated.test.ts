import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generate.ts'

test('src/generated is what scripts/generate.ts makes of schemas/', async () => {
  const folder = join(import.meta.dirname, '../src/generated')
  const files = await generatedFiles()
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text)
})
