const LINE = 0x0a

/** The bytes of lines, as they come: some whole ones at a time, each with its line break, which the last of all may lack. */
export async function* wholeLines(input: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  /** What came of a line that goes on. */
  let begun: Buffer[] = []
  for await (const piece of input) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    const first = bytes.indexOf(LINE) + 1
    if (first === 0) {
      begun.push(bytes)
      continue
    }
    const from = begun.length === 0 ? 0 : first
    if (from > 0) yield Buffer.concat([...begun, bytes.subarray(0, from)])
    const to = bytes.lastIndexOf(LINE) + 1
    if (to > from) yield bytes.subarray(from, to)
    begun = to < bytes.length ? [bytes.subarray(to)] : []
  }
  if (begun.length > 0) yield Buffer.concat(begun)
}
