// The whole loop: source → warehouse → destination → Zendesk → source, with changes on both sides.
import { expect, test } from 'vitest'
import { type Config, createConnector, type StreamState } from 'zendesk-connector'
import type { WriteInput } from '../../src/model/writing.ts'
import { openSandbox } from '../support/account.ts'
import { freshFolder, writerHere, writesIn, writingTo } from '../support/destination.ts'
import { type Body, send } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 20 })
const ROUNDS = 10
const PEOPLE = 24
const [PAST, FUTURE] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z']

type Fields = Record<string, string>
/** What the company knows: the source's table, and edits that were not delivered yet. */
interface Customer {
  raw: Fields
  edits: Fields
  time: string
}

const PEOPLES = ['name', 'notes', 'details', 'phone', 'alias']
const TICKETS = ['subject', 'priority']
const FIELDS: Readonly<Record<string, readonly string[]>> = { users: PEOPLES, tickets: TICKETS }
const RULES: Readonly<Record<string, object>> = {
  users: { policy: 'newest', fields: { notes: 'zendesk_wins', details: 'source_wins' }, owner: { alias: 'zendesk' } },
  tickets: { policy: 'newest', fields: { priority: 'zendesk_wins' } },
}
const asked = (stream: string) => ({ stream, mode: 'append_dedup', primaryKey: ['external_id'] })

/** Which side's value a field ends with, if these sides changed it. `newest`: the row's time says. */
function winnerOf(field: string, ours: boolean, theirs: boolean, time: string): 'source' | 'zendesk' | undefined {
  if (field === 'alias') return theirs ? 'zendesk' : undefined
  if (!ours || !theirs) return ours ? 'source' : theirs ? 'zendesk' : undefined
  if (field === 'notes' || field === 'priority') return 'zendesk'
  return field === 'details' || time === FUTURE ? 'source' : 'zendesk'
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const made = (field: string, side: string, nth: number): string =>
  field === 'phone'
    ? `+1555${String(1_000_000 + nth * 2 + (side === 'source' ? 1 : 0))}`
    : field === 'priority'
      ? PRIORITIES[(nth + (side === 'source' ? 1 : 2)) % 4]!
      : `${side} ${field} ${nth}`

/** A sequence that is the same each time. */
function chances(seed: number): () => number {
  let at = seed
  return () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return at / 2_147_483_648
  }
}

const held = (stream: string): ReadonlyMap<string, Body> =>
  new Map(
    ([...sandbox.account.truth(stream).live.values()] as Body[]).map((row) => [String(row.external_id ?? ''), row]),
  )
const fieldsOf = (stream: string, row: Body): Fields =>
  Object.fromEntries(FIELDS[stream]!.map((field) => [field, row[field]]))

test('ten rounds with changes on both sides: each field ends as its policy says, on both sides, and then nothing is written', async () => {
  const chance = chances(19)
  const base = writingTo(sandbox, freshFolder())
  const connector = await createConnector(base as Config)
  const mappings = Object.entries(RULES).map(([stream, conflicts]) => ({ stream, conflicts }))
  const writer = await writerHere({ ...base, mappings })
  const customers = new Map<string, Map<string, Customer>>(
    Object.keys(FIELDS).map((stream) => [
      stream,
      new Map(
        Array.from({ length: PEOPLE }, (_, nth) => {
          const edits = Object.fromEntries(FIELDS[stream]!.map((field) => [field, made(field, 'first', nth)]))
          return [`loop-${nth}`, { raw: {}, edits, time: PAST }]
        }),
      ),
    ]),
  )
  const states = new Map<string, StreamState>()
  const echoes = { ours: 0, theirs: 0 }

  /** Warehouse → destination → Zendesk. What was edited before is delivered then. */
  const deliver = async (): Promise<void> => {
    const inputs = async function* (): AsyncGenerator<WriteInput> {
      yield* [...customers].flatMap(([stream, all]) =>
        [...all].map(([external_id, { raw, edits, time }]) => ({
          kind: 'row' as const,
          stream,
          record: {
            external_id,
            ...raw,
            ...edits,
            updated_at: time,
            ...(stream === 'users' ? { email: `${external_id}@example.com` } : { description: 'Loop' }),
          },
        })),
      )
    }
    const counts = await writer.write(Object.keys(FIELDS).map(asked), inputs(), async () => undefined)
    expect([...counts].map(([, { rejected }]) => rejected)).toEqual([0, 0])
    for (const all of customers.values()) for (const customer of all.values()) customer.edits = {}
  }
  /** Zendesk → source → warehouse; resolves to the keys of records that are no echoes. */
  const read = async (): Promise<readonly string[]> => {
    // The exports have nothing of the last minute.
    sandbox.account.advance(120)
    const news: string[] = []
    const requests = Object.keys(FIELDS).map((stream) => ({ stream, ...stateIn(states, stream) }))
    for await (const message of connector.read(requests)) {
      if (message.kind === 'checkpoint') states.set(message.stream, message.state)
      if (message.kind !== 'records') continue
      for (const record of message.records) {
        const key = String(record['external_id'] ?? '')
        const customer = customers.get(message.stream)?.get(key)
        if (customer === undefined) continue
        const isEcho = await writer.isEcho(asked(message.stream), record)
        echoes[isEcho ? 'ours' : 'theirs']++
        if (!isEcho) news.push(`${message.stream} ${key}`)
        customer.raw = fieldsOf(message.stream, record)
      }
    }
    return news
  }

  await deliver()
  expect(await read()).toEqual([])
  for (let round = 0; round < ROUNDS; round++) {
    const expected = new Map<string, Fields>()
    const changedInZendesk: string[] = []
    for (const [stream, all] of customers)
      for (const [key, customer] of all) {
        const row = held(stream).get(key)
        const now = fieldsOf(stream, row)
        const theirs: Fields = {}
        customer.time = chance() < 0.5 ? PAST : FUTURE
        for (const field of FIELDS[stream]!) {
          const nth = round * 1_000 + Number(key.slice(5))
          const [ours, zendesk] = [chance() < 0.3, chance() < 0.3]
          if (ours) customer.edits[field] = made(field, 'source', nth)
          if (zendesk) theirs[field] = made(field, 'zendesk', nth)
          const isOurs = ours && customer.edits[field] !== now[field]
          const isTheirs = zendesk && theirs[field] !== now[field]
          const winner = winnerOf(field, isOurs, isTheirs, customer.time)
          if (winner !== undefined) now[field] = (winner === 'source' ? customer.edits : theirs)[field]!
        }
        expected.set(`${stream} ${key}`, now)
        if (Object.keys(theirs).length === 0) continue
        changedInZendesk.push(`${stream} ${key}`)
        const one = stream === 'users' ? 'user' : 'ticket'
        const { status } = await send(sandbox, 'PUT', `${stream}/${row.id}`, { [one]: theirs })
        expect(status).toBe(200)
      }
    await deliver()
    const news = await read()
    expect(news.filter((key) => !changedInZendesk.includes(key))).toEqual([])
    for (const [name, fields] of expected) {
      const [stream = '', key = ''] = name.split(' ')
      expect([round, name, fieldsOf(stream, held(stream).get(key))]).toEqual([round, name, fields])
      expect([round, name, customers.get(stream)!.get(key)!.raw]).toEqual([round, name, fields])
    }
    // What came back is agreed on, before anybody edits it.
    const settled = sandbox.requests.all().length
    await deliver()
    expect(writesIn(sandbox, settled)).toEqual([])
  }
  const before = sandbox.requests.all().length
  await deliver()
  expect(await read()).toEqual([])
  expect(writesIn(sandbox, before)).toEqual([])
  expect(echoes.ours).toBeGreaterThan(PEOPLE)
  expect(echoes.theirs).toBeGreaterThan(PEOPLE)
  writer.close()
})

const stateIn = (states: ReadonlyMap<string, StreamState>, stream: string): { state?: StreamState } => {
  const state = states.get(stream)
  return state === undefined ? {} : { state }
}
