import type { File } from '../model.ts'
import type { Store } from '../store.ts'
import { commentOfId } from '../tickets/find-audit.ts'
import { bytesOf } from './bytes.ts'
import { THUMBNAIL_IDS, thumbnailOf } from './thumbnail.ts'

/** A file of the account, wherever it is: its bytes are made when they are asked for. */
export type FoundFile = { readonly file: File; readonly bytes: () => Uint8Array }

/** The attachment, thumbnail or photo with this id; undefined if there is none, or its ticket was scrubbed. */
export function fileOfId(store: Store, id: number): FoundFile | undefined {
  return attachmentOfId(store, id) ?? thumbnailOfId(store, id) ?? photoOfId(store, id)
}

/** The attachment with this id: uploaded, or at a comment. */
export function attachmentOfId(store: Store, id: number): FoundFile | undefined {
  const stored = store.files.stored.get(id)
  if (stored !== undefined) return { file: stored.file, bytes: () => stored.bytes }
  const place = commentOfId(store, id)
  if (place === undefined || place.audit.ticket.scrubbed) return undefined
  const file = place.comment.files[((id - place.audit.id) % 128) - 1]
  return file === undefined || file.id !== undefined ? undefined : made(id, file)
}

function thumbnailOfId(store: Store, id: number): FoundFile | undefined {
  const picture = attachmentOfId(store, id - THUMBNAIL_IDS)?.file
  return picture === undefined || picture.width === null ? undefined : made(id, thumbnailOf(picture))
}

// A photo's ids come after its user's (`rows/people.ts`).
function photoOfId(store: Store, id: number): FoundFile | undefined {
  const [whole, small] = [store.users.get(id - 1), store.users.get(id - 2)]
  const side = whole?.photo === true ? 80 : small?.photo === true ? 32 : undefined
  return side === undefined
    ? undefined
    : made(id, { name: 'photo.png', type: 'image/png', size: side * 68, width: side })
}

function made(id: number, file: File): FoundFile {
  return { file, bytes: () => bytesOf(id, file) }
}
