import { Refusal } from './errors.ts'

/** The largest body of a request, in bytes: an attachment may have 50 MB (fact 66), and a form has some words around it. */
const LARGEST = 64 * 1024 * 1024

/** The body of a request. Throws a Refusal (413) as soon as it is too large. */
export async function bodyBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw tooLarge()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > LARGEST) throw tooLarge()
  }
  return Buffer.concat(chunks)
}

const tooLarge = (): Refusal =>
  new Refusal(413, { error: 'RequestEntityTooLarge', description: `A request may have ${LARGEST} bytes at the most` })
