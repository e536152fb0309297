// Zendesk's list cursors are base64 of `{"o": order, "v": base64 of packed values}`. A value is its type (`d` date, `i`
// integer) and eight bytes, little-endian. Cursors are not signed, and Zendesk accepted ones that clients built; this is
// not documented, so code that builds one must handle a refusal (facts 73 and 74).

/** A list cursor for the start of a second (epoch seconds), for a list ordered by a date and an id. */
export function listCursorFrom(order: 'created_at,id' | 'updated_at,id', time: number): string {
  const packed = Buffer.alloc(18)
  packed.write('d', 0, 'latin1')
  packed.writeBigInt64LE(BigInt(time), 1)
  packed.write('i', 9, 'latin1')
  return Buffer.from(JSON.stringify({ o: order, v: packed.toString('base64') })).toString('base64')
}

/** The order that a list cursor belongs to; undefined for a cursor of another kind, such as an export's. */
export function orderOfCursor(cursor: string): string | undefined {
  try {
    const { o } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { o?: unknown }
    return typeof o === 'string' ? o : undefined
  } catch {
    return undefined
  }
}
