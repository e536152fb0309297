import type { Field, Form, Option, Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'

/** A ticket field. */
export function fieldRow(store: Store, field: Field): Row {
  const { id, type, title, description, removable } = field
  const portal = removable || type === 'subject' || type === 'description'
  const options = field.options.map(optionRow)
  return {
    url: `${store.base}/api/v2/ticket_fields/${id}.json`,
    id,
    type,
    title,
    raw_title: title,
    description,
    raw_description: description,
    position: field.position,
    active: field.active,
    required: field.required,
    collapsed_for_agents: false,
    regexp_for_validation: null,
    title_in_portal: title,
    raw_title_in_portal: title,
    visible_in_portal: portal,
    editable_in_portal: portal,
    required_in_portal: type === 'subject',
    tag: null,
    created_at: isoTime(field.created),
    updated_at: isoTime(field.updated),
    removable,
    key: null,
    agent_description: null,
    ...field.extra,
    ...(type === 'custom_status' ? { custom_statuses: statusRows(store) } : {}),
    ...(options.length > 0 ? { custom_field_options: options } : {}),
  }
}

/** An option of a ticket field as the field shows it. */
export function optionRow({ id, name, value, default: chosen }: Option): Row {
  return { id, name, raw_name: name, value, default: chosen }
}

// Inside the field the raw texts are left out.
function statusRows(store: Store): Row[] {
  const table = store.table('custom_statuses')
  return Array.from(table.all(), (entry) =>
    Object.fromEntries(Object.entries(table.row(entry)).filter(([key]) => !key.startsWith('raw_'))),
  )
}

/** A ticket form. */
export function formRow(store: Store, form: Form): Row {
  return {
    id: form.id,
    raw_name: form.name,
    raw_display_name: form.displayName,
    end_user_visible: form.endUserVisible,
    position: form.position,
    ticket_field_ids: form.fields,
    active: form.active,
    default: form.default,
    in_all_brands: form.brands.length === 0,
    restricted_brand_ids: form.brands,
    end_user_conditions: form.endUserConditions,
    agent_conditions: form.agentConditions,
    url: `${store.base}/api/v2/ticket_forms/${form.id}.json`,
    name: form.name,
    display_name: form.displayName,
    created_at: isoTime(form.created),
    updated_at: isoTime(form.updated),
  }
}
