import { createCustomObject, createObjectField, recordsOf } from '../../account/custom-objects/objects.ts'
import type { Row } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

const YEAR = 365 * 86_400

/** Writes custom objects: vehicles with fields of every type and some hundred records, devices, and one without records. */
export function generateCustomObjects(store: Store, random: Random, latest: number): void {
  const start = latest - 2 * YEAR
  const at = { created_at: isoTime(start) }
  const admin = [...store.users.values()].find(({ role }) => role === 'admin')
  const people = [...store.users.values()].filter(({ role, deleted }) => role === 'end-user' && !deleted)
  const make = (key: string, title: string, title_pluralized: string, more: Row = {}) =>
    createCustomObject(store, key, { title, title_pluralized, user: admin?.id, ...at, ...more })
  make('vehicle', 'Vehicle', 'Vehicles', { description: 'Cars 🚗' })
  make('device', '设备', '设备', { description: '', include_in_list_view: false, allows_photos: true })
  make('empty_kind', 'Nothing yet', 'Nothing yet')

  const options = ['red', 'green', 'größe'].map((value): Row => {
    const name = value.charAt(0).toUpperCase() + value.slice(1)
    return { id: store.nextId(), name, raw_name: name, value }
  })
  const fields: readonly [type: string, key: string, more?: Row][] = [
    ['dropdown', 'color', { custom_field_options: options }],
    ['integer', 'doors'],
    ['lookup', 'owner', { relationship_target_type: 'zen:user', relationship_filter: { all: [], any: [] } }],
    ['text', 'plate'],
    ['textarea', 'story'],
    ['checkbox', 'leased', { tag: 'leased' }],
    ['date', 'first_seen'],
    ['decimal', 'consumption'],
    ['regexp', 'vin', { regexp_for_validation: '\\A[A-Z0-9]{6}\\z' }],
    ['multiselect', 'extras', { custom_field_options: options.map((one) => ({ ...one, id: store.nextId() })) }],
  ]
  for (const [type, key, more = {}] of fields)
    createObjectField(store, 'vehicle', { type, key, title: key.replaceAll('_', ' '), ...at, ...more })
  createObjectField(store, 'device', { type: 'text', key: 'serial', title: 'シリアル番号', ...at })

  generateVehicles(store, random, { start, latest, admin, people })
  const times = { created_by_user_id: String(admin?.id), updated_by_user_id: String(admin?.id), ...at }
  for (const name of ['打印机', 'Router'])
    recordsOf(store, 'device').add({
      name,
      custom_object_key: 'device',
      custom_object_fields: { serial: null },
      external_id: null,
      photo: null,
      ...times,
    })
}

function generateVehicles(
  store: Store,
  random: Random,
  from: { start: number; latest: number; admin: User | undefined; people: readonly User[] },
): void {
  const { start, latest, admin, people } = from
  const vehicles = recordsOf(store, 'vehicle')
  const count = 130
  for (let nth = 0; nth < count; nth++) {
    const created = start + Math.floor(((latest - start) * nth) / count)
    vehicles.add({
      name: random.pick([`VIN ${String(nth).padStart(4, '0')}`, `Ünïcödé ${nth} 🚙`, `<b>${nth}</b>`]),
      custom_object_key: 'vehicle',
      custom_object_fields: {
        color: random.pick(['red', 'green', 'größe', null]),
        doors: random.pick([0, 2, 4, null]),
        owner: random.chance(0.7) && people.length > 0 ? String(random.pick(people).id) : null,
        plate: random.pick(['', 'K-AB 1', 'line\u2028separator', null]),
        story: random.pick([null, 'Long '.repeat(500), '第一行\n第二行']),
        leased: random.chance(0.3),
        first_seen: random.pick(['2024-02-29', '0001-01-01', null]),
        consumption: random.pick([5.5, 0.1, -1, null]),
        vin: random.pick(['ABC123', null]),
        extras: random.pick([[], ['red'], ['green', 'größe'], null]),
      },
      external_id: random.chance(0.6) ? `vin-${String(nth).padStart(4, '0')}` : null,
      photo: null,
      created_by_user_id: String(admin?.id),
      updated_by_user_id: String(admin?.id),
      created_at: isoTime(created),
      // An import changed a part of them in one second.
      updated_at: isoTime(
        nth < 40 ? latest - 9 * 86_400 : random.chance(0.5) ? created : random.between(created, latest),
      ),
    })
  }
}
