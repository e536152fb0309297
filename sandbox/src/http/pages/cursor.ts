import type { Key } from './sequence.ts'

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/** A list cursor: base64 of `{"o": order, "v": base64 of the packed values}`, as Zendesk's lists give it. */
export function encodeCursor(order: string, shape: string, key: Key): string {
  const parts = key.map((value, at) => pack(shape[at] ?? 'i', value))
  return Buffer.from(JSON.stringify({ o: order, v: Buffer.concat(parts).toString('base64') })).toString('base64')
}

/** The key in a cursor, or undefined if it is garbage or of another order. Nothing is signed: clients may build one. */
export function decodeCursor(text: string, order: string, shape: string): Key | undefined {
  try {
    const { o, v } = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as { o: unknown; v: unknown }
    if (o !== order || typeof v !== 'string') return undefined
    return unpack(Buffer.from(v, 'base64'), shape)
  } catch {
    return undefined
  }
}

// One type byte, then an int64 (little endian), or for text its length in characters as a uint32 and UTF-8.
function pack(type: string, value: number | string): Buffer {
  if (type === 's') {
    const text = Buffer.from(String(value))
    const head = Buffer.alloc(5)
    head.write('s', 0, 'latin1')
    head.writeUInt32LE([...String(value)].length, 1)
    return Buffer.concat([head, text])
  }
  const bytes = Buffer.alloc(9)
  bytes.write(type, 0, 'latin1')
  const whole = BigInt(Math.trunc(Number(value)))
  bytes.writeBigInt64LE(whole > INT64_MAX ? INT64_MAX : whole < INT64_MIN ? INT64_MIN : whole, 1)
  return bytes
}

function unpack(bytes: Buffer, shape: string): Key | undefined {
  const key: (number | string)[] = []
  let at = 0
  for (const type of shape) {
    if (String.fromCharCode(bytes[at] ?? 0) !== type) return undefined
    if (type === 's') {
      const characters = [...bytes.subarray(at + 5).toString('utf8')].slice(0, bytes.readUInt32LE(at + 1)).join('')
      key.push(characters)
      at += 5 + Buffer.byteLength(characters)
    } else {
      key.push(Number(bytes.readBigInt64LE(at + 1)))
      at += 9
    }
  }
  return at === bytes.length ? key : undefined
}
