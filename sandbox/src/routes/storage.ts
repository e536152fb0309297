import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { fileOfId } from '../account/files/find.ts'
import type { Call, Family } from '../http/family.ts'
import { type Reply, reply } from '../http/reply.ts'
import { idInToken } from '../rows/attachment.ts'
import { found, idOf } from './parameters.ts'
import type { Served } from './served.ts'

/** An address of the object store works for this number of seconds. Assumed (fact 369). */
const VALID = 300

/**
 * The bytes of files. A `content_url` sends on to an object store, which is another origin (`localhost` for `127.0.0.1`
 * and the other way round; where the sandbox has another name, the same one), with a signed address that works for five
 * minutes. As object stores do, it refuses a caller who sends credentials in addition to the signature; but not where it has
 * the account's own name, for which clients rightly keep their credentials.
 */
export function storageRoutes({ store }: Served): readonly Family[] {
  const key = randomBytes(32)
  const signature = (id: number, expires: number) => createHmac('sha256', key).update(`${id} ${expires}`).digest('hex')

  const sendOn = (call: Call, id: number): Reply => {
    const { file } = found(fileOfId(store, id))
    const scan = store.files.scans.get(id)
    // Assumed (fact 369): a file with malware is refused, until an agent lets it be read.
    if (scan?.result === 'malware_found' && !scan.override) return refused('AccessDenied', 'Malware was found')
    const expires = store.clock.now() + VALID
    const query = new URLSearchParams({
      name: call.asked.query.get('name') ?? file.name,
      expires: String(expires),
      signature: signature(id, expires),
    })
    const location = `${otherOrigin(call.asked.origin)}/__storage/attachments/${id}?${query}`
    return reply(302, '', { location, 'content-type': 'text/html; charset=utf-8' })
  }

  const serve = (call: Call): Reply => {
    const { query } = call.asked
    const id = idOf(call.params['id'], 'storage')
    const expires = Number(query.get('expires'))
    const apart = otherOrigin(call.asked.origin) !== call.asked.origin
    if (apart && call.header('authorization') !== undefined)
      return refused('InvalidArgument', 'Only one auth mechanism allowed; only the signature should be specified')
    if (!same(query.get('signature') ?? '', signature(id, expires)))
      return refused('SignatureDoesNotMatch', 'The request signature we calculated does not match the one you provided')
    if (expires < store.clock.now()) return refused('AccessDenied', 'Request has expired')
    const found = fileOfId(store, id)
    if (found === undefined) return refused('NoSuchKey', 'The specified key does not exist.', 404)
    const bytes = found.bytes()
    const name = encodeURIComponent(query.get('name') ?? found.file.name)
    const from = beginning(call.header('range'))
    if (from > 0 && from >= bytes.length) return refused('InvalidRange', 'The requested range is not satisfiable', 416)
    const part = bytes.subarray(from)
    return reply(from > 0 ? 206 : 200, part, {
      'content-type': found.file.type,
      'content-length': String(part.length),
      'accept-ranges': 'bytes',
      ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      etag: `"${id.toString(36)}"`,
    })
  }

  return [
    {
      who: 'anyone',
      base: '',
      routes: {
        'GET /attachments/token/:token': (call) => sendOn(call, found(idInToken(call.params['token'] ?? ''))),
        'GET /system/photos/:id/:name': (call) => {
          // A photo's thumbnail has the next id; the name says which of the two is meant.
          const id = idOf(call.params['id'], 'photos')
          return sendOn(call, call.params['name']?.includes('_thumb') === true ? id + 1 : id)
        },
        'GET /__storage/attachments/:id': serve,
      },
    },
  ]
}

/** Where the part begins that a `Range` asks for; only parts up to the end are known, others are the whole. */
function beginning(range: string | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
}

function otherOrigin(origin: string): string {
  const url = new URL(origin)
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost'
  else if (url.hostname === 'localhost') url.hostname = '127.0.0.1'
  return url.origin
}

function refused(code: string, message: string, status = 403): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return reply(status, body, { 'content-type': 'application/xml' })
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
