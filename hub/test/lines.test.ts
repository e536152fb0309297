// Lines of other connectors, by value: what has rows in it is loaded or refused, and never passed over.
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readLines, streamsOfCatalog } from '../src/source/lines.ts'

async function linesOf(...lines: readonly string[]) {
  const found = []
  for await (const line of readLines(Readable.from([`${lines.join('\n')}\n`]))) found.push(line)
  return found
}

test('records of both dialects, also one with a column "data"', async () => {
  const found = await linesOf(
    '{"type":"SCHEMA","stream":"users","schema":{"properties":{}},"key_properties":["id"]}',
    '{"type":"RECORD","stream":"users","record":{"id":1,"data":"x"}}',
    '{"type":"RECORD","record":{"stream":"users","data":{"id":2},"emitted_at":1}}',
  )
  expect(found.flatMap(({ messages }) => messages)).toEqual([
    { kind: 'records', stream: 'users', records: [{ id: 1, data: 'x' }, { id: 2 }] },
  ])
})

test('records that follow each other go on together, in their order, and before what comes behind them', async () => {
  const record = (stream: string, id: number, more: object = {}): string =>
    JSON.stringify({ type: 'RECORD', stream, record: { id, ...more } })
  const state = '{"type":"STATE","value":{"at":3}}'
  const gone = { _sdc_deleted_at: '2024-01-01T00:00:00Z' }
  const found = await linesOf(
    record('a', 1),
    record('a', 2, gone),
    record('b', 3),
    record('a', 4),
    state,
    record('b', 5),
  )
  expect(found).toEqual([
    {
      messages: [
        {
          kind: 'records',
          stream: 'a',
          records: [{ id: 1 }, { id: 2 }],
          deletedAt: [undefined, '2024-01-01T00:00:00Z'],
        },
        { kind: 'records', stream: 'b', records: [{ id: 3 }] },
        { kind: 'records', stream: 'a', records: [{ id: 4 }] },
      ],
    },
    { messages: [], echo: state },
    { messages: [{ kind: 'records', stream: 'b', records: [{ id: 5 }] }] },
  ])
})

test('what came before a wrong line is handed on', async () => {
  const lines = readLines(Readable.from(['{"type":"RECORD","stream":"a","record":{"id":1}}\nnothing\n']))
  expect((await lines.next()).value.messages).toEqual([{ kind: 'records', stream: 'a', records: [{ id: 1 }] }])
  await expect(lines.next()).rejects.toThrow('Line 2 is not JSON: nothing')
})

test('an id of more digits than a number holds keeps them all', async () => {
  const [line] = await linesOf(
    '{"type":"RECORD","record":{"stream":"users","data":{"id":90071992547409931},"emitted_at":1}}',
  )
  expect(line?.messages).toEqual([{ kind: 'records', stream: 'users', records: [{ id: '90071992547409931' }] }])
})

test.each([
  ['{"id":1,"secret":"x"}', /Line 1 is not a message: it has no "type"/],
  ['{"type":"BATCH","stream":"x","manifest":["file:///x"]}', /Line 1 is a BATCH, whose rows are in files/],
])('%s is refused', async (line, said) => {
  await expect(linesOf(line)).rejects.toThrow(said)
})

test.each([[{ streams: [null] }], [{ streams: [7] }], [{ streams: [{ sync_mode: 'incremental' }] }]])(
  'a catalog with an entry that names nothing: %j',
  (catalog) => {
    expect(() => streamsOfCatalog(catalog)).toThrow(/entry 1 of "streams" names no stream/)
  },
)
