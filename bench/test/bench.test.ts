import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { joined, pairedRatio, type Report, type Run, recordsOf, runsOf, sizesOf } from '../src/report.ts'
import { documentOf } from '../src/tables.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

test('the benchmark reads the same with ours and the floor, and tells what each cost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
  const [json, picture] = [join(folder, 'report.json'), join(folder, 'picture')]
  const options = ['--tickets', '120', '--rounds', '1', '--turns', '1', '--json', json, '--plot', picture]
  const { stdout } = await run(process.execPath, [join(root, 'bench/src/bench.ts'), ...options])

  const report = JSON.parse(readFileSync(json, 'utf8')) as Report
  expect(report.workloads.map(({ name }) => name)).toEqual(['tickets', 'core'])
  const [tickets, core] = report.workloads
  const all = [...(tickets?.runs ?? []), ...(core?.runs ?? [])]
  expect(all.map(({ client }) => client)).toEqual(['ours', 'floor', 'ours', 'floor'])
  for (const { seconds, cpuSeconds, peakMB } of all) {
    expect(seconds).toBeGreaterThan(0.05)
    expect(cpuSeconds).toBeGreaterThan(0.05)
    expect(peakMB).toBeGreaterThan(30)
    expect(peakMB).toBeLessThan(1000)
  }
  const [mine, floor] = [runsOf(tickets!, 'ours')[0]!, runsOf(tickets!, 'floor')[0]!]
  expect(mine.records).toEqual(floor.records)
  // Deleted tickets among them: the export gives all that there ever were.
  expect(mine.records['tickets']).toBeGreaterThan(100)
  expect(mine.exportRequests).toBe(floor.exportRequests)
  expect(Object.keys(runsOf(core!, 'floor')[0]!.records).sort()).toEqual([...core!.streams].sort())
  expect(report.commands.map(({ name }) => name)).toEqual(['spec', 'check', 'discover'])

  expect(stdout).toContain(`| ours | 1 | ${recordsOf(mine)} |`)
  const svg = readFileSync(`${picture}-cost.svg`, 'utf8')
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
  for (const text of ['tickets', 'core', 'this connector', 'parsing and writing alone'])
    expect(svg).toContain(`>${text}</text>`)
})

test('ratios are of neighbours, and their median is taken', () => {
  const costs = [1, 10, 2, 30, 4, 20, 100] as const
  const runs = costs.map((cpuSeconds, index) => ({ client: index % 2 === 0 ? 'ours' : 'tap', cpuSeconds }) as Run)
  expect(pairedRatio(runs, 'tap', ({ cpuSeconds }) => cpuSeconds)).toBe(10)
  expect(pairedRatio(runs, 'airbyte', ({ cpuSeconds }) => cpuSeconds)).toBeUndefined()
})

test('a later run stands in the place of what it measured again, and of nothing else', () => {
  const earlier = JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8')) as Report
  const [tickets, core] = earlier.workloads
  const [ours, floor] = core!.runs
  const again = { ...core!, runs: [ours!, floor!] }
  const peer = { ...floor!, client: 'tap' } as const
  const withPeer = [tickets!, { ...core!, runs: [ours!, floor!, ours!, floor!, ours!, peer] }]
  const grown = (size: number) => ({ tickets: size, workloads: [tickets!] })
  const nothing = { ...earlier, commands: [], versions: {} }
  const later = { ...nothing, workloads: [again], growth: [grown(100), grown(5)] }
  const { workloads, commands, growth } = joined(
    { ...earlier, workloads: withPeer, growth: [grown(100), grown(20)] },
    later,
  )
  // Nor of the pairs with a client that was not read again.
  expect(workloads).toEqual([tickets, { ...again, runs: [ours, floor, ours, peer] }])
  expect(commands).toEqual(earlier.commands)
  expect(growth.map((one) => one.tickets)).toEqual([5, 20, 100])
  expect(() => joined(earlier, { ...later, tickets: earlier.tickets + 1 })).toThrow('one table')
})

test('growth begins with the account of the main table', () => {
  const report = JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8')) as Report
  const [tickets] = report.workloads
  const size = { tickets: report.tickets * 5, workloads: [tickets!] }
  expect(sizesOf({ ...report, growth: [] })).toEqual([])
  const [first, last] = sizesOf({ ...report, growth: [size] })
  expect(last).toBe(size)
  expect(first?.tickets).toBe(report.tickets)
  expect(first?.workloads.map(({ name }) => name)).toEqual(['tickets'])
  for (const { runs } of first!.workloads)
    for (const [index, { client }] of runs.entries()) expect(client).toBe(['ours', 'floor'][index % 2])
  expect(sizesOf({ ...report, growth: [{ ...size, tickets: report.tickets }] })).toHaveLength(1)
})

test('docs/performance.md says what docs/performance.json found', () => {
  const page = readFileSync(join(root, 'docs/performance.md'), 'utf8')
  const report = JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8')) as Report
  expect(documentOf(page, report)).toBe(page)
})
