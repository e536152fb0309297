import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  type DestinationLine,
  freshFolder,
  recordLine,
  stateLine,
  writingTo,
} from '../support/destination.ts'
import { linesIn } from '../support/in-process.ts'
import { filesOf } from '../support/program.ts'
import type { Body } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 40 })
sandbox.account.setJobs({ waits: 500, item: 5 })

/** How often the program is killed: `KILLS=100` for the whole promise. */
const KILLS = Number(process.env['KILLS'] ?? 12)

const program = join(import.meta.dirname, '../support/hasty-destination.ts')

/** What a platform sends: rows, and a state behind every 40. */
function inputOf(): readonly string[] {
  const people = Array.from({ length: 160 }, (_, nth) =>
    recordLine('users', { external_id: `kill-${nth}`, name: `Killed ${nth}`, email: `kill-${nth}@example.com` }),
  )
  const tickets = Array.from({ length: 80 }, (_, nth) =>
    recordLine('tickets', {
      external_id: `kill-${nth}`,
      description: `Ticket ${nth}`,
      requester_external_id: `kill-${nth}`,
    }),
  )
  const notes = Array.from({ length: 20 }, (_, nth) =>
    recordLine('notes', { external_id: `kill-${nth}`, comment: `Note ${nth}` }),
  )
  const loose = Array.from({ length: 20 }, (_, nth) =>
    recordLine('loose', { subject: `Loose ${nth}`, comment: 'Loose' }),
  )
  const all = [...people, ...tickets, ...notes, ...loose]
  return all.flatMap((line, nth) => (nth % 40 === 39 ? [line, stateLine('users', nth)] : [line]))
}

const catalog = catalogFor(
  { name: 'users' },
  { name: 'tickets' },
  { name: 'notes', object: 'tickets', mode: 'update' },
  { name: 'loose', object: 'tickets', mode: 'append', key: [] },
)

/** One run on these lines, killed after so many requests; its exit code is null then. */
async function runOn(lines: readonly string[], config: object, killAfter: number | undefined) {
  const before = sandbox.requests.all().length
  const child = spawn(process.execPath, [program, 'write', ...filesOf({ config, catalog })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HASTE: '20' },
  })
  // A pipe to a program that was killed is closed.
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${lines.join('\n')}\n`)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (some: string) => {
    text += some
  })
  const killWhenDue = (): void => {
    if (sandbox.requests.all().length - before >= killAfter!) child.kill('SIGKILL')
  }
  // Some right behind an answer, others within a request that follows it.
  const timer = killAfter === undefined ? undefined : setInterval(killWhenDue, 1 + (killAfter % 3) * 20)
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(timer)
  const whole = linesIn(text.slice(0, text.lastIndexOf('\n') + 1)).map((line) => JSON.parse(line) as DestinationLine)
  return { exitCode, marks: whole.flatMap(({ state }) => state?.stream.stream_state.mark ?? []), lines: whole }
}

test('SIGTERM while nothing comes: it ends, although its input is open', async () => {
  const config = writingTo(sandbox, freshFolder())
  const child = spawn(process.execPath, [program, 'write', ...filesOf({ config, catalog })], { stdio: 'pipe' })
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${recordLine('users', { external_id: 'term-1', name: 'Term' })}\n${stateLine('users', 1)}\n`)
  for await (const some of child.stdout.setEncoding('utf8')) if (String(some).includes('"STATE"')) child.kill('SIGTERM')
  expect(child.exitCode ?? (await new Promise((resolve) => child.on('close', resolve)))).toBe(143)
})

test('killed at any moment and started again: nothing is written twice, and nothing is lost', {
  timeout: 900_000,
}, async () => {
  const folder = freshFolder()
  const config = writingTo(sandbox, folder)
  const input = inputOf()
  let from = 0
  let kills = 0
  let killed = 0
  for (let run = 0; ; run++) {
    const isKilled = kills < KILLS
    const { exitCode, marks, lines } = await runOn(
      input.slice(from),
      config,
      isKilled ? 1 + ((run * 29) % 113) : undefined,
    )
    const last = marks.at(-1)
    // The platform goes on behind the last state that it got.
    if (last !== undefined) from = input.indexOf(stateLine('users', last)) + 1
    if (exitCode === 0 && !isKilled) break
    if (exitCode === null) killed = ++kills
    else if (exitCode !== 0) throw new Error(JSON.stringify(lines.filter(({ trace }) => trace)))
    // It came to its end before it was killed: the rest is done without.
    else kills = KILLS
  }
  const users = [...sandbox.account.truth('users').live.values()] as Body[]
  const tickets = [...sandbox.account.truth('tickets').live.values()] as Body[]
  const comments = [...sandbox.account.truth('ticket_comments').live.values()] as Body[]
  const ids = (rows: readonly Body[]): readonly string[] =>
    rows.flatMap(({ external_id }) => (/^kill-/.test(external_id ?? '') ? [external_id] : [])).toSorted()
  const wanted = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, nth) => `kill-${nth}`).toSorted()
  expect(ids(users)).toEqual(wanted(160))
  expect(ids(tickets)).toEqual(wanted(80))
  const named = (rows: readonly string[], pattern: RegExp): readonly string[] =>
    rows.filter((one) => pattern.test(one)).toSorted()
  const listed = (name: string): readonly string[] =>
    Array.from({ length: 20 }, (_, nth) => `${name} ${nth}`).toSorted()
  expect(
    named(
      comments.map(({ body }) => body),
      /^Note /,
    ),
  ).toEqual(listed('Note'))
  expect(
    named(
      tickets.map(({ subject }) => String(subject)),
      /^Loose /,
    ),
  ).toEqual(listed('Loose'))
  expect(killed).toBeGreaterThanOrEqual(Math.min(KILLS, 6))
})
