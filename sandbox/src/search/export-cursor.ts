import { createHash } from 'node:crypto'

/** How long a cursor of the search export works, in milliseconds (fact 106). */
const VALID_MS = 3_600_000

/** The position of a search export: after a record, and how many rows came so far. Times in epoch milliseconds (UTC). */
export type ExportPosition = {
  readonly created: number
  readonly id: number
  readonly exported: number
  readonly sessionStart: number
}

/** The cursor of a position, bound to the request (query and type) and to the hour after `now`. */
export function encodeExportCursor(request: string, position: ExportPosition, now: number): string {
  const { created, id, exported, sessionStart } = position
  const body = {
    field: 'created_at',
    desc: true,
    tieBreakField: 'id',
    tieBreakDesc: false,
    sortValues: [created, id],
    exportedThusFar: exported,
    sessionStart,
    createdAt: now,
    saltedRequestHash: hash(request),
  }
  return Buffer.from(JSON.stringify({ ...body, saltedCursorHash: hash(JSON.stringify(body)) })).toString('base64')
}

/** The position in a cursor; undefined if it is garbage, of another request, changed by hand or too old. */
export function decodeExportCursor(text: string, request: string, now: number): ExportPosition | undefined {
  try {
    const { saltedCursorHash, ...body } = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as CursorBody
    if (saltedCursorHash !== hash(JSON.stringify(body)) || body.saltedRequestHash !== hash(request)) return undefined
    if (body.createdAt + VALID_MS < now) return undefined
    const [created, id] = body.sortValues
    return { created, id, exported: body.exportedThusFar, sessionStart: body.sessionStart }
  } catch {
    return undefined
  }
}

type CursorBody = {
  readonly sortValues: readonly [number, number]
  readonly exportedThusFar: number
  readonly sessionStart: number
  readonly createdAt: number
  readonly saltedRequestHash: number
  readonly saltedCursorHash: number
}

function hash(text: string): number {
  return createHash('sha256').update(`search export ${text}`).digest().readInt32LE()
}
