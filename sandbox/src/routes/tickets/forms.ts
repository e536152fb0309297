import { changeInWords, logAudit } from '../../account/audit-log.ts'
import type { Form, Row } from '../../account/model.ts'
import type { FormChanges } from '../../account/settings-mutations.ts'
import type { Store } from '../../account/store.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { formRow } from '../../rows/fields.ts'
import { flag, found, idOf } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'

/** Ticket forms, which come all at once in the envelope of a list. */
export function ticketFormRoutes(served: Served): readonly Family[] {
  const { store, mutations } = served
  const routes: Routes = {
    'GET /ticket_forms': (call) => listed(store, all(store), call),
    'GET /ticket_forms/show_many': (call) => {
      const ids = idsIn(call.asked)
      return listed(
        store,
        all(store).filter(({ id }) => ids.has(String(id))),
        call,
      )
    },
    'GET /ticket_forms/:id': (call) => ({ ticket_form: formRow(store, form(store, call)) }),
    'POST /ticket_forms': (call) => {
      const ticket_form = make(served, call, changesIn(store, sent(call), true))
      return created({ ticket_form }, ticket_form['url'])
    },
    // The clone's words before the name may be left out with `prepend_clone_title: false`.
    'POST /ticket_forms/:id/clone': (call) => {
      const { id: _, created: __, updated: ___, ...values } = form(store, call)
      const name = call.body['prepend_clone_title'] === false ? values.name : `[Clone] ${values.name}`
      return { ticket_form: make(served, call, { ...values, name, default: false, position: store.forms.size + 1 }) }
    },
    'PUT /ticket_forms/:id': (call) => {
      const one = form(store, call)
      const before = formRow(store, one)
      mutations.updateTicketForm(one.id, changesIn(store, sent(call), false))
      log(store, call, 'update', one, changeInWords(before, formRow(store, one)))
      return { ticket_form: formRow(store, one) }
    },
    'PUT /ticket_forms/reorder': (call) => {
      const ids = call.body['ticket_form_ids']
      if (!Array.isArray(ids)) throw parameterMissing('ticket_form_ids')
      const wanted = ids.map((id) => found(store.forms.get(Number(id))))
      for (const [at, { id }] of wanted.entries()) mutations.updateTicketForm(id, { position: at + 1 })
      return listed(store, all(store), call)
    },
    'DELETE /ticket_forms/:id': (call) => {
      const one = form(store, call)
      if (one.default) throw invalid('base', 'The default ticket form cannot be deleted')
      mutations.deleteTicketForm(one.id)
      log(store, call, 'destroy', one)
      return noContent()
    },
  }
  return [{ who: 'agent', writers: 'admin', feature: 'ticket_forms', routes }]
}

function conditions(store: Store, rows: Row[]): Row[] {
  for (const { parent_field_id, child_fields } of rows) {
    const children = Array.isArray(child_fields) ? (child_fields as Row[]) : []
    const missing = [parent_field_id, ...children.map(({ id }) => id)].find((id) => !store.fields.has(Number(id)))
    if (missing !== undefined)
      throw invalid('base', `Condition refers to ticket field ${missing}, which does not exist`)
  }
  return rows.map((row) => ({
    ...row,
    parent_field_type: store.fields.get(Number(row['parent_field_id']))?.type,
  }))
}

const all = (store: Store) => [...store.forms.values()].sort((one, other) => one.position - other.position)

const form = (store: Store, { params }: Call): Form =>
  found(store.forms.get(idOf(params['id'], 'api/v2/ticket_forms/show')))

function listed(store: Store, forms: readonly Form[], { asked }: Call): Row {
  const { query } = asked
  const kept = forms.filter((one) => {
    const [active, visible] = [query.get('active'), query.get('end_user_visible')]
    if (active !== null && String(one.active) !== active) return false
    if (visible !== null && String(one.endUserVisible) !== visible) return false
    return !flag(asked, 'associated_to_brand') || one.brands.length === 0 || one.brands.includes(store.brand)
  })
  const wanted =
    kept.length === 0 && flag(asked, 'fallback_to_default') ? all(store).filter((one) => one.default) : kept
  const rows = wanted.map((one) => formRow(store, one))
  return { ticket_forms: rows, next_page: null, previous_page: null, count: rows.length }
}

function sent({ body }: Call): Row {
  const value = body['ticket_form']
  if (typeof value !== 'object' || value === null) throw parameterMissing('ticket_form')
  return value as Row
}

function changesIn(store: Store, row: Row, isNew: boolean): FormChanges {
  const { name, ticket_field_ids, agent_conditions, end_user_conditions, restricted_brand_ids } = row
  if ((isNew || name !== undefined) && (typeof name !== 'string' || name.trim() === ''))
    throw invalid('name', 'Name: cannot be blank', 'BlankValue')
  const ids = Array.isArray(ticket_field_ids) ? ticket_field_ids.map(Number) : undefined
  const missing = ids?.find((id) => !store.fields.has(id))
  if (missing !== undefined) throw invalid('ticket_field_ids', `Ticket field ${missing} does not exist`)
  const named = <From extends string, To extends string>(from: From, to: To): Row =>
    from in row ? { [to]: row[from] } : {}
  return {
    ...named('name', 'name'),
    ...named('display_name', 'displayName'),
    ...named('position', 'position'),
    ...named('active', 'active'),
    ...(row['default'] === true ? { default: true } : {}),
    ...named('end_user_visible', 'endUserVisible'),
    ...(ids === undefined ? {} : { fields: ids }),
    ...(row['in_all_brands'] === true ? { brands: [] } : {}),
    ...(Array.isArray(restricted_brand_ids) && row['in_all_brands'] !== true ? { brands: restricted_brand_ids } : {}),
    ...(Array.isArray(agent_conditions) ? { agentConditions: conditions(store, agent_conditions) } : {}),
    ...(Array.isArray(end_user_conditions) ? { endUserConditions: conditions(store, end_user_conditions) } : {}),
  } as FormChanges
}

function log(store: Store, { caller }: Call, action: 'create' | 'update' | 'destroy', { id, name }: Form, change = '') {
  const source = { sourceType: 'ticket_form', sourceId: id, sourceLabel: `Ticket form: ${name}` }
  logAudit(store, { actor: caller.user?.id ?? -1, action, ...source, change })
}

function make({ store, mutations }: Served, call: Call, changes: FormChanges): Row {
  const one = found(store.forms.get(mutations.createTicketForm(changes)))
  log(store, call, 'create', one)
  return formRow(store, one)
}

function invalid(name: string, description: string, error = 'InvalidValue') {
  return recordInvalid({ [name]: [{ description, error }] })
}
