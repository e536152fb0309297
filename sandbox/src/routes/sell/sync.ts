import type { Row } from '../../account/model.ts'
import { uuid } from '../../account/table.ts'
import type { Call, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { sellNotFound, sellRefusal } from './answers.ts'
import type { Tombstones } from './deletions.ts'

const PAGE = 100

type Item = { readonly key: string; readonly id: number; readonly state: string; readonly row: Row }

/**
 * The Sync API: the records that a device (`X-Basecrm-Device-UUID`) has not yet acknowledged, in sessions. Records that
 * were read without an acknowledgement come again in the next session.
 */
export function sellSyncRoutes({ store }: Served, tombstones: Tombstones): Routes {
  const contacts = store.table('contacts')
  // By device: the last state of each contact that was acknowledged, as text.
  const devices = new Map<string, Map<number, string>>()
  const sessions = new Map<string, { readonly device: string; readonly items: Item[] }>()
  const served = new Map<string, Item>()

  const deviceOf = (call: Call): string => {
    const device = call.header('x-basecrm-device-uuid')
    if (device !== undefined && device !== '') return device
    const details = 'The X-Basecrm-Device-UUID header is missing.'
    throw sellRefusal(400, { resource: 'request', code: 'invalid_header', message: 'invalid header', details })
  }
  const pendingOf = (device: string): Item[] => {
    const known = devices.get(device) ?? new Map<number, string>()
    const items: Item[] = []
    const put = (id: number, state: string, event: string, data: Row, version: number) => {
      const key = `Contact-${id}-${version}`
      const sync = { event_type: event, ack_key: key, revision: version }
      items.push({ key, id, state, row: { data, meta: { type: 'contact', version, sync } } })
    }
    for (const entry of contacts.all()) {
      const data = contacts.row(entry)
      const state = JSON.stringify(data)
      const before = known.get(Number(entry.id))
      if (before !== state)
        put(Number(entry.id), state, before === undefined ? 'created' : 'updated', data, Number(entry['version'] ?? 1))
    }
    for (const [id, { data }] of tombstones.all())
      if (known.has(id) && known.get(id) !== '') put(id, '', 'deleted', data, 0)
    return items
  }

  return {
    'POST /sync/start': (call) => {
      const device = deviceOf(call)
      const items = pendingOf(device)
      if (items.length === 0) return noContent()
      const id = uuid('sell sync', store.nextId())
      sessions.set(id, { device, items })
      const main = { name: 'main', pages: Math.ceil(items.length / PAGE), total_count: items.length }
      const queues = [{ data: main, meta: { type: 'sync_queue' } }]
      return reply(201, { data: { id, queues }, meta: { type: 'sync_session' } })
    },
    'GET /sync/:session/queues/main': (call) => {
      const device = deviceOf(call)
      const session = sessions.get(call.params['session'] ?? '')
      if (session?.device !== device) throw sellNotFound('sync_session', call.params['session'] ?? '')
      const items = session.items.splice(0, PAGE)
      if (items.length === 0) return noContent()
      for (const item of items) served.set(`${device} ${item.key}`, item)
      return { items: items.map(({ row }) => row), meta: { type: 'collection', count: items.length } }
    },
    'POST /sync/ack': (call) => {
      const device = deviceOf(call)
      const keys = (call.body['data'] as Row | undefined)?.['ack_keys']
      const known = devices.get(device) ?? new Map<number, string>()
      devices.set(device, known)
      for (const key of Array.isArray(keys) ? keys : []) {
        const item = served.get(`${device} ${String(key)}`)
        if (item !== undefined) known.set(item.id, item.state)
      }
      return reply(202)
    },
  }
}
