import { type Choice, newField } from '../../account/fields.ts'
import type { Field, Form, Value } from '../../account/model.ts'
import { currentFieldSet, type Store } from '../../account/store.ts'
import type { Random } from '../../random.ts'
import { generateCustomStatuses } from './custom-statuses.ts'

const SYSTEM: readonly [type: string, title: string][] = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
  ['custom_status', 'Ticket status'],
]
const CUSTOM: readonly [type: string, title: string][] = [
  ['tagger', 'Team'],
  ['multiselect', 'Options'],
  ['checkbox', 'Escalated'],
  ['text', 'Order number'],
  ['textarea', 'Steps 🪜 to reproduce'],
  ['date', 'Purchase date'],
  ['integer', 'Seats'],
  ['decimal', 'Betrag (€)'],
  ['regexp', 'IBAN'],
  ['partialcreditcard', 'Card'],
  ['lookup', 'Account owner'],
  ['tagger', '升级原因'],
  ['text', 'Old and switched off'],
]
const OPTIONS: Readonly<Record<string, readonly Choice[]>> = {
  Team: [
    ['Billing::Invoices', 'billing_team'],
    ['Billing::Refunds', 'refund_team'],
    ['Technical', 'technical'],
  ],
  Options: [
    ['A', 'opt_a'],
    ['B', 'opt_b'],
    ['Ç & <D>', 'opt_c'],
  ],
  升级原因: [
    ['产品引起了重大事故', 'major_accident'],
    ['测试', 'test'],
  ],
}
/** Writes the ticket fields, system ones and one or more of every custom type, and the forms that use them. */
export function generateFields(store: Store, random: Random, created: number): void {
  for (const [nth, [type, title]] of [...SYSTEM, ...CUSTOM].entries()) {
    const removable = nth >= SYSTEM.length
    const field = newField(store, {
      type,
      title,
      created: created + nth,
      removable,
      position: nth + 1,
      choices: OPTIONS[title],
    })
    field.active = !title.startsWith('Old')
    if (random.chance(0.4)) field.updated += random.between(60, 700 * 86_400)
    store.fields.set(field.id, field)
  }
  store.fieldSet = currentFieldSet(store)
  generateCustomStatuses(store, random, created)
  generateForms(store, created)
}

function generateForms(store: Store, created: number): void {
  const fields = [...store.fields.values()]
  const id = (title: string) => fields.find((field) => field.title === title)?.id ?? 0
  const names = ['Default Ticket Form', 'Refunds 💶', '客户提交问题', 'Switched off']
  for (const [nth, name] of names.entries()) {
    const form: Form = {
      id: store.nextId(),
      created: created + 100 + nth,
      updated: created + 100 + nth * 86_400,
      name,
      position: nth + 1,
      active: name !== 'Switched off',
      default: nth === 0,
      displayName: nth === 2 ? '' : name,
      endUserVisible: nth < 2,
      brands: nth === 1 ? [store.brand] : [],
      fields: fields.filter((field, at) => !field.removable || (at + nth) % 2 === 0).map((field) => field.id),
      agentConditions:
        nth === 1
          ? [
              {
                parent_field_id: id('Team'),
                parent_field_type: 'tagger',
                value: 'billing_team',
                child_fields: [
                  {
                    id: id('Options'),
                    is_required: false,
                    required_on_statuses: { type: 'SOME_STATUSES', statuses: ['solved'] },
                  },
                  { id: id('Escalated'), is_required: true, required_on_statuses: { type: 'ALL_STATUSES' } },
                ],
              },
            ]
          : [],
      endUserConditions:
        nth === 1
          ? [
              {
                parent_field_id: id('Team'),
                parent_field_type: 'tagger',
                value: 'billing_team',
                child_fields: [{ id: id('Options'), is_required: true }],
              },
            ]
          : [],
    }
    store.forms.set(form.id, form)
  }
}

/** A value that a custom field of this type can hold; lookups point to `someone`. */
export function fieldValue(random: Random, field: Field, someone: number): Value {
  switch (field.type) {
    case 'tagger':
      return random.pick(field.options).value
    case 'multiselect':
      return random.some(field.options, random.between(1, 3)).map((option) => option.value)
    case 'checkbox':
      return true
    case 'date':
      return random.pick(['2024-02-29', '1999-12-31', '2025-06-15', '0001-01-01'])
    case 'integer':
      // Assumed (fact 352): whole numbers come as numbers in newer tickets and as text in older ones.
      return random.pick([0, 7, -1, '42', 2_147_483_648])
    case 'decimal':
      return random.pick(['12.5', '0.1', '-3.0', '1000000.01'])
    case 'regexp':
      return 'DK5000400440116243'
    case 'partialcreditcard':
      return 'XXXXXXXXXXXX4242'
    case 'lookup':
      return String(someone)
    default:
      return random.pick(['A-1001', 'ü/ß "quoted"', '  padded  ', '🧾 42', 'line\nbreak', 'x'.repeat(400)])
  }
}
