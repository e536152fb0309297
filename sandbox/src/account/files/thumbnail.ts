import type { File } from '../model.ts'

/** The widest side of a thumbnail in pixels. */
export const THUMBNAIL_SIDE = 80

/** Added to an attachment's id, this gives its thumbnail's. Comments have far fewer files. */
export const THUMBNAIL_IDS = 32

/** The small picture of an image. */
export function thumbnailOf({ name, width }: File): File {
  const dot = name.lastIndexOf('.')
  const side = Math.min(width ?? THUMBNAIL_SIDE, THUMBNAIL_SIDE)
  return { name: `${name.slice(0, dot)}_thumb.png`, type: 'image/png', size: side * 68, width: side }
}
