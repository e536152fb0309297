// What the pages of the streams say of how they are read, from the declarations.
import type { Stream, Walk } from '../src/model/stream.ts'
import { noDeletions } from '../src/streams/define.ts'

const code = (text: string): string => `\`${text}\``

/** A row whose children are asked for: with an id, and something to be found. */
const ANY_ROW = { id: '{id}', vote_count: 1, comment_count: 1 }

const rowsAPage = ({ query }: Walk): number =>
  Number(query['per_page'] ?? query['page[size]'] ?? query['page_size'] ?? query['limit'] ?? 0)

/** A list in which new rows may appear anywhere, so that each sync reads all of it. */
const isReadWhole = ({ path }: Walk): boolean => path === 'engagements'

/** How a stream is read; `others` are read by the same requests. */
export function wayOf(stream: Stream, others: readonly string[]): string {
  const { walk, children, include, hydrate } = stream.feeds[0]
  const size = rowsAPage(walk)
  const sideLoad = Object.entries(include ?? {}).map(([key, value]) => `${key}=${value}`)
  const parts = [
    `${code(`GET /api/v2/${walk.path}${sideLoad.length > 0 ? `?${sideLoad.join('&')}` : ''}`)}, ${
      size > 0 ? `${size.toLocaleString('en')} rows a request` : 'all of it in one request'
    }.`,
  ]
  if (walk.path === 'search/export')
    parts.push('What changed since the position in the state, in stretches of time; a checkpoint after each stretch.')
  else if (isReadWhole(walk))
    parts.push('The whole list of the last 90 days at each sync; only what ended since the last one is emitted.')
  else if (walk.order === 'ascending')
    parts.push('From the position in the state, in order of time; a checkpoint after each page.')
  else parts.push('The whole list at each sync, whatever the start date.')
  if (others.length > 0) parts.push(`It shares these requests with ${others.map(code).join(', ')}.`)
  if (hydrate)
    parts.push(`Its rows only name the records; the records themselves come from ${code(hydrate.list().path)}.`)
  const lists = children?.walk(ANY_ROW)
  if (lists) {
    const which = isVersioned(stream) ? 'each of its rows that changed since the last sync' : 'each of its rows'
    parts.push(`Then ${pathsOf(lists)} for ${which}, 100 rows a request.`)
  }
  return parts.join(' ')
}

/** Whether its rows say if the list of their children may have changed. */
const isVersioned = ({ feeds: [{ children }] }: Stream): boolean =>
  children?.due === 'byVersion' && children.version !== undefined

/** How deletions are known. */
export function deletionsOf(stream: Stream): string {
  const { walk, inventory, deletions } = stream.feeds[0]
  if (stream.cursorField === undefined) return 'A full refresh replaces the table.'
  if (stream.isLog) return 'None: old rows leave the list, and the table keeps them. A full refresh replaces the table.'
  if (walk.order !== 'ascending') return 'A row that is missing from the list was deleted; incremental syncs emit that.'
  if (walk.path === 'search/export')
    return 'A row that no longer fits the search is emitted as deleted; one that was deleted in Zendesk stays until a full refresh.'
  if (stream.parent) return 'They are deleted with their ticket: the ticket export names the deleted tickets.'
  if (inventory?.walk)
    return `Each incremental sync reads ${code(inventory.walk.path)}, 100 rows a request: what is no longer in it was deleted.`
  return stream.deletedAt === noDeletions && !deletions
    ? 'None: Zendesk does not report them.'
    : 'Deleted records come again in the export, marked as such.'
}

/** What it takes to read a stream. */
export const needsOf = ({ adminOnly, needs }: Stream): string =>
  adminOnly
    ? `An administrator${needs === undefined ? '' : `, and: ${needs}`}.`
    : `${needs ?? 'A user who may see it'}. Discovery leaves the stream out if the plan or the role does not include it.`

/** How many requests a sync takes. */
export const costOf = (stream: Stream): string => {
  const { walk, inventory, hydrate, children } = stream.feeds[0]
  const size = rowsAPage(walk)
  const what = isReadWhole(walk) ? 'rows of 90 days' : walk.order === 'ascending' ? 'changed rows' : 'rows'
  const base = size > 0 ? `1 for ${size.toLocaleString('en')} ${what}` : '1'
  if (inventory) return `${base}, and 1 for 100 rows`
  if (hydrate) return `${base}, and 1 for ${rowsAPage(hydrate.list())} records`
  if (!children) return base
  const below = `${base}, and 1 or more for each ${isVersioned(stream) ? 'changed ' : ''}row`
  return children.walk(ANY_ROW)?.childList ? `${below}, and for each row of those` : below
}

/** The list of a row's children, and those of its rows. */
function pathsOf(walk: Walk): string {
  const deeper = walk.childList?.({ ...ANY_ROW, id: '{child_id}' })
  return deeper ? `${code(walk.path)}, and ${code(deeper.path)} for each row of that` : code(walk.path)
}

/** How it is read if the account's exports are closed, or `reader` is `list`; undefined if it needs no export. */
export function fallbackOf({ feeds: [, fallback] }: Stream): string | undefined {
  if (!fallback) return undefined
  const { walk, children, archive, tombstones, tombstoneOf, inventory } = fallback
  const order = walk.newSince ? 'as a whole, emitting only what changed' : 'in order of the last change'
  const parts = [`${code(`GET /api/v2/${walk.path}`)} ${order}, ${rowsAPage(walk)} rows a request.`]
  if (children?.due === 'byTime') parts.push(`Then ${code(children.walk(ANY_ROW).path)} for each row that changed.`)
  if (archive) parts.push(`Archived ones come from ${code('search/export')}.`)
  if (children) parts.push('Rows of deleted tickets stay: no list has their ids.')
  else if (tombstones && tombstoneOf) parts.push(`${code(tombstones.walk.path)} names what was deleted.`)
  if (inventory?.walk) parts.push('From time to time an inventory of everything is compared with what was emitted.')
  else if (inventory) parts.push('What is missing was deleted.')
  return parts.join(' ')
}

/** Where a first sync begins. */
export const startOf = ({ feeds: [{ walk }] }: Stream): string =>
  walk.order === 'ascending' ? `At ${code('start_date')}.` : `With all rows, whatever ${code('start_date')} says.`
