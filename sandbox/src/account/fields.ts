import type { Field, Option, Row } from './model.ts'
import type { Store } from './store.ts'

/** An option of a new drop-down field. */
export type Choice = readonly [name: string, value: string]

const LEVELS = ['Low', 'Normal', 'High', 'Urgent']

/** A field as it is right after its creation. `choices` are its options; a drop-down without any gets one. */
export function newField(
  store: Store,
  from: {
    type: string
    title: string
    created: number
    removable: boolean
    position: number
    choices?: readonly Choice[] | undefined
  },
): Field {
  const { type, title, created, removable, position } = from
  const hasChoices = type === 'tagger' || type === 'multiselect'
  const choices = from.choices ?? (hasChoices ? [['One', `one_${position}`] as const] : [])
  const options = choices.map(([name, value]): Option => ({ id: store.nextId(), name, value, default: false }))
  return {
    id: store.nextId(),
    created,
    updated: created,
    type,
    removable,
    title,
    description: '',
    position,
    active: true,
    required: false,
    options,
    extra: extraOf(type),
  }
}

function extraOf(type: string): Row {
  const choices = (names: readonly string[]) => names.map((name) => ({ name, value: name.toLowerCase() }))
  if (type === 'status') return { system_field_options: choices(['Open', 'Pending', 'Solved']), sub_type_id: 0 }
  if (type === 'tickettype') return { system_field_options: choices(['Question', 'Incident', 'Problem', 'Task']) }
  if (type === 'priority') return { system_field_options: choices(LEVELS), sub_type_id: 0 }
  if (type === 'lookup') return { relationship_target_type: 'zen:user', relationship_filter: { all: [], any: [] } }
  if (type === 'checkbox') return { tag: 'escalated' }
  if (type === 'regexp') return { regexp_for_validation: '\\A[A-Z]{2}\\d{2}[A-Z0-9]{4,30}\\z' }
  if (type === 'date') return { regexp_for_validation: '\\A([0-9]{4})-(1[0-2]|0[1-9])-(3[01]|[12][0-9]|0[1-9])\\z' }
  return {}
}
