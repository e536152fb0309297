import type { Row } from '../../account/model.ts'
import { uuid } from '../../account/table.ts'
import type { Routes } from '../../http/family.ts'
import type { Served } from '../served.ts'
import { sellInvalidParameter } from './answers.ts'
import type { Tombstones } from './deletions.ts'

/** History of the stream, in milliseconds. */
const KEPT = 72 * 3_600_000

type StreamEvent = { readonly at: number; readonly id: number; readonly type: string; readonly data: Row }

/**
 * The Firehose of contacts: the last change of each within 72 hours. Assumed (fact 380): several changes of one contact
 * come as their last, and positions hold time and id.
 */
export function sellStreamRoutes({ store }: Served, tombstones: Tombstones): Routes {
  const contacts = store.table('contacts')
  const events = (): StreamEvent[] => {
    const since = store.clock.nowMs() - KEPT
    const live = Array.from(contacts.all(), (entry): StreamEvent => {
      const type = (entry['version'] ?? 1) === 1 ? 'created' : 'updated'
      return { at: Date.parse(String(entry['updated_at'])), id: Number(entry.id), type, data: contacts.row(entry) }
    })
    const dead = Array.from(tombstones.all(), ([id, { data, at }]): StreamEvent => ({ at, id, type: 'deleted', data }))
    return [...live, ...dead].filter(({ at }) => at >= since).sort((a, b) => a.at - b.at || a.id - b.id)
  }
  return {
    'GET /contacts/stream': ({ asked }) => {
      const limit = Number(asked.query.get('limit') ?? 100)
      if (!Number.isInteger(limit) || limit < 1 || limit > 100)
        throw sellInvalidParameter('limit', "The parameter 'limit' must be from 1 to 100.")
      const [at, id] = positionIn(asked.query.get('position') ?? 'tail')
      const after = events().filter((one) => one.at > at || (one.at === at && one.id > id))
      const page = after.slice(0, limit)
      const last = page.at(-1)
      const position = last === undefined ? [at, id] : [last.at, last.id]
      return {
        items: page.map(({ data, type, ...one }, nth) => ({
          data,
          meta: {
            event_id: uuid('sell event', one.at + one.id),
            event_type: type,
            event_cause: 'user_action',
            event_time: new Date(one.at).toISOString(),
            sequence: nth + 1,
            previous: {},
            type: 'contact',
          },
        })),
        meta: {
          type: 'collection',
          count: page.length,
          position: Buffer.from(position.join('|')).toString('base64url'),
          top: after.length <= page.length,
        },
      }
    },
  }

  // The tail is the oldest, the top the newest.
  function positionIn(text: string): [number, number] {
    if (text === 'tail') return [0, 0]
    if (text === 'top') return [store.clock.nowMs(), Number.MAX_SAFE_INTEGER]
    const match = /^(\d+)\|(\d+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
    if (match === null) throw sellInvalidParameter('position', "The parameter 'position' is not a position.")
    return [Number(match[1]), Number(match[2])]
  }
}
