import { customObjects, recordsOf } from '../../account/custom-objects/objects.ts'
import { isFault, recordValues } from '../../account/custom-objects/values.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { cursorPage } from '../../http/pages/list.ts'
import { reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { created, noContent } from '../../http/reply.ts'
import { countRow } from '../parameters.ts'
import { passesFilter } from '../record-filter.ts'
import type { Served } from '../served.ts'
import { objectInvalid, objectNotFound, objectRefusal } from './errors.ts'
import { exportedRecords } from './export.ts'
import { recordJob } from './jobs.ts'

const PATH = '/custom_objects/:key/records'
/** Assumed (fact 376): records that the account may have in all. */
const RECORDS = 50_000_000

/** Records of custom objects: lists by cursor only, searches, writes, and the export. */
export function customObjectRecordRoutes(served: Served): readonly Family[] {
  const exported: Routes = {
    'GET /incremental/custom_objects/:key/cursor': (call) =>
      exportedRecords(served, table(served.store, call), call.asked),
  }
  return [
    { who: 'agent', feature: 'custom_objects', routes: recordRoutes(served) },
    { who: 'admin', feature: 'custom_objects', routes: exported },
  ]
}

function key(store: Store, { params }: Call): string {
  const text = params['key'] ?? ''
  if (customObjects(store).get(text) === undefined) throw objectNotFound()
  return text
}

const table = (store: Store, call: Call) => recordsOf(store, key(store, call))

function record(store: Store, call: Call): Entry {
  const one = table(store, call).get(call.params['id'] ?? '')
  if (one === undefined) throw objectNotFound()
  return one
}

function page(store: Store, call: Call, passes: (entry: Entry) => boolean): Row {
  const wanted = [...table(store, call).all()].filter(passes)
  const { items, envelope } = cursorPage(call.asked, inOrder(wanted, call.asked.query.get('sort') ?? 'id'))
  return { custom_object_records: items.map(table(store, call).row), ...envelope, count: wanted.length }
}

function save(store: Store, call: Call, sent: Row, before?: Entry): Entry {
  const values = recordValues(store, key(store, call), sent, before)
  if (isFault(values)) throw objectInvalid(values.pointer, values.title)
  const by = String(call.caller.user?.id)
  if (before !== undefined) return table(store, call).change(before.id, { ...values, updated_by_user_id: by })
  return table(store, call).add({ ...values, created_by_user_id: by, updated_by_user_id: by })
}

const shown = (store: Store, call: Call, entry: Entry): Row => ({ custom_object_record: table(store, call).row(entry) })

function sentIn({ body }: Call): Row {
  const sent = body['custom_object_record']
  if (typeof sent !== 'object' || sent === null)
    throw objectRefusal(400, 'BadRequest', 'custom_object_record is missing')
  return sent as Row
}

const text = (entry: Entry) =>
  JSON.stringify([
    entry['name'],
    entry['external_id'],
    ...Object.values(entry['custom_object_fields'] as Row),
  ]).toLowerCase()

function listed({ asked }: Call) {
  const [ids, external] = ['filter[ids]', 'filter[external_ids]'].map((name) => asked.query.get(name)?.split(','))
  return (entry: Entry) =>
    ids?.includes(String(entry.id)) !== false && external?.includes(String(entry['external_id'])) !== false
}

function recordRoutes(served: Served): Routes {
  const { store } = served
  return {
    [`GET ${PATH}`]: (call) => page(store, call, listed(call)),
    [`GET ${PATH}/count`]: (call) => countRow(store, table(store, call).all()),
    [`GET ${PATH}/:id`]: (call) => shown(store, call, record(store, call)),
    [`GET ${PATH}/search`]: (call) => {
      const query = (call.asked.query.get('query') ?? '').toLowerCase()
      return page(store, call, (entry) => text(entry).includes(query))
    },
    [`POST ${PATH}/search`]: (call) => {
      const query = String(call.body['query'] ?? '').toLowerCase()
      const filter = (call.body['filter'] ?? {}) as Row
      return page(store, call, (entry) => text(entry).includes(query) && passesFilter(entry, filter))
    },
    [`GET ${PATH}/autocomplete`]: (call) => {
      const name = (call.asked.query.get('name') ?? '').toLowerCase()
      return page(store, call, (entry) => name !== '' && String(entry['name']).toLowerCase().includes(name))
    },
    [`POST ${PATH}`]: (call) => {
      const entry = save(store, call, sentIn(call))
      const row = shown(store, call, entry)
      return created(row, (row['custom_object_record'] as Row)['url'])
    },
    [`PATCH ${PATH}/:id`]: (call) => shown(store, call, save(store, call, sentIn(call), record(store, call))),
    // By `external_id` or `name`: changes the record that has it, or creates one.
    [`PATCH ${PATH}`]: (call) => {
      const { query } = call.asked
      const by = query.has('external_id') ? 'external_id' : 'name'
      const value = query.get(by)
      if (value === null || value === '') throw objectRefusal(400, 'BadRequest', 'external_id or name is missing')
      const matching = [...table(store, call).all()].filter((one) => one[by] === value)
      if (matching.length > 1) throw objectRefusal(409, 'Conflict', `several records have this ${by}`)
      const [before] = matching
      const entry = save(store, call, { [by]: value, ...sentIn(call) }, before)
      const row = shown(store, call, entry)
      return before === undefined ? created(row, (row['custom_object_record'] as Row)['url']) : row
    },
    [`DELETE ${PATH}/:id`]: (call) => {
      table(store, call).remove(record(store, call).id)
      return noContent()
    },
    [`DELETE ${PATH}`]: (call) => {
      const { query } = call.asked
      const by = query.has('external_id') ? 'external_id' : 'name'
      const one = [...table(store, call).all()].find((entry) => entry[by] === query.get(by))
      if (one === undefined) throw objectNotFound()
      table(store, call).remove(one.id)
      return noContent()
    },
    [`POST ${PATH}/jobs`]: (call) => recordJob(served, key(store, call), call),
    'POST /custom_objects/:key/jobs': (call) => recordJob(served, key(store, call), call),
    'GET /custom_objects/limits/record_limit': () => {
      const objects = [...customObjects(store).all()].map(({ id }) => recordsOf(store, String(id)).size())
      return { count: objects.reduce((sum, size) => sum + size, 0), limit: RECORDS }
    },
  }
}

function inOrder(entries: readonly Entry[], sort: string): Sequence<Entry> {
  const time = ({ updated_at }: Entry) => Math.floor(Date.parse(String(updated_at)) / 1000)
  const name = sort.replace(/^-/, '')
  if (name !== 'id' && name !== 'updated_at') throw invalidPagination('sort is not valid')
  const sequence =
    name === 'id'
      ? sorted(entries, 'id', 's', ({ id }) => [String(id)])
      : sorted(entries, 'updated_at,id', 'ds', (entry) => [time(entry), String(entry.id)])
  return sort.startsWith('-') ? reversed(sequence) : sequence
}
