// What comes in on its way to the engine: streams are opened, columns get their names of Zendesk.
import type { RecordData } from '../model/reads.ts'
import type { AskedStream, WriterInput } from '../model/writer.ts'
import type { Target, WriteInput } from '../model/writing.ts'
import { needsFields } from '../write/batch-row.ts'
import type { AccountObject } from './operations.ts'

/** The rows and states; streams among them are opened. */
export async function* opened(
  inputs: AsyncIterable<WriterInput>,
  open: (asked: AskedStream) => Promise<void>,
): AsyncGenerator<WriteInput> {
  for await (const input of inputs) {
    if (input.kind === 'stream') await open(input.asked)
    else yield input
  }
}

/** Rows with the columns' names of Zendesk. `mapped`: by stream, the name for each column. */
export async function* renamed(
  inputs: AsyncIterable<WriteInput>,
  mapped: ReadonlyMap<string, Readonly<Record<string, string>>>,
): AsyncGenerator<WriteInput> {
  for await (const input of inputs) {
    const columns = input.kind === 'row' ? mapped.get(input.stream) : undefined
    if (input.kind === 'state' || columns === undefined) yield input
    else yield { ...input, record: withNames(input.record, columns) }
  }
}

const withNames = (record: RecordData, columns: Readonly<Record<string, string>>): RecordData =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [columns[name] ?? name, value]))

interface Fields {
  readonly targets: ReadonlyMap<string, Target>
  /** By object: what is known of it; the account's fields are added here. */
  readonly used: Map<string, AccountObject>
  readonly accountObject: (name: string) => Promise<AccountObject>
}

/** The same. Before the first row with a column that may be a custom field, the account's fields of its object are read. */
export async function* withNeededFields(
  inputs: AsyncIterable<WriteInput>,
  { targets, used, accountObject }: Fields,
): AsyncGenerator<WriteInput> {
  const known = new Set<string>()
  for await (const input of inputs) {
    const target = input.kind === 'row' ? targets.get(input.stream) : undefined
    if (input.kind === 'row' && target && !known.has(target.object.name)) {
      const { name } = target.object
      if (needsFields(input.record, target, used.get(name)?.columns ?? new Set())) {
        used.set(name, await accountObject(name))
        known.add(name)
      }
    }
    yield input
  }
}
