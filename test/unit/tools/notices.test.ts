import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noticesOf } from '../../../tools/notices.ts'

const root = mkdtempSync(join(tmpdir(), 'notices-'))
function install(name: string, license: string, text?: string): string {
  const folder = join(root, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }))
  if (text !== undefined) writeFileSync(join(folder, 'LICENSE.md'), text)
  return `node_modules/${name}/lib/index.js`
}

test('each package is named once, with the text of its licence; files of our own are none', () => {
  const one = install('one', 'MIT', 'Permission is hereby granted')
  const scoped = install('@scope/two', 'ISC', 'Permission to use')
  const notices = noticesOf([one, `${one}x`, scoped, 'src/index.ts'], root)
  expect(notices.match(/^- .*$/gm)).toEqual(['- @scope/two 1.2.3 (ISC)', '- one 1.2.3 (MIT)'])
  expect(notices).toMatch(/Permission is hereby granted/)
  expect(notices).toMatch(/Permission to use/)
})

test('a package without the text of its licence, or with another kind of licence, is an error', () => {
  expect(() => noticesOf([install('bare', 'MIT')], root)).toThrow('bare 1.2.3 brings no text of its licence.')
  expect(() => noticesOf([install('copyleft', 'GPL-3.0', 'GNU')], root)).toThrow('licensed as GPL-3.0')
})
