// Lists of webhooks and triggers: what is not found in them would be made a second time.
import { expect, test } from 'vitest'
import { listed } from '../../src/live/webhook-calls.ts'
import type { LiveSource, SourceCall } from '../../src/source/source.ts'

/** A source whose list answers with these pages, in turn. */
function sourceWith(pageOf: (nth: number) => object) {
  const asked: SourceCall[] = []
  const call = async (request: SourceCall) => {
    asked.push(request)
    return { status: 200, body: pageOf(asked.length) }
  }
  return { source: { call } as unknown as LiveSource, asked }
}

test('a list that does not say whether there is more is read to an empty page', async () => {
  const { source, asked } = sourceWith((nth) => ({
    triggers: nth < 4 ? [{ id: nth }] : [],
    meta: { after_cursor: `after ${nth}` },
  }))
  expect(await listed(source, 'triggers', 'triggers')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  expect(asked).toHaveLength(4)
  expect(asked[0]).toMatchObject({ expects: { list: 'triggers' } })
})

test('one that says that there is none is not asked again, and two cursors by turns end it', async () => {
  const whole = sourceWith(() => ({ webhooks: [{ id: 1 }], meta: { has_more: false, after_cursor: 'x' } }))
  expect(await listed(whole.source, 'webhooks', 'webhooks')).toEqual([{ id: 1 }])
  const { source } = sourceWith((nth) => ({
    webhooks: [{ id: nth }],
    meta: { has_more: true, after_cursor: `after ${nth % 2}` },
  }))
  await expect(listed(source, 'webhooks', 'webhooks')).rejects.toThrow(/the same page again/)
})
