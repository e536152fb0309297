import { changeInWords, logAudit } from '../../account/audit-log.ts'
import type { Field, Option, Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { byPosition, sorted } from '../../http/pages/sequence.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { fieldRow, optionRow } from '../../rows/fields.ts'
import { userRow } from '../../rows/people.ts'
import { fieldChangesIn, withOption } from '../input/field-changes.ts'
import { countRow, flag, found, idOf, included, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'

/** Ticket fields and the options of those that have some. */
export function ticketFieldRoutes(served: Served): readonly Family[] {
  return [{ who: 'agent', writers: 'admin', routes: { ...fieldRoutes(served), ...optionRoutes(served) } }]
}

const all = (store: Store) =>
  sorted<Field>(store.fields.values(), 'position,id', 'ii', (field) => [field.position, field.id])

const field = (store: Store, { params }: Call): Field =>
  found(store.fields.get(idOf(params['id'], 'api/v2/ticket_fields/show')))

const creator = (store: Store) => [...store.users.values()].find(({ role }) => role === 'admin')

// Assumed (fact 379): all fields were made by one administrator, system fields by Zendesk.
const row = (store: Store, one: Field, { asked }: Call): Row => ({
  ...fieldRow(store, one),
  ...(flag(asked, 'creator')
    ? { creator_user_id: one.removable ? (creator(store)?.id ?? -1) : -1, creator_app_name: null }
    : {}),
})

function sideLoaded(store: Store, { asked }: Call): Row {
  const user = creator(store)
  return included(asked).has('users') && user !== undefined ? { users: [userRow(store, user)] } : {}
}

function sent({ body }: Call, name: string): Row {
  const value = body[name]
  if (typeof value !== 'object' || value === null) throw parameterMissing(name)
  return value as Row
}

const log = (store: Store, { caller }: Call, action: 'create' | 'update' | 'destroy', one: Field, change = '') =>
  logAudit(store, {
    actor: caller.user?.id ?? -1,
    action,
    sourceType: 'ticket_field',
    sourceId: one.id,
    sourceLabel: `Ticket field: ${one.title}`,
    change,
  })

function optionIn(one: Field, text: string | undefined): Option {
  const id = idOf(text, 'api/v2/custom_field_options/show')
  return found(one.options.find((option) => option.id === id))
}

const wholeOption = (store: Store, one: Field, option: Option): Row => ({
  ...optionRow(option),
  position: one.options.findIndex(({ id }) => id === option.id),
  url: `${store.base}/api/v2/ticket_fields/${one.id}/options/${option.id}.json`,
})

function fieldRoutes({ store, mutations }: Served): Routes {
  return {
    'GET /ticket_fields': (call) => {
      const { items, envelope } = listPage(call.asked, all(store), 'api/v2/ticket_fields/index')
      return { ticket_fields: items.map((one) => row(store, one, call)), ...sideLoaded(store, call), ...envelope }
    },
    'GET /ticket_fields/count': () => countRow(store, store.fields.values()),
    'GET /ticket_fields/:id': (call) => ({
      ticket_field: row(store, field(store, call), call),
      ...sideLoaded(store, call),
    }),
    'POST /ticket_fields': (call) => {
      const id = mutations.createTicketField(fieldChangesIn(store, sent(call, 'ticket_field')))
      const one = found(store.fields.get(id))
      log(store, call, 'create', one)
      const ticket_field = fieldRow(store, one)
      return created({ ticket_field }, ticket_field['url'])
    },
    'PUT /ticket_fields/:id': (call) => {
      const one = field(store, call)
      const { type: _, ...changes } = fieldChangesIn(store, sent(call, 'ticket_field'), one)
      const before = fieldRow(store, one)
      mutations.updateTicketField(one.id, changes)
      log(store, call, 'update', one, changeInWords(before, fieldRow(store, one)))
      return { ticket_field: fieldRow(store, one) }
    },
    'PUT /ticket_fields/reorder': ({ body }) => {
      const ids = body['ticket_field_ids']
      if (!Array.isArray(ids)) throw parameterMissing('ticket_field_ids')
      const wanted = ids.map((id) => found(store.fields.get(Number(id))))
      for (const [at, { id }] of wanted.entries()) mutations.updateTicketField(id, { position: at + 1 })
      return {}
    },
    'DELETE /ticket_fields/:id': (call) => {
      const one = field(store, call)
      if (!one.removable)
        throw recordInvalid({ base: [{ description: 'System fields cannot be deleted', error: 'InvalidValue' }] })
      mutations.deleteTicketField(one.id)
      log(store, call, 'destroy', one)
      return noContent()
    },
  }
}

function optionRoutes({ store, mutations }: Served): Routes {
  return {
    'GET /ticket_fields/:id/options': (call) => {
      const one = field(store, call)
      const { items, envelope } = listPage(call.asked, byPosition(one.options), 'api/v2/custom_field_options/index')
      return { custom_field_options: items.map((option) => wholeOption(store, one, option)), ...envelope }
    },
    'GET /ticket_fields/:id/options/:option': (call) => {
      const one = field(store, call)
      return { custom_field_option: wholeOption(store, one, optionIn(one, call.params['option'])) }
    },
    'POST /ticket_fields/:id/options': (call) => {
      const one = field(store, call)
      if (one.options.length === 0)
        throw recordInvalid({ base: [{ description: 'The field has no options', error: 'InvalidValue' }] })
      const before = one.options.length
      const changed = withOption(store, one.options, sent(call, 'custom_field_option'))
      mutations.updateTicketField(one.id, { options: changed.options })
      const body = { custom_field_option: wholeOption(store, one, changed.option) }
      return reply(changed.options.length > before ? 201 : 200, body)
    },
    'DELETE /ticket_fields/:id/options/:option': (call) => {
      const one = field(store, call)
      const { id } = optionIn(one, call.params['option'])
      mutations.updateTicketField(one.id, { options: one.options.filter((option) => option.id !== id) })
      return noContent()
    },
  }
}
