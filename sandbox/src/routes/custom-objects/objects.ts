import {
  createCustomObject,
  createObjectField,
  customObjectFields,
  customObjects,
  deleteCustomObject,
  FIELD_LIMIT,
  fieldsOf,
  objectLimit,
} from '../../account/custom-objects/objects.ts'
import { only } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { created, noContent } from '../../http/reply.ts'
import { flag, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { objectInvalid, objectNotFound, objectRefusal } from './errors.ts'

const KEY = /^[a-z][a-z0-9_]*$/
const TYPES = [
  'text',
  'textarea',
  'checkbox',
  'date',
  'integer',
  'decimal',
  'regexp',
  'dropdown',
  'multiselect',
  'lookup',
]

/** Custom objects and their fields. Their records have routes of their own. */
export function customObjectRoutes(served: Served): readonly Family[] {
  return [
    {
      who: 'agent',
      writers: 'admin',
      feature: 'custom_objects',
      routes: { ...objectRoutes(served), ...fieldRoutes(served) },
    },
  ]
}

function object(store: Store, { params }: Call): Entry {
  const one = customObjects(store).get(params['key'] ?? '')
  if (one === undefined) throw objectNotFound()
  return one
}

function sentIn({ body }: Call, name: string): Row {
  const sent = body[name]
  if (typeof sent !== 'object' || sent === null) throw objectRefusal(400, 'BadRequest', `${name} is missing`)
  return sent as Row
}

const row = (store: Store, entry: Entry) => customObjects(store).row(entry)

const fieldRow = (store: Store, entry: Entry) => customObjectFields(store).row(entry)

function field(store: Store, call: Call): Entry {
  const all = fieldsOf(store, String(object(store, call).id))
  const one = all.find(({ id, key }) => String(id) === call.params['field'] || key === call.params['field'])
  if (one === undefined) throw objectNotFound()
  return one
}

function options(store: Store, list: unknown, before: readonly Row[] = []): Row {
  if (!Array.isArray(list)) return {}
  const made = (list as Row[]).map(({ id, name, value }): Row => {
    const known = before.find((one) => one['id'] === id || one['value'] === value)
    return { id: known?.['id'] ?? store.nextId(), name, raw_name: name, value }
  })
  return { custom_field_options: made }
}

function objectRoutes({ store, plan }: Served): Routes {
  return {
    'GET /custom_objects': () => ({
      custom_objects: Array.from(customObjects(store).all(), (entry) => row(store, entry)),
    }),
    'GET /custom_objects/:key': (call) => ({ custom_object: row(store, object(store, call)) }),
    'POST /custom_objects': (call) => {
      const sent = sentIn(call, 'custom_object')
      const { key, title, title_pluralized } = sent
      if (typeof key !== 'string' || !KEY.test(key)) throw objectInvalid('/key', 'key is invalid')
      if (customObjects(store).get(key) !== undefined) throw objectInvalid('/key', 'key has already been taken')
      for (const name of ['title', 'title_pluralized'])
        if (typeof sent[name] !== 'string' || sent[name] === '')
          throw objectInvalid(`/${name}`, `${name} can't be blank`)
      if (customObjects(store).size() >= objectLimit(plan.name))
        throw objectRefusal(422, 'LimitExceeded', `The account may have ${objectLimit(plan.name)} custom objects`)
      const { description, include_in_list_view, allows_photos } = sent
      const optional = Object.entries({ description, include_in_list_view, allows_photos }).filter(
        ([, value]) => value !== undefined,
      )
      const values = { title, title_pluralized, user: call.caller.user?.id, ...Object.fromEntries(optional) }
      const custom_object = row(store, createCustomObject(store, key, values))
      return created({ custom_object }, custom_object['url'])
    },
    'PATCH /custom_objects/:key': (call) => {
      const { id } = object(store, call)
      const sent = sentIn(call, 'custom_object')
      const texts = ['title', 'title_pluralized', 'description'].filter((key) => typeof sent[key] === 'string')
      const flags = ['include_in_list_view', 'allows_photos'].filter((key) => typeof sent[key] === 'boolean')
      const changes = [...texts, ...flags].map((key) => [key, sent[key]])
      const raw = texts.map((key) => [`raw_${key}`, sent[key]])
      const by = { updated_by_user_id: String(call.caller.user?.id) }
      return {
        custom_object: row(
          store,
          customObjects(store).change(id, { ...Object.fromEntries([...changes, ...raw]), ...by }),
        ),
      }
    },
    'DELETE /custom_objects/:key': (call) => {
      deleteCustomObject(store, String(object(store, call).id))
      return noContent()
    },
    'GET /custom_objects/limits/object_limit': () => ({
      count: customObjects(store).size(),
      limit: objectLimit(plan.name),
    }),
    'GET /custom_objects/:key/limits/field_limit': (call) => ({
      count: fieldsOf(store, String(object(store, call).id)).filter((one) => one['system'] !== true).length,
      limit: FIELD_LIMIT,
    }),
  }
}

function fieldRoutes({ store }: Served): Routes {
  return {
    'GET /custom_objects/:key/fields': (call) => {
      const standard = flag(call.asked, 'include_standard_fields')
      const all = fieldsOf(store, String(object(store, call).id)).filter((one) => standard || one['system'] !== true)
      const sequence = sorted(all, 'position,id', 'ii', ({ position, id }) => [Number(position), Number(id)])
      const { items, envelope } = listPage(call.asked, sequence, 'api/v2/custom_objects/fields/index')
      return { custom_object_fields: items.map((entry) => fieldRow(store, entry)), ...envelope }
    },
    'GET /custom_objects/:key/fields/:field': (call) => ({ custom_object_field: fieldRow(store, field(store, call)) }),
    'POST /custom_objects/:key/fields': (call) => {
      const object_key = String(object(store, call).id)
      const { type, key, title, custom_field_options, ...sent } = sentIn(call, 'custom_object_field')
      if (typeof key !== 'string' || !KEY.test(key)) throw objectInvalid('/key', 'key is invalid')
      if (!TYPES.includes(String(type))) throw objectInvalid('/type', `type ${type} is not valid`)
      if (typeof title !== 'string' || title === '') throw objectInvalid('/title', "title can't be blank")
      const all = fieldsOf(store, object_key)
      if (all.some((one) => one['key'] === key)) throw objectInvalid('/key', 'key has already been taken')
      if (all.length - 2 >= FIELD_LIMIT)
        throw objectRefusal(422, 'LimitExceeded', `An object may have ${FIELD_LIMIT} fields`)
      const known = [
        'description',
        'active',
        'regexp_for_validation',
        'tag',
        'relationship_target_type',
        'relationship_filter',
      ]
      const more = only(sent, known)
      const entry = createObjectField(store, object_key, {
        type,
        key,
        title,
        ...more,
        ...options(store, custom_field_options),
      })
      const custom_object_field = fieldRow(store, entry)
      return created({ custom_object_field }, custom_object_field['url'])
    },
    'PATCH /custom_objects/:key/fields/:field': (call) => {
      const one = field(store, call)
      const sent = sentIn(call, 'custom_object_field')
      const known = ['title', 'description', 'active', 'position', 'regexp_for_validation', 'tag', 'properties']
      const changes = only(sent, known)
      const raw = Object.fromEntries(
        ['title', 'description'].flatMap((name) => (name in sent ? [[`raw_${name}`, sent[name]]] : [])),
      )
      const chosen = options(store, sent['custom_field_options'], one['custom_field_options'] as Row[] | undefined)
      return {
        custom_object_field: fieldRow(
          store,
          customObjectFields(store).change(one.id, { ...changes, ...raw, ...chosen }),
        ),
      }
    },
    'PUT /custom_objects/:key/fields/reorder': (call) => {
      const ids = call.body['custom_object_field_ids']
      if (!Array.isArray(ids)) throw objectRefusal(400, 'BadRequest', 'custom_object_field_ids is missing')
      const wanted = ids.map((id) => field(store, { ...call, params: { ...call.params, field: String(id) } }))
      for (const [at, { id }] of wanted.entries()) customObjectFields(store).change(id, { position: at })
      return {}
    },
    'DELETE /custom_objects/:key/fields/:field': (call) => {
      const one = field(store, call)
      if (one['system'] === true) throw objectInvalid('/key', 'standard fields cannot be deleted')
      customObjectFields(store).remove(one.id)
      return noContent()
    },
  }
}
