import type { Account } from './assumption.ts'

/**
 * Whether a list in the order of its ids has this one: it is asked for what follows the id before. `order` is the name of
 * that order in the list's cursors. Rejects with an HttpError where the list does not take a cursor that a client packed.
 */
export async function isInList({ rows }: Account, path: string, order: 'id' | 'nice_id', id: number): Promise<boolean> {
  const packed = Buffer.alloc(9)
  packed.write('i', 0, 'latin1')
  packed.writeBigInt64LE(BigInt(id - 1), 1)
  const cursor = Buffer.from(JSON.stringify({ o: order, v: packed.toString('base64') })).toString('base64')
  const [row] = await rows(path, path, { sort: 'id', 'page[size]': 1, 'page[after]': cursor })
  return row?.['id'] === id
}
