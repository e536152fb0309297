import { expect, test } from 'vitest'
import { cursorExport } from '../../../../src/zendesk/walks/cursor-export.ts'
import { cursorList } from '../../../../src/zendesk/walks/list.ts'
import { timeExport } from '../../../../src/zendesk/walks/time-export.ts'

const tickets = cursorExport({
  name: 'tickets',
  path: 'incremental/tickets/cursor',
  key: 'tickets',
  bucket: 'incremental-exports',
  timeField: 'generated_timestamp',
})
const events = timeExport({
  name: 'events',
  path: 'incremental/ticket_events',
  key: 'ticket_events',
  bucket: 'incremental-exports',
  timeField: 'timestamp',
})
const groups = cursorList({ name: 'groups', path: 'groups', key: 'groups' })
const row = { id: 1, generated_timestamp: 10, timestamp: 10 }

test('an export page that does not say where it goes on is no end, with rows or without', () => {
  for (const rows of [[], [row]])
    expect(() => tickets.advance({ tickets: rows }, { time: 0 })).toThrow(
      /incremental\/tickets\/cursor: .*next page would be the page just read/,
    )
  expect(() =>
    tickets.advance({ tickets: [], after_cursor: 'a', end_of_stream: false }, { time: 0, cursor: 'a' }),
  ).toThrow(/\(cursor a\)/)
  expect(tickets.advance({ tickets: [], after_cursor: 'b', end_of_stream: false }, { time: 0, cursor: 'a' }).last).toBe(
    false,
  )
})

test('a time export that does not say where it ends is read until nothing new comes, however small its pages', () => {
  const first = events.advance({ ticket_events: [row], end_time: 10 }, { time: 0 })
  expect(first.last).toBe(false)
  expect(events.advance({ ticket_events: [row], end_time: 10 }, first.position)).toMatchObject({ last: true, rows: [] })
})

test('a list that says there is more and not where, or that comes in pages by number, is an error', () => {
  expect(() => groups.advance({ groups: [row], meta: { has_more: true } }, { time: 0 })).toThrow(
    /there is more, but not where/,
  )
  expect(() => groups.advance({ groups: [row], next_page: 'https://a/?page=2' }, { time: 0 })).toThrow(
    /groups: Zendesk gave a page by number/,
  )
  expect(groups.advance({ groups: [row], next_page: null }, { time: 0 }).last).toBe(true)
})
