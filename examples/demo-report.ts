// What the demo shows at its end: a verdict of ten lines, and a table of all streams.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, compareWithAccount, expectedRows } from '../test/support/expected-rows.ts'
import type { CatalogStream } from '../test/support/program.ts'

export const number = (value: number): string => value.toLocaleString('en-US')

/** One read of the account. */
export interface Reading {
  readonly seconds: number
  /** By stream: when it was complete, in seconds from the start. */
  readonly ended: ReadonlyMap<string, number>
  /** Of every request that was sent for it. */
  readonly paths: readonly string[]
  readonly counts: ReadonlyMap<string, { readonly records: number; readonly deletions: number }>
}

/** How a stream's rows compare with the account's. */
export interface Compared extends ReturnType<typeof compareWithAccount> {
  readonly name: string
  /** How many rows were held against the account's. */
  readonly total: number
  /** How many were not: Zendesk tells of their changes in a full refresh only. */
  readonly leftOut: number
}

/** Compares the rows of a stream with the account's. */
export function comparedWith(account: Account, stream: CatalogStream, rows: ReadonlyMap<string, object>): Compared {
  const found = compareWithAccount(account, stream, rows as ReadonlyMap<string, Readonly<Record<string, unknown>>>)
  const total = found.right + found.missing.length + found.wrong.length
  const leftOut = expectedRows(account, stream).size - total + found.untold.length
  return { ...found, name: stream.name, total, leftOut }
}

export const faultsOf = ({ missing, surplus, wrong }: Compared): number =>
  missing.length + surplus.length + wrong.length

const catalog = (name: string): readonly string[] =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, `../catalog/${name}.json`), 'utf8')) as {
      streams: { stream: { name: string } }[]
    }
  ).streams.map(({ stream }) => stream.name)

/** The ready catalogs, the helpdesk first; a stream belongs to the first that has it. */
const GROUPS = ['helpdesk', 'crm', 'content', 'configuration'].map((name) => [name, new Set(catalog(name))] as const)
const OTHERS = 'others'
const groupOf = (stream: string): string => GROUPS.find(([, names]) => names.has(stream))?.[0] ?? OTHERS

/** Streams in the order of their groups. */
export function inGroups<T extends { readonly name: string }>(
  streams: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = Map.groupBy(streams, ({ name }) => groupOf(name))
  return new Map([...GROUPS.map(([name]) => name), OTHERS].map((name) => [name, found.get(name) ?? []]))
}

/** A line of the verdict: its mark, what it is of, and what was found; it fits into 80 columns. */
export function verdictLine(isRight: boolean, what: string, found: string): string {
  const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']
  const mark = isRight ? '✓' : '✗'
  const text = `${what.padEnd(14)}${found}`.slice(0, 78)
  return `${isColoured ? `\u001b[${isRight ? 32 : 31}m${mark}\u001b[0m` : mark} ${text}`
}

/** The verdict on the rows: a line for each group, and one for all of them. */
export function verdictOnRows(compared: readonly Compared[]): readonly string[] {
  const lineOf = (what: string, of: readonly Compared[]): string => {
    const sum = (value: (one: Compared) => number): number => of.reduce((total, one) => total + value(one), 0)
    const [right, total, leftOut] = [sum(({ right }) => right), sum(({ total }) => total), sum((one) => one.leftOut)]
    const filled = of.filter((one) => one.total > 0).length
    const beside = leftOut === 0 ? '' : `, ${number(leftOut)} not compared`
    const empty = filled === of.length ? '' : ` (${of.length - filled} empty)`
    const rows = right === total ? `all ${number(total)}` : `${number(right)} of ${number(total)}`
    return verdictLine(sum(faultsOf) === 0, what, `${rows} rows right, ${of.length} tables${empty}${beside}`)
  }
  return [...[...inGroups(compared)].map(([group, of]) => lineOf(group, of)), lineOf('the account', compared)]
}

/** What is wrong, a line each, shortest first. */
export const faults = (compared: readonly Compared[]): readonly string[] =>
  compared.flatMap(({ name, missing, surplus, wrong }) => [
    ...missing.slice(0, 1).map((key) => `${name}: ${missing.length} missing, such as ${key}`),
    ...surplus.slice(0, 1).map((key) => `${name}: ${surplus.length} too many, such as ${key}`),
    ...wrong.slice(0, 1).map((what) => `${name}: ${wrong.length} wrong, such as ${what}`),
  ])

/** The table of all streams: what each read brought and cost. `ownerOf` says whose request a path is. */
export function table(
  compared: readonly Compared[],
  readings: readonly Reading[],
  ownerOf: (path: string) => string | undefined,
  shared: Readonly<Record<string, string>>,
): string {
  const line = (name: string, columns: readonly string[], right: string): string =>
    `${name.padEnd(32)}${columns.map((cell, index) => cell.padStart([9, 10, 18, 7][index % 4]!)).join('')}   ${right}`
  const head = ['records', 'deletions', 'requests', 's']
  const names = new Set(compared.map(({ name }) => name).filter((name) => shared[name] === undefined))
  /** Of a stream that has a number of its own; every other request is for no single stream. */
  const rowOf = (path: string): string | undefined => {
    const owner = ownerOf(path)
    return owner !== undefined && names.has(owner) ? owner : undefined
  }
  const requestsOf = ({ paths }: Reading, name: string | undefined): number =>
    paths.filter((path) => rowOf(path) === name).length
  const cells = (reading: Reading, name: string): string[] => {
    const { records = 0, deletions = 0 } = reading.counts.get(name) ?? {}
    const requests = shared[name] ?? number(requestsOf(reading, name))
    return [number(records), number(deletions), requests, (reading.ended.get(name) ?? 0).toFixed(1)]
  }
  const sum = (reading: Reading, key: 'records' | 'deletions'): string =>
    number([...reading.counts.values()].reduce((total, counts) => total + counts[key], 0))
  const rows = [...inGroups(compared)].flatMap(([, of]) =>
    of.map((one) =>
      line(
        one.name,
        readings.flatMap((reading) => cells(reading, one.name)),
        `${number(one.right)} of ${number(one.total)}${one.leftOut > 0 ? `, ${number(one.leftOut)} not compared` : ''}`,
      ),
    ),
  )
  const others = readings.flatMap((reading) => ['', '', number(requestsOf(reading, undefined)), ''])
  const totals = readings.flatMap((reading) => [
    sum(reading, 'records'),
    sum(reading, 'deletions'),
    number(reading.paths.length),
    reading.seconds.toFixed(1),
  ])
  return [
    `${''.padEnd(32)}${'── first read '.padEnd(44, '─')} ${'── second read '.padEnd(43, '─')}`,
    line('stream', [...head, ...head], 'rows right'),
    ...rows,
    line('requests for no single stream', others, ''),
    line('all', totals, ''),
    '',
  ].join('\n')
}
