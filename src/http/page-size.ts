import type { PageRequest } from '../model/stream.ts'

/** The sizes of pages that Zendesk was able to give. */
export interface PageSizes {
  /** The request as it is sent: for as many rows as the last pages from its path could have. */
  fitted(request: PageRequest): PageRequest
  /** Its page took Zendesk too long: asks for half as many rows from now on. False where it cannot be smaller. */
  halve(request: PageRequest): boolean
  /** Its page came. */
  came(request: PageRequest): void
}

/** So many smaller pages in a row, and the next one is asked for in full size again. */
const SMALL_PAGES = 10

/** Remembers by path, so that not each page of a heavy stretch has to fail first. */
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
    came({ path }) {
      const known = small.get(path)
      if (known === undefined) return
      if (known.left > 1) small.set(path, { ...known, left: known.left - 1 })
      else small.delete(path)
    },
  }
}
