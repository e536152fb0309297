import { newField } from './fields.ts'
import type { Field, Form, Row } from './model.ts'
import { currentFieldSet, type Store } from './store.ts'

/** Changes of a ticket field. `extra` goes over the values that the field had under the same keys. */
export type FieldChanges = Partial<
  Pick<Field, 'title' | 'description' | 'position' | 'active' | 'required' | 'options' | 'extra'>
>
/** Changes of a ticket form. */
export type FormChanges = Partial<Omit<Form, 'id' | 'created' | 'updated'>>

/** The mutations of ticket fields and forms. Those that create give the id. */
export type SettingsMutations = {
  readonly createTicketField: (field?: FieldChanges & { readonly type?: string }) => number
  readonly updateTicketField: (id: number, changes: FieldChanges) => void
  /** The field leaves the forms too; tickets lose it when they are written next. */
  readonly deleteTicketField: (id: number) => void
  readonly createTicketForm: (form?: FormChanges) => number
  /** A form that becomes the default one takes the place of another. */
  readonly updateTicketForm: (id: number, changes: FormChanges) => void
  readonly deleteTicketForm: (id: number) => void
}

/** The mutations of a store's settings. */
export function settingsMutations(store: Store): SettingsMutations {
  return { ...fieldMutations(store), ...formMutations(store) }
}

function fieldMutations(
  store: Store,
): Pick<SettingsMutations, 'createTicketField' | 'updateTicketField' | 'deleteTicketField'> {
  const { clock, fields, forms } = store
  return {
    createTicketField: ({ type = 'text', title = 'Sandbox field', extra = {}, ...changes } = {}) => {
      const at = { created: clock.now(), removable: true, position: fields.size + 1 }
      const field = newField(store, { type, title, ...at })
      fields.set(field.id, Object.assign(field, changes, { extra: { ...field.extra, ...extra } }))
      store.fieldSet = currentFieldSet(store)
      return field.id
    },
    updateTicketField: (id, { extra, ...changes }) => {
      const field = known(fields, id)
      Object.assign(field, changes, { updated: clock.now() })
      if (extra !== undefined) field.extra = { ...field.extra, ...extra }
    },
    deleteTicketField: (id) => {
      if (!known(fields, id).removable) throw new Error(`Field ${id} is a system field.`)
      fields.delete(id)
      store.deleted.fields.add(id)
      store.fieldSet = currentFieldSet(store)
      const names = (condition: Row) =>
        condition['parent_field_id'] === id || JSON.stringify(condition).includes(`"id":${id}`)
      for (const form of forms.values()) {
        if (!form.fields.includes(id) && ![...form.agentConditions, ...form.endUserConditions].some(names)) continue
        form.fields = form.fields.filter((field) => field !== id)
        form.agentConditions = form.agentConditions.filter((condition) => !names(condition))
        form.endUserConditions = form.endUserConditions.filter((condition) => !names(condition))
        form.updated = clock.now()
      }
    },
  }
}

function formMutations(
  store: Store,
): Pick<SettingsMutations, 'createTicketForm' | 'updateTicketForm' | 'deleteTicketForm'> {
  const { clock, fields, forms } = store
  const onlyDefault = (id: number) => {
    for (const form of forms.values()) {
      if (form.id === id || !form.default) continue
      form.default = false
      form.updated = clock.now()
    }
  }
  return {
    createTicketForm: (given = {}) => {
      const id = store.nextId()
      const at = clock.now()
      const { name = `Form ${id}` } = given
      const form: Form = {
        id,
        created: at,
        updated: at,
        name,
        position: forms.size + 1,
        active: true,
        default: false,
        displayName: name,
        endUserVisible: false,
        brands: [],
        fields: [...fields.values()].filter((field) => !field.removable).map((field) => field.id),
        agentConditions: [],
        endUserConditions: [],
        ...given,
      }
      forms.set(id, form)
      if (form.default) onlyDefault(id)
      return id
    },
    updateTicketForm: (id, changes) => {
      const form = known(forms, id)
      if (form.default && changes.default === false) throw new Error(`Form ${id} is the default one.`)
      Object.assign(form, changes, { updated: clock.now() })
      if (form.default) onlyDefault(id)
    },
    deleteTicketForm: (id) => {
      // Assumed (fact 354): tickets keep its id.
      if (known(forms, id).default) throw new Error(`Form ${id} is the default one.`)
      forms.delete(id)
      store.deleted.forms.add(id)
    },
  }
}

function known<T>(items: ReadonlyMap<number, T>, id: number): T {
  const item = items.get(id)
  if (item === undefined) throw new Error(`There is no record ${id}.`)
  return item
}
