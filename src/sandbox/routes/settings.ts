import type { Field } from '../account/model.ts'
import { forbiddenPage } from '../http/errors.ts'
import { sorted } from '../http/sequence.ts'
import { fieldRow, formRow } from '../records/fields.ts'
import { countRow, found, idOf, listPage, type Routes, type Served } from './route.ts'

/** Ticket fields, ticket forms and the account's settings. */
export function settingsRoutes({ store, plan }: Served): Routes {
  const fields = () => sorted<Field>(store.fields.values(), 'position,id', 'ii', (field) => [field.position, field.id])
  const forms = () => {
    if (!plan.ticketForms) throw forbiddenPage()
    return [...store.forms.values()].sort((one, other) => one.position - other.position)
  }
  return {
    'GET /ticket_fields': ({ asked }) => {
      const { items, envelope } = listPage(asked, fields(), 'api/v2/ticket_fields/index')
      return { ticket_fields: items.map((field) => fieldRow(store, field)), ...envelope }
    },
    'GET /ticket_fields/count': () => countRow(store, store.fields.values()),
    'GET /ticket_fields/:id': ({ params }) => {
      const field = found(store.fields.get(idOf(params['id'], 'api/v2/ticket_fields/show')))
      return { ticket_field: fieldRow(store, field) }
    },
    // Forms come all at once, in the envelope of a list.
    'GET /ticket_forms': ({ asked }) => {
      const active = asked.query.get('active')
      const wanted = forms().filter((form) => active === null || String(form.active) === active)
      return {
        ticket_forms: wanted.map((form) => formRow(store, form)),
        next_page: null,
        previous_page: null,
        count: wanted.length,
      }
    },
    'GET /ticket_forms/:id': ({ params }) => {
      const id = idOf(params['id'], 'api/v2/ticket_forms/show')
      return { ticket_form: formRow(store, found(forms().find((form) => form.id === id))) }
    },
    'GET /account/settings': () => ({
      settings: {
        active_features: { ticket_forms: plan.ticketForms, satisfaction_ratings: true, custom_statuses_enabled: true },
        api: { accepted_api_agreement: true, api_password_access: 'false', api_token_access: 'true' },
        tickets: { tagging: true, list_newest_comments_first: true, collaboration: true },
        user: { tagging: true, time_zone_selection: true },
      },
    }),
  }
}
