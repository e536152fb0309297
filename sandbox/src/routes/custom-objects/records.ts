import { customObjects, recordsOf } from '../../account/custom-objects/objects.ts'
import { isFault, recordValues } from '../../account/custom-objects/values.ts'
import type { Row } from '../../account/model.ts'
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
  const { store } = served
  const key = ({ params }: Call): string => {
    const text = params['key'] ?? ''
    if (customObjects(store).get(text) === undefined) throw objectNotFound()
    return text
  }
  const table = (call: Call) => recordsOf(store, key(call))
  const record = (call: Call): Entry => {
    const one = table(call).get(call.params['id'] ?? '')
    if (one === undefined) throw objectNotFound()
    return one
  }
  const page = (call: Call, passes: (entry: Entry) => boolean): Row => {
    const wanted = [...table(call).all()].filter(passes)
    const { items, envelope } = cursorPage(call.asked, inOrder(wanted, call.asked.query.get('sort') ?? 'id'))
    return { custom_object_records: items.map(table(call).row), ...envelope, count: wanted.length }
  }
  const sentIn = ({ body }: Call): Row => {
    const sent = body['custom_object_record']
    if (typeof sent !== 'object' || sent === null)
      throw objectRefusal(400, 'BadRequest', 'custom_object_record is missing')
    return sent as Row
  }
  const save = (call: Call, sent: Row, before?: Entry): Entry => {
    const values = recordValues(store, key(call), sent, before)
    if (isFault(values)) throw objectInvalid(values.pointer, values.title)
    const by = String(call.caller.user?.id)
    if (before !== undefined) return table(call).change(before.id, { ...values, updated_by_user_id: by })
    return table(call).add({ ...values, created_by_user_id: by, updated_by_user_id: by })
  }
  const shown = (call: Call, entry: Entry): Row => ({ custom_object_record: table(call).row(entry) })
  const text = (entry: Entry) =>
    JSON.stringify([
      entry['name'],
      entry['external_id'],
      ...Object.values(entry['custom_object_fields'] as Row),
    ]).toLowerCase()
  const listed = ({ asked }: Call) => {
    const [ids, external] = ['filter[ids]', 'filter[external_ids]'].map((name) => asked.query.get(name)?.split(','))
    return (entry: Entry) =>
      ids?.includes(String(entry.id)) !== false && external?.includes(String(entry['external_id'])) !== false
  }
  const routes: Routes = {
    [`GET ${PATH}`]: (call) => page(call, listed(call)),
    [`GET ${PATH}/count`]: (call) => countRow(store, table(call).all()),
    [`GET ${PATH}/:id`]: (call) => shown(call, record(call)),
    [`GET ${PATH}/search`]: (call) => {
      const query = (call.asked.query.get('query') ?? '').toLowerCase()
      return page(call, (entry) => text(entry).includes(query))
    },
    [`POST ${PATH}/search`]: (call) => {
      const query = String(call.body['query'] ?? '').toLowerCase()
      const filter = (call.body['filter'] ?? {}) as Row
      return page(call, (entry) => text(entry).includes(query) && passesFilter(entry, filter))
    },
    [`GET ${PATH}/autocomplete`]: (call) => {
      const name = (call.asked.query.get('name') ?? '').toLowerCase()
      return page(call, (entry) => name !== '' && String(entry['name']).toLowerCase().includes(name))
    },
    [`POST ${PATH}`]: (call) => {
      const entry = save(call, sentIn(call))
      const row = shown(call, entry)
      return created(row, (row['custom_object_record'] as Row)['url'])
    },
    [`PATCH ${PATH}/:id`]: (call) => shown(call, save(call, sentIn(call), record(call))),
    // By `external_id` or `name`: changes the record that has it, or creates one.
    [`PATCH ${PATH}`]: (call) => {
      const { query } = call.asked
      const by = query.has('external_id') ? 'external_id' : 'name'
      const value = query.get(by)
      if (value === null || value === '') throw objectRefusal(400, 'BadRequest', 'external_id or name is missing')
      const matching = [...table(call).all()].filter((one) => one[by] === value)
      if (matching.length > 1) throw objectRefusal(409, 'Conflict', `several records have this ${by}`)
      const [before] = matching
      const entry = save(call, { [by]: value, ...sentIn(call) }, before)
      const row = shown(call, entry)
      return before === undefined ? created(row, (row['custom_object_record'] as Row)['url']) : row
    },
    [`DELETE ${PATH}/:id`]: (call) => {
      table(call).remove(record(call).id)
      return noContent()
    },
    [`DELETE ${PATH}`]: (call) => {
      const { query } = call.asked
      const by = query.has('external_id') ? 'external_id' : 'name'
      const one = [...table(call).all()].find((entry) => entry[by] === query.get(by))
      if (one === undefined) throw objectNotFound()
      table(call).remove(one.id)
      return noContent()
    },
    [`POST ${PATH}/jobs`]: (call) => recordJob(served, key(call), call),
    'POST /custom_objects/:key/jobs': (call) => recordJob(served, key(call), call),
    'GET /custom_objects/limits/record_limit': () => {
      const objects = [...customObjects(store).all()].map(({ id }) => recordsOf(store, String(id)).size())
      return { count: objects.reduce((sum, size) => sum + size, 0), limit: RECORDS }
    },
  }
  const exported: Routes = {
    'GET /incremental/custom_objects/:key/cursor': (call) => exportedRecords(served, table(call), call.asked),
  }
  return [
    { who: 'agent', feature: 'custom_objects', routes },
    { who: 'admin', feature: 'custom_objects', routes: exported },
  ]
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
