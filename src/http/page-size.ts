import type { PageRequest } from '../model/stream.ts'

/** The page sizes that Zendesk can answer in time. */
export interface PageSizes {
  /** The request as it should be sent: with the size at which its path last succeeded. */
  fitted(request: PageRequest): PageRequest
  /** After a page that took Zendesk too long: requests half as many rows from now on. False if it cannot be smaller. */
  halve(request: PageRequest): boolean
  /** After a page that came. */
  succeeded(request: PageRequest): void
}

/** After so many smaller pages in a row, the full size is tried again. */
const SMALL_PAGES = 10

/** Remembers sizes by path: heavy pages come in a row, and not each of them has to fail first. */
export function createPageSizes(): PageSizes {
  const small = new Map<string, { readonly rows: number; readonly left: number }>()
  const rowsOf = ({ path, query, sizedBy }: PageRequest): number =>
    sizedBy === undefined ? 0 : (small.get(path)?.rows ?? Number(query?.[sizedBy] ?? 0))
  return {
    fitted(request) {
      const { query, sizedBy } = request
      return sizedBy === undefined ? request : { ...request, query: { ...query, [sizedBy]: rowsOf(request) } }
    },
    halve(request) {
      const rows = Math.floor(rowsOf(request) / 2)
      if (rows < 1) return false
      small.set(request.path, { rows, left: SMALL_PAGES })
      return true
    },
    succeeded({ path }) {
      const known = small.get(path)
      if (known === undefined) return
      if (known.left > 1) small.set(path, { ...known, left: known.left - 1 })
      else small.delete(path)
    },
  }
}
