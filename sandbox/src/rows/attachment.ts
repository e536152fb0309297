import type { Scan } from '../account/files/stored.ts'
import { THUMBNAIL_IDS, THUMBNAIL_SIDE, thumbnailOf } from '../account/files/thumbnail.ts'
import type { File, Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { fileRow } from './file.ts'

const CLEAN: Scan = { result: 'malware_not_found', override: false }

/** An attachment's row, thumbnails included: images have one. */
export function attachmentRow(store: Store, id: number, file: File, scan = store.files.scans.get(id) ?? CLEAN): Row {
  const { name, type, size, width } = file
  const height = heightOf(width)
  const url = contentUrl(store, id, name)
  const row = fileRow(store, id, { name, url, type, size, width, height, inline: file.inline === true })
  row['malware_access_override'] = scan.override
  row['malware_scan_result'] = scan.result
  row['thumbnails'] = width === null ? [] : [thumbnailRow(store, id, file, width)]
  return row
}

function thumbnailRow(store: Store, id: number, file: File, width: number): Row {
  const { name, size } = thumbnailOf(file)
  const side = Math.min(width, THUMBNAIL_SIDE)
  const thumbnail = id + THUMBNAIL_IDS
  const url = contentUrl(store, thumbnail, name)
  const row = { name, url, type: 'image/png', size, width: side, height: heightOf(side), inline: false }
  return { ...fileRow(store, thumbnail, row), malware_access_override: false, malware_scan_result: CLEAN.result }
}

function heightOf(width: number | null): number | null {
  return width === null ? null : Math.round(width * 0.75)
}

/** Where a file's bytes can be had; the token names the file's id. */
export function contentUrl(store: Store, id: number, name: string): string {
  return `${store.base}/attachments/token/tk${id.toString(36)}/?name=${encodeURIComponent(name)}`
}

/** The id in the token of such an address. */
export function idInToken(token: string): number | undefined {
  const id = /^tk([0-9a-z]{1,11})$/.exec(token)?.[1]
  return id === undefined ? undefined : Number.parseInt(id, 36)
}
