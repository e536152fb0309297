import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { File } from '../model.ts'

/**
 * The bytes of a file that nobody sent: they follow from its id and have exactly its size. They begin as files of their
 * type do; a picture is a whole PNG with room after its end.
 */
export function bytesOf(id: number, { type, size, width }: File): Uint8Array {
  const bytes = Buffer.alloc(size)
  const text = Buffer.from(`${createHash('sha256').update(String(id)).digest('hex')}\n`)
  for (let at = 0; at < size; at += text.length) text.copy(bytes, at)
  beginning(id, type, width ?? 1).copy(bytes)
  return bytes
}

/** The width of a PNG in pixels; null for every other file. */
export function widthOfPicture(bytes: Uint8Array): number | null {
  const head = Buffer.from(bytes.subarray(0, 24))
  return head.length === 24 && head.toString('latin1', 1, 4) === 'PNG' ? head.readUInt32BE(16) : null
}

function beginning(id: number, type: string, width: number): Buffer {
  if (type === 'image/png') return picture(id, width, Math.round(width * 0.75))
  if (type === 'application/pdf') return Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')
  if (type.includes('zip') || type.includes('openxmlformats')) return Buffer.from('PK\x03\x04\x14\x00', 'latin1')
  return Buffer.alloc(0)
}

// One colour, which follows from the id; a row of pixels with a palette of one needs a bit each.
function picture(id: number, width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 3, 0, 0, 0], 8)
  const colour = Buffer.from([id & 255, (id >>> 8) & 255, 128])
  const pixels = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 9 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', colour),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
