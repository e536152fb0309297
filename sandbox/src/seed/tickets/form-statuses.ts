import type { Store } from '../../account/store.ts'

/** Declares which ticket forms offer which statuses, and writes the default statuses to all of them. */
export function generateFormStatuses(store: Store): void {
  const table = store.table('ticket_form_statuses', {
    ids: 'ulid',
    row: ({ id, ticket_form_id, custom_status_id }) => ({ id, ticket_form_id, custom_status_id }),
  })
  for (const form of store.forms.values())
    for (const status of store.statuses.values()) table.add({ ticket_form_id: form.id, custom_status_id: status })
}
