import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'

/** The first members of every attachment's row, and of a photo's; sizes in bytes and pixels. */
export function fileRow(
  store: Store,
  id: number,
  file: {
    name: string
    url: string
    type: string
    size: number
    width: number | null
    height: number | null
    inline?: boolean
  },
): Row {
  const { name, url, type, size, width, height, inline = false } = file
  return {
    url: `${store.base}/api/v2/attachments/${id}.json`,
    id,
    file_name: name,
    content_url: url,
    mapped_content_url: url,
    content_type: type,
    size,
    width,
    height,
    inline,
    deleted: false,
  }
}
