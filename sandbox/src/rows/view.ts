import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { Entry } from '../account/table.ts'

type Column = { readonly title: string; readonly filterable: boolean; readonly sortable: boolean; readonly id?: string }

/** The columns of views, by the name that views have for them. */
export const VIEW_COLUMNS: Readonly<Record<string, Column>> = {
  status: { title: 'Status category', filterable: true, sortable: true },
  custom_status_id: { title: 'Ticket status', filterable: true, sortable: false },
  nice_id: { id: 'ticket_id', title: 'ID', filterable: true, sortable: true },
  subject: { title: 'Subject', filterable: true, sortable: true },
  description: { title: 'Description', filterable: true, sortable: false },
  requester: { title: 'Requester', filterable: true, sortable: true },
  submitter: { title: 'Submitter', filterable: true, sortable: true },
  created: { title: 'Requested', filterable: false, sortable: true },
  updated: { title: 'Updated', filterable: true, sortable: true },
  solved: { title: 'Solved', filterable: false, sortable: true },
  due_date: { title: 'Due date', filterable: false, sortable: true },
  type: { title: 'Type', filterable: true, sortable: true },
  priority: { title: 'Priority', filterable: true, sortable: true },
  group: { title: 'Group', filterable: true, sortable: true },
  assignee: { title: 'Assignee', filterable: true, sortable: true },
  organization: { title: 'Organization', filterable: true, sortable: true },
  brand: { title: 'Brand', filterable: true, sortable: true },
  ticket_form: { title: 'Form', filterable: true, sortable: true },
  satisfaction_score: { title: 'Satisfaction', filterable: true, sortable: true },
}
const ALIASES: Readonly<Record<string, string>> = {
  id: 'nice_id',
  ticket_id: 'nice_id',
  created_at: 'created',
  updated_at: 'updated',
  requester_id: 'requester',
  assignee_id: 'assignee',
  group_id: 'group',
  locale: 'locale_id',
}

/** The columns, groups and order of a view, as its record holds them. */
export type Output = {
  readonly columns: readonly string[]
  readonly group_by: string | null
  readonly group_order: string | null
  readonly sort_by: string | null
  readonly sort_order: string | null
}

/** The name that views give a column. */
export function columnName(name: unknown): string {
  const text = String(name)
  return ALIASES[text] ?? text
}

/** A column as `execution` shows it; custom fields with their own address. */
export function columnRow(store: Store, name: string): Row | undefined {
  const column = VIEW_COLUMNS[name]
  if (column !== undefined) {
    const { title, filterable, sortable } = column
    return { id: column.id ?? name, title, filterable, sortable }
  }
  const field = store.fields.get(Number(name.replace('custom_fields_', '')))
  if (field === undefined) return undefined
  const url = `${store.base}/api/v2/ticket_fields/${field.id}.json`
  return { id: field.id, title: field.title, type: field.type, url, filterable: true, sortable: true }
}

/** A view's row, in the order of real ones. */
export function viewRow(store: Store, entry: Entry): Row {
  const { url, id, title, active, updated_at, created_at, position, description, conditions, restriction } = entry
  return {
    url,
    id,
    title,
    active,
    updated_at,
    created_at,
    default: entry['default'],
    position,
    description,
    execution: executionRow(store, entry['output'] as Output),
    conditions,
    restriction,
    raw_title: entry['raw_title'],
  }
}

/** `execution` of a view. */
export function executionRow(store: Store, output: Output): Row {
  const { group_by, group_order, sort_by, sort_order } = output
  const ordered = (name: string | null, order: string | null): Row | null => {
    const column = name === null ? undefined : columnRow(store, name)
    return column === undefined ? null : { ...column, order }
  }
  const columns = output.columns.flatMap((name): Row[] => {
    const column = columnRow(store, name)
    return column === undefined ? [] : [column]
  })
  return {
    group_by,
    group_order,
    sort_by,
    sort_order,
    group: ordered(group_by, group_order),
    sort: ordered(sort_by, sort_order),
    columns,
    fields: columns.filter((column) => typeof column['id'] === 'string'),
    custom_fields: columns.filter((column) => typeof column['id'] === 'number'),
  }
}
