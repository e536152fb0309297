import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'

/** Which ticket forms offer which statuses. */
export function ticketFormStatusRoutes({ store }: Served): readonly Family[] {
  const table = () => store.table('ticket_form_statuses')
  // A deleted form's statuses are deleted with it.
  const all = () => [...table().all()].filter(({ ticket_form_id }) => store.forms.has(Number(ticket_form_id)))
  const whole = (entries: readonly Entry[]): Row => ({ ticket_form_statuses: entries.map(table().row) })
  const form = ({ params }: Call) => found(store.forms.get(idOf(params['id'], 'api/v2/ticket_forms/show'))).id
  const ofForm = (id: number) => all().filter(({ ticket_form_id }) => ticket_form_id === id)
  const add = (ticket_form_id: number, custom_status_id: unknown): Entry => {
    const status = store.table('custom_statuses').get(Number(custom_status_id))
    if (status === undefined || !store.forms.has(ticket_form_id))
      throw recordInvalid({ base: [{ description: 'Ticket form or status does not exist', error: 'InvalidValue' }] })
    const known = ofForm(ticket_form_id).find((one) => one['custom_status_id'] === status.id)
    return known ?? table().add({ ticket_form_id, custom_status_id: status.id })
  }
  const sentIn = ({ body }: Call): Row[] => {
    const sent = body['ticket_form_statuses'] ?? body['ticket_form_status']
    if (typeof sent !== 'object' || sent === null) throw parameterMissing('ticket_form_statuses')
    return Array.isArray(sent) ? (sent as Row[]) : [sent as Row]
  }
  const one = (call: Call): Entry => found(ofForm(form(call)).find(({ id }) => id === call.params['status']))
  const routes: Routes = {
    'GET /ticket_form_statuses': () => whole(all()),
    'GET /ticket_form_statuses/show_many': ({ asked }) => {
      const ids = idsIn(asked)
      return whole(all().filter(({ id }) => ids.has(String(id))))
    },
    'GET /ticket_forms/:id/ticket_form_statuses': (call) => whole(ofForm(form(call))),
    'POST /ticket_forms/:id/ticket_form_statuses': (call) => {
      const id = form(call)
      return whole(sentIn(call).map(({ custom_status_id }) => add(id, custom_status_id)))
    },
    'POST /custom_statuses/:id/ticket_form_statuses': (call) => {
      const status = idOf(call.params['id'], 'api/v2/custom_statuses/show')
      return whole(sentIn(call).map(({ ticket_form_id }) => add(Number(ticket_form_id), status)))
    },
    // Statuses that are not named are removed.
    'PUT /ticket_forms/:id/ticket_form_statuses': (call) => {
      const id = form(call)
      const kept = sentIn(call).map(({ custom_status_id }) => add(id, custom_status_id))
      for (const other of ofForm(id)) if (!kept.includes(other)) table().remove(other.id)
      return whole(kept)
    },
    'PUT /ticket_forms/:id/ticket_form_statuses/:status': (call) => {
      const { id } = one(call)
      const [{ custom_status_id } = {}] = sentIn(call)
      const status = found(store.table('custom_statuses').get(Number(custom_status_id)))
      return whole([table().change(id, { custom_status_id: status.id })])
    },
    'DELETE /ticket_forms/:id/ticket_form_statuses': (call) => {
      for (const { id } of ofForm(form(call))) table().remove(id)
      return noContent()
    },
    'DELETE /ticket_forms/:id/ticket_form_statuses/:status': (call) => {
      table().remove(one(call).id)
      return noContent()
    },
  }
  return [{ who: 'agent', writers: 'admin', feature: 'ticket_forms', routes }]
}
