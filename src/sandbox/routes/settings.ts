import type { Field } from '../account/model.ts'
import { sorted } from '../http/sequence.ts'
import { fieldRow, formRow } from '../records/fields.ts'
import { countRow, type Family, found, idOf, listPage, type Routes, type Served } from './route.ts'

/** Ticket fields, ticket forms and the account's settings. */
export function settingsRoutes({ store, plan }: Served): readonly Family[] {
  const fields = () => sorted<Field>(store.fields.values(), 'position,id', 'ii', (field) => [field.position, field.id])
  const forms = () => [...store.forms.values()].sort((one, other) => one.position - other.position)
  const fieldRoutes: Routes = {
    'GET /ticket_fields': ({ asked }) => {
      const { items, envelope } = listPage(asked, fields(), 'api/v2/ticket_fields/index')
      return { ticket_fields: items.map((field) => fieldRow(store, field)), ...envelope }
    },
    'GET /ticket_fields/count': () => countRow(store, store.fields.values()),
    'GET /ticket_fields/:id': ({ params }) => {
      const field = found(store.fields.get(idOf(params['id'], 'api/v2/ticket_fields/show')))
      return { ticket_field: fieldRow(store, field) }
    },
  }
  const formRoutes: Routes = {
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
  }
  const account: Routes = {
    'GET /account/settings': () => ({
      settings: {
        active_features: {
          ticket_forms: plan.features.ticket_forms,
          satisfaction_ratings: true,
          custom_statuses_enabled: true,
        },
        api: { accepted_api_agreement: true, api_password_access: 'false', api_token_access: 'true' },
        tickets: { tagging: true, list_newest_comments_first: true, collaboration: true },
        user: { tagging: true, time_zone_selection: true },
      },
    }),
  }
  return [
    { who: 'agent', writers: 'admin', routes: fieldRoutes },
    { who: 'agent', writers: 'admin', feature: 'ticket_forms', routes: formRoutes },
    { who: 'agent', writers: 'admin', routes: account },
  ]
}
