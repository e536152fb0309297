import { expect, test } from 'vitest'
import { pageIn } from '../../../src/http/body.ts'
import type { Page, RecordData } from '../../../src/model/stream.ts'
import { chatListById } from '../../../src/zendesk/walks/chat.ts'
import { rowsOf } from '../../../src/zendesk/walks/rows.ts'

const URL_OF_AGENTS = new URL('https://northwind.zendesk.com/api/v2/chat/agents')
const walk = chatListById('bans', (page) => [rowsOf(page, 'ip_address'), rowsOf(page, 'visitor')])

/** Reads all of a server that answers with these rows; fails if that takes more requests than there can be pages. */
function readAll(answer: (since: number) => Page): readonly number[] {
  const ids: number[] = []
  let position: { readonly time: number; readonly cursor?: string } = { time: 0 }
  for (let requests = 0; requests < 20; requests++) {
    const { rows, last, position: next } = walk.advance(answer(Number(walk.request(position)['since_id'])), position)
    ids.push(...rows.map(({ id }) => Number(id)))
    if (last) return ids
    position = next as typeof position
  }
  throw new Error('The walk does not end.')
}

const rows = (many: number, from = 1): readonly RecordData[] =>
  Array.from({ length: many }, (_, nth) => ({ id: (from + nth) * 3 }))

test.each([0, 1, 99, 100, 101, 250])('%i rows come once, whether since_id is part of the page or not', (many) => {
  const all = rows(many)
  for (const isIncluded of [true, false]) {
    const page = (since: number) =>
      all.filter(({ id }) => (isIncluded ? Number(id) >= since : Number(id) > since)).slice(0, 100)
    expect(readAll((since) => ({ ip_address: page(since), visitor: [] }))).toEqual(all.map(({ id }) => id))
  }
})

test('of two kinds each row comes once, whether they share a page or have one each', () => {
  const kinds = [rows(230), [{ id: 4 }, { id: 400 }, { id: 9_000 }]] as const
  const expected = kinds
    .flat()
    .map(({ id }) => Number(id))
    .sort((one, other) => one - other)
  const after = (list: readonly RecordData[], since: number) => list.filter(({ id }) => Number(id) >= since)
  const each = (since: number): Page => ({
    ip_address: after(kinds[0], since).slice(0, 100),
    visitor: after(kinds[1], since).slice(0, 100),
  })
  const shared = (since: number): Page => {
    const page = new Set(
      [...after(kinds[0], since), ...after(kinds[1], since)]
        .sort((one, other) => Number(one['id']) - Number(other['id']))
        .slice(0, 100),
    )
    return { ip_address: kinds[0].filter((row) => page.has(row)), visitor: kinds[1].filter((row) => page.has(row)) }
  }
  for (const answer of [each, shared]) expect([...readAll(answer)].sort((one, other) => one - other)).toEqual(expected)
})

test('an answer that is the list itself is a page only where that is expected', () => {
  const body = Buffer.from('[{"id":1},{"id":2}]')
  const request = { path: 'chat/agents', expects: 'agents' }
  expect(pageIn(body, URL_OF_AGENTS, { ...request, isBare: true })).toEqual({ agents: [{ id: 1 }, { id: 2 }] })
  expect(() => pageIn(body, URL_OF_AGENTS, request)).toThrow(/not a JSON object/)
  for (const wrong of ['[1,2]', '{"error":"no"}', '"agents"', '[{"id":1}'])
    expect(() => pageIn(Buffer.from(wrong), URL_OF_AGENTS, { ...request, isBare: true }), wrong).toThrow(/answered 200/)
})
