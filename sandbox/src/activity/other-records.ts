import { recordsOf } from '../account/custom-objects/objects.ts'
import { routingTables, setInstanceValues } from '../account/routing.ts'
import type { Entry } from '../account/table.ts'
import { isoTime } from '../iso-time.ts'
import { skipTable } from '../rows/skip.ts'
import { createAsides } from '../seed/tickets/side-conversations.ts'
import { generateSuspended } from '../seed/tickets/suspended.ts'
import { type Kinds, type Kit, on } from './kit.ts'

// Settings that have an order of their own.
const ORDERED = [
  ...['triggers', 'automations', 'views', 'sla_policies', 'user_fields', 'organization_fields'],
  ...['categories', 'sections', 'topics'],
]

/** Random changes of fields, forms, macros, custom objects' records, and of records that belong to tickets. */
export const OTHER_KINDS: Kinds = {
  createTicketField: [
    0.3,
    ({ account, random }) => {
      account.createTicketField({ type: random.pick(['text', 'checkbox', 'tagger']) })
      return true
    },
  ],
  updateTicketField: [
    0.6,
    ({ account, record, store, texts }) =>
      on(record(store.fields), ({ id }) => account.updateTicketField(id, { description: texts.note() })),
  ],
  deleteTicketField: [
    0.2,
    ({ account, record, store }) =>
      on(
        record(store.fields, (one) => one.removable),
        ({ id }) => account.deleteTicketField(id),
      ),
  ],
  createTicketForm: [
    0.3,
    ({ account }) => {
      account.createTicketForm()
      return true
    },
  ],
  updateTicketForm: [
    0.5,
    ({ account, record, store, texts }) =>
      on(record(store.forms), ({ id }) => account.updateTicketForm(id, { name: texts.subject() })),
  ],
  deleteTicketForm: [
    0.2,
    ({ account, record, store }) =>
      on(
        record(store.forms, (form) => !form.default),
        ({ id }) => account.deleteTicketForm(id),
      ),
  ],
  createMacro: [
    0.2,
    ({ account, entry, texts }) =>
      on(entry('macros'), ({ actions, restriction }) => {
        const title = texts.subject()
        const rest = { active: true, default: false, position: 9999, description: null, restriction }
        account.createRecord('macros', { title, raw_title: title, actions, ...rest })
      }),
  ],
  updateMacro: [
    0.5,
    ({ account, entry, random, texts }) =>
      on(entry('macros'), ({ id }) =>
        account.updateRecord('macros', id, { description: texts.note(), active: random.chance(0.9) }),
      ),
  ],
  deleteMacro: [0.1, ({ account, entry }) => on(entry('macros'), ({ id }) => account.deleteRecord('macros', id))],
  moveSetting: [
    1.5,
    ({ account, entry, random }) => {
      const table = random.pick(ORDERED)
      return on(entry(table), ({ id }) => account.updateRecord(table, id, { position: random.between(1, 99) }))
    },
  ],
  skillAgent: [
    0.4,
    ({ store, agent, random }) =>
      on(agent(), ({ id }) => {
        const known = [...routingTables(store).values.all()].map((value) => String(value.id))
        const values = random.some(known, random.between(0, 3))
        setInstanceValues(store, { kind: 'agent', instance: id, values, time: isoTime(store.clock.now()) })
      }),
  ],
  createObjectRecord: [
    0.8,
    (kit) =>
      onRecord(kit, (table, { created_at: _, updated_at: __, id: ___, ...values }) => {
        const name = `Record ${kit.store.nextId()}`
        kit.account.createRecord(table, { ...values, name, external_id: null })
      }),
  ],
  updateObjectRecord: [
    1,
    (kit) => onRecord(kit, (table, { id }) => kit.account.updateRecord(table, id, { name: kit.texts.subject() })),
  ],
  deleteObjectRecord: [0.3, (kit) => onRecord(kit, (table, { id }) => kit.account.deleteRecord(table, id))],
  suspendTicket: [
    1.5,
    ({ store, random, texts }) => {
      generateSuspended(store, random, { at: store.clock.now(), texts, nth: store.nextId() })
      return true
    },
  ],
  skipTicket: [
    0.7,
    ({ store, ticket, agent, texts }) =>
      on(
        ticket((one) => one.closed === 0 && one.deleted === 0),
        ({ id }) => skipTable(store).add({ ticket_id: id, user_id: agent()?.id ?? -1, reason: texts.note() }),
      ),
  ],
  beginSideConversation: [
    1.5,
    ({ store, random, ticket }) =>
      on(
        ticket((one) => one.closed === 0 && one.deleted === 0),
        ({ id }) => createAsides(store, random).begin(id, store.clock.nowMs()),
      ),
  ],
  replyToSideConversation: [
    1.5,
    (kit) => on(aside(kit), (one) => createAsides(kit.store, kit.random).reply(one, kit.store.clock.nowMs())),
  ],
  closeSideConversation: [
    0.6,
    (kit) => on(aside(kit, 'open'), (one) => createAsides(kit.store, kit.random).close(one, kit.store.clock.nowMs())),
  ],
}

function onRecord({ store, entry, random }: Kit, act: (table: string, record: Entry) => void): boolean {
  const object = entry('custom_objects', ({ id }) => recordsOf(store, String(id)).size() > 1)
  if (object === undefined) return false
  const records = recordsOf(store, String(object.id))
  act(records.name, random.pick([...records.all()]))
  return true
}

function aside({ store, entry }: Kit, state?: string): Entry | undefined {
  const lives = (id: unknown) => store.tickets[Number(id) - 1]?.deleted === 0
  return entry(
    'side_conversations',
    (one) => lives(one['ticket_id']) && (state === undefined || one['state'] === state),
  )
}
