import { isoTime } from '../../iso-time.ts'
import type { Row } from '../model.ts'
import type { Store } from '../store.ts'
import type { Id } from '../table.ts'

/** The fields that forms show to agents or to end users under a condition: one row a form, condition and child field. */
export function formConditions(store: Store, side: 'agentConditions' | 'endUserConditions'): Map<Id, Row> {
  const rows = new Map<Id, Row>()
  for (const { id: form, updated, [side]: conditions } of store.forms.values())
    for (const { child_fields, value, ...parent } of conditions)
      for (const { id: child, ...rest } of child_fields as readonly Row[]) {
        const row: Row = { ticket_form_id: form, ...parent, value: String(value), child_field_id: child, ...rest }
        const at = isoTime(updated)
        rows.set(`${form}/${row['parent_field_id']}/${value}/${child}`, { ...row, updated_at: at })
      }
  return rows
}
