import { describe, expect, test } from 'vitest'
import { resultsOf } from '../../../src/write/results.ts'

const kinds = (sent: readonly object[], results: unknown): readonly string[] =>
  resultsOf(sent, results).map(({ kind }) => kind)

describe('what the lines of a job say of its rows', () => {
  test('creations with an index, in the order in which they ended', () => {
    const lines = [
      { index: 2, id: 12, account_id: 1 },
      { index: 0, id: 10, account_id: 1 },
      { index: 1, error: 'TicketCreateFailed', details: 'Requester: Name: is too short' },
    ]
    const results = resultsOf([{}, {}, {}], lines)
    expect(results).toMatchObject([
      { kind: 'done', id: 10 },
      { kind: 'failed', rejection: { code: 'required_field' } },
      { kind: 'done', id: 12 },
    ])
  })

  test('creations without an index are linked by their place, if all of them succeeded', () => {
    const done = [7, 8].map((id) => ({ id, status: 'Created' }))
    expect(resultsOf([{}, {}], done)).toMatchObject([{ id: 7 }, { id: 8 }])
    expect(kinds([{}, {}], [done[0], { error: 'UserCreateFailed' }])).toEqual(['unknown', 'unknown'])
    expect(kinds([{}, {}, {}], done)).toEqual(['unknown', 'unknown', 'unknown'])
  })

  test('upserts are linked by what was sent, whatever their order and their case', () => {
    const sent = [{ external_id: 'a' }, { email: 'B@example.com' }]
    const lines = [
      { id: 2, status: 'Updated', email: 'b@example.com' },
      { id: 1, status: 'Created', external_id: 'A' },
    ]
    expect(resultsOf(sent, lines)).toMatchObject([
      { kind: 'done', id: 1 },
      { kind: 'done', id: 2 },
    ])
  })

  test('a failed line that looks like a user, with the index as its id, is no success', () => {
    expect(kinds([{ external_id: 'a' }], [{ id: 1 }])).toEqual(['unknown'])
  })

  test('changes are linked by the id that was sent', () => {
    const lines = [
      { action: 'update', id: 5, status: 'Updated', success: true },
      {
        action: 'update',
        id: 4,
        success: false,
        error: 'TicketUpdateFailed',
        details: 'Safe Update prevented the update',
      },
    ]
    expect(resultsOf([{ id: 4 }, { id: 5 }], lines)).toMatchObject([
      { kind: 'failed', rejection: { code: 'conflict' } },
      { kind: 'done', id: 5 },
    ])
  })

  test.each([null, { success: true }, []])('no lines at all: nothing is sure (%j)', (results) => {
    expect(kinds([{ id: 1 }], results)).toEqual(['unknown'])
  })
})
