import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PLANS } from '../src/account/plan.ts'
import { USAGE } from '../src/cli/flags.ts'
import { FAULT_KINDS } from '../src/http/faults/schedule.ts'
import { startSandbox } from '../src/index.ts'
import { endpointTables } from '../tools/endpoint-table.ts'

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '..', file), 'utf8')
const readme = textOf('README.md')
const section = (title: string): string => readme.split('\n## ').find((part) => part.startsWith(title)) ?? ''
/** What stands in backticks in the first column of a section's tables. */
const firstColumn = (title: string): string[] =>
  [...section(title).matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, code]) => code!),
  )

test('the README explains every flag of --help and no other', () => {
  const flags = [...USAGE.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag)
  expect(firstColumn('Flags').map((cell) => cell.split(' ')[0])).toEqual(expect.arrayContaining(flags))
  expect(firstColumn('Flags')).toHaveLength(flags.length)
})

test('the README explains every kind of fault', () => {
  expect(firstColumn('Faults')).toEqual(expect.arrayContaining([...FAULT_KINDS]))
})

test('the README names every plan', () => {
  expect(PLANS.filter((plan) => !section('Plans').includes(`\`${plan}\``))).toEqual([])
})

test('the README names no file that is not there', () => {
  const links = [...readme.matchAll(/\]\((?!#)([^)]+)\)/g)].map(([, target]) => target!)
  const sources = [...readme.matchAll(/`(src\/[\w/.-]+\.ts)`/g)].map(([, file]) => file!)
  for (const file of [...links, ...sources]) expect(textOf(file)).not.toBe('')
  expect(links.length + sources.length).toBeGreaterThan(0)
})

test('docs/endpoints.md lists what is served', async () => {
  const sandbox = await startSandbox({ tickets: 1 })
  await sandbox.close()
  expect(textOf('docs/endpoints.md')).toContain(endpointTables(sandbox.routes))
})
