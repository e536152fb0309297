import { randomBytes } from 'node:crypto'
import { widthOfPicture } from '../../account/files/bytes.ts'
import type { File, Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { parameterMissing, Refusal } from '../../http/errors.ts'
import type { Call, Family } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { isoTime } from '../../iso-time.ts'
import { attachmentRow } from '../../rows/attachment.ts'
import { flag, found } from '../parameters.ts'
import type { Served } from '../served.ts'

/** How long an upload waits for its comment (fact 172). */
const KEPT = 3 * 86_400
/** The usual limit of an account (fact 66). */
const LARGEST = 50 * 1024 * 1024

/** Uploads: files that wait under a token for the comment that takes them. */
export function uploadRoutes({ store }: Served): readonly Family[] {
  return [
    {
      // Assumed (fact 369): everybody who may write a request may upload for it.
      who: 'anyone',
      scope: 'tickets',
      routes: {
        'POST /uploads': (call) => {
          const row = upload(store, call)
          return reply(201, { upload: row })
        },
        'DELETE /uploads/:token': ({ params }) => {
          const token = params['token'] ?? ''
          const { ids } = found(store.files.uploads.get(token))
          for (const id of ids) store.files.stored.delete(id)
          store.files.uploads.delete(token)
          return noContent()
        },
      },
    },
  ]
}

/** The files that wait under a token, as a comment takes them. */
export function createdAfterUpload(store: Store, token: string): File[] {
  const upload = store.files.uploads.get(token)
  if (upload === undefined || upload.expires <= store.clock.now()) return []
  return upload.ids.flatMap((id) => store.files.stored.get(id)?.file ?? [])
}

/** A file with these words in it is taken for malware, as scanners take the file by which they are tried. */
const TEST_OF_SCANNERS = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'

function upload(store: Store, { asked, bytes, header }: Call): Row {
  const name = asked.query.get('filename') ?? ''
  if (name === '') throw parameterMissing('filename')
  // Assumed (fact 369): an empty file is one that can't be processed. (Its words are real.)
  if (bytes.length === 0)
    throw new Refusal(422, { error: 'AttachmentUnprocessable', description: 'Attachment file could not be processed.' })
  // Assumed (fact 330): the words.
  if (bytes.length > LARGEST)
    throw new Refusal(413, { error: 'AttachmentTooLarge', description: 'The attachment exceeds the size limit' })
  const { uploads, stored, scans } = store.files
  const given = asked.query.get('token')
  const known = given === null ? undefined : uploads.get(given)
  if (given !== null && (known === undefined || known.expires <= store.clock.now())) throw found(undefined)
  const expires = store.clock.now() + KEPT
  const one = known ?? { token: randomBytes(16).toString('base64url'), expires, ids: [] }
  uploads.set(one.token, one)
  const id = store.nextId()
  const type = (header('content-type') ?? 'application/octet-stream').split(';')[0] ?? ''
  const inline = flag(asked, 'inline') ? ({ inline: true } as const) : {}
  const file: File = { id, name, type, size: bytes.length, width: widthOfPicture(bytes), ...inline }
  stored.set(id, { file, bytes: Uint8Array.from(bytes) })
  one.ids.push(id)
  // A scanner needs a moment.
  scans.set(id, { result: 'not_scanned', override: false })
  store.agenda.at(store.clock.nowMs() + 2000, () => {
    if (scans.get(id)?.override !== false) return
    if (Buffer.from(bytes).includes(TEST_OF_SCANNERS)) scans.set(id, { result: 'malware_found', override: false })
    else scans.delete(id)
  })
  const rows = one.ids.flatMap((each) => {
    const kept = stored.get(each)
    return kept === undefined ? [] : [attachmentRow(store, each, kept.file)]
  })
  return {
    token: one.token,
    expires_at: isoTime(one.expires),
    attachments: rows,
    attachment: attachmentRow(store, id, file),
  }
}
