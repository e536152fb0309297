/** A file that was sent, and the other fields of the form. */
export type SentFile = {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  readonly fields: Readonly<Record<string, string>>
}

/**
 * The file of an upload: of a multipart form (its first file), or else the whole body, named by `filename` in the query.
 * Undefined if a form has no file.
 */
export async function fileIn(
  bytes: Uint8Array,
  type: string | undefined,
  query: URLSearchParams,
): Promise<SentFile | undefined> {
  const given = type ?? 'application/octet-stream'
  if (!given.toLowerCase().startsWith('multipart/form-data')) {
    if (bytes.length === 0) return undefined
    return { name: query.get('filename') ?? 'untitled', type: given, bytes, fields: {} }
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': given } }).formData()
  const fields: Record<string, string> = {}
  let file: File | undefined
  for (const [name, value] of form)
    if (typeof value === 'string') fields[name] = value
    else file ??= value
  if (file === undefined) return undefined
  const content = new Uint8Array(await file.arrayBuffer())
  return { name: file.name, type: file.type || 'application/octet-stream', bytes: content, fields }
}
