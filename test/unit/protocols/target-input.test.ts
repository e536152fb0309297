// What the target understands of Singer's lines, and what it refuses: nothing with rows in it is passed over.
import { expect, test } from 'vitest'
import { inputsIn } from '../../../src/protocols/singer/target-input.ts'

async function inputsOf(...lines: readonly string[]) {
  const warnings: string[] = []
  const input = async function* (): AsyncGenerator<string> {
    yield* lines
  }
  const inputs: unknown[] = []
  for await (const one of inputsIn(input(), 'append_dedup', (_, message) => void warnings.push(message)))
    inputs.push(one)
  return { inputs, warnings }
}

const schema = '{"type":"SCHEMA","stream":"users","schema":{},"key_properties":["id"]}'

test('ids of any length stay whole', async () => {
  const { inputs } = await inputsOf(
    schema,
    '{"type":"RECORD","stream":"users","record":{"id":90071992547409931,"n":1}}',
  )
  expect(inputs.at(-1)).toEqual({ kind: 'row', stream: 'users', record: { id: '90071992547409931', n: 1 } })
})

test.each([
  [
    'a batch, whose rows are in files',
    '{"type":"BATCH","stream":"users","manifest":["file:///x"]}',
    /Line 2 is a BATCH/,
  ],
  ['a row that is a list', '{"type":"RECORD","stream":"users","record":[1]}', /RECORD without a record/],
  ['a row without a stream', '{"type":"RECORD","record":{}}', /RECORD without a stream/],
  ['a schema without a stream', '{"type":"SCHEMA","schema":{}}', /SCHEMA without a stream/],
  ['a state without a value', '{"type":"STATE"}', /STATE without a value/],
  ['a line that is no message', '{"id":1}', /not a message: it has no "type"/],
  ['a list', '[1]', /not a JSON object/],
])('%s is refused', async (_, line, said) => {
  await expect(inputsOf(schema, line)).rejects.toThrow(said)
})

test('what is not known is named once, and what it means', async () => {
  const { warnings } = await inputsOf(...['{"type":"ACTIVATE_VERSION"}', '{"type":"METRIC"}', '{"type":"METRIC"}'])
  expect(warnings).toEqual([
    expect.stringMatching(/stays in Zendesk/),
    expect.stringMatching(/unknown type METRIC are ignored/),
  ])
})
