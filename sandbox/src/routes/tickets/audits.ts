import type { Audit, Row } from '../../account/model.ts'
import { isListed, type Store } from '../../account/store.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { type Asked, linkTo, wholeNumber } from '../../http/pages/links.ts'
import { asksForCursor, cursorPage, take } from '../../http/pages/list.ts'
import { byTime, only, reversed, type Sequence } from '../../http/pages/sequence.ts'
import { auditRow } from '../../rows/audit.ts'
import type { Served } from '../served.ts'

const LARGEST = 1000
const USUAL = 100

/** `/ticket_audits`: the audits of all tickets that the live lists show. */
export function ticketAuditRoutes({ store }: Served): readonly Family[] {
  const listed = only(byTime(store.order.audits, 'created_at,id'), ({ ticket }) => isListed(store, ticket))
  const routes: Routes = {
    'GET /ticket_audits': ({ asked }) => {
      if (!asksForCursor(asked)) return legacyPage(store, asked, listed)
      const sort = asked.query.get('sort') ?? ''
      if (!['', 'created_at', '-created_at'].includes(sort)) throw invalidPagination('sort is not valid')
      const { items, envelope } = cursorPage(asked, sort === '-created_at' ? reversed(listed) : listed)
      return { audits: items.map((audit) => auditRow(store, audit)), ...envelope }
    },
  }
  // Audits need the global scope: `tickets:read` is refused.
  return [{ who: 'admin', routes }]
}

// The older form: the first page is the newest one, `before_url` leads to older audits, `after_url` to newer ones.
// Assumed (fact 340): a page's audits stand oldest first unless `sort_order=desc`, and an empty page has no cursors.
function legacyPage(store: Store, asked: Asked, listed: Sequence<Audit>): Row {
  const { query } = asked
  const limit = Math.min(wholeNumber(query, 'limit', USUAL) ?? USUAL, LARGEST)
  const text = query.get('cursor')
  const position = text === null ? undefined : readPosition(text)
  if (text !== null && position === undefined) throw invalidPagination('cursor is not valid')
  const forward = position?.forward ?? false
  const found = take(listed.walk(position?.key, forward ? 1 : -1), limit)
  const oldestFirst = forward ? found : found.toReversed()
  const [first, last] = [oldestFirst[0], oldestFirst.at(-1)]
  const after = last === undefined ? null : base64(`${last.at}.0||${last.id}|`)
  const before = first === undefined ? null : base64(`|${first.at}.0||${first.id}|`)
  const url = (cursor: string | null) => (cursor === null ? null : linkTo(asked, { cursor, limit: String(limit) }))
  const audits = query.get('sort_order') === 'desc' ? oldestFirst.toReversed() : oldestFirst
  return {
    audits: audits.map((audit) => auditRow(store, audit)),
    after_url: url(after),
    before_url: url(before),
    after_cursor: after,
    before_cursor: before,
  }
}

function readPosition(text: string): { key: [number, number]; forward: boolean } | undefined {
  const match = /^(\|?)(\d+)(?:\.\d+)?\|\|(\d+)\|$/.exec(Buffer.from(text, 'base64').toString('latin1'))
  return match === null ? undefined : { key: [Number(match[2]), Number(match[3])], forward: match[1] === '' }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
