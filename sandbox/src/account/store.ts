import type { Clock } from '../clock.ts'
import { type Agenda, createAgenda } from './agenda.ts'
import { createFiles, type StoredFiles } from './files/stored.ts'
import { FIRST_ID, ID_STRIDE, internalTicketId, metricEventAt, metricSetId } from './ids.ts'
import type { Firing, Mail } from './mails.ts'
import type { Audit, Field, FieldSet, Form, Rule, Ticket, Value } from './model.ts'
import { createIndex, type Index } from './ordered-index.ts'
import { createPeopleIndex, type PeopleIndex } from './people/indexes.ts'
import type { Group, Organization, User } from './people/model.ts'

import { createSharedValues, type SharedValues } from './shared-values.ts'
import { createTable, type Table, type TableOptions } from './table.ts'
import { createWatch, type Watch } from './watch.ts'

/** Closed tickets leave the live lists after this number of seconds (120 days). */
export const ARCHIVED_AFTER = 120 * 86_400

/** Everything the account holds, and the orders in which the API walks it. Only this folder's functions change it. */
export type Store = {
  readonly clock: Clock
  /** Origin of the URLs in rows, such as `http://127.0.0.1:8080`. */
  readonly base: string
  readonly nextId: () => number
  /** Future events. */
  readonly agenda: Agenda
  /** Grows with every change, so that answers can be kept as long as nothing has changed. */
  version: number
  /** Whether a restored ticket gets no audit of it. */
  restoresInSilence: boolean
  /** Called after changes. */
  readonly watch: Watch
  /** The table of this name, made when it is first asked for, with the options of that call. */
  readonly table: (name: string, options?: TableOptions) => Table
  /** All tables, by name. */
  readonly tables: ReadonlyMap<string, Table>
  /** By ticket id minus one: tickets never leave. */
  readonly tickets: Ticket[]
  readonly users: Map<number, User>
  readonly organizations: Map<number, Organization>
  readonly groups: Map<number, Group>
  readonly people: PeopleIndex
  readonly fields: Map<number, Field>
  readonly forms: Map<number, Form>
  /** Keys of the deleted fields and forms, which leave no row anywhere. */
  readonly deleted: { readonly fields: Set<number>; readonly forms: Set<number> }
  readonly rules: Rule[]
  /** The mails that would have been sent because of writes, in their order. */
  readonly mails: Mail[]
  /** The writes to tickets after which triggers ran, in their order. */
  readonly firings: Firing[]
  /** Ids of the custom statuses, by status. */
  readonly statuses: Map<string, number>
  readonly brand: number
  /** Uploaded files, and the scan results of any file. */
  readonly files: StoredFiles
  /** Audits of imported tickets, by id: their ids don't follow their times. */
  readonly imported: Map<number, Audit>
  readonly shared: SharedValues
  fieldSet: FieldSet
  readonly order: Orders
}

/** The orders. Metric events are held as numbers (`metricEventRef`), since they follow from their tickets' audits. */
export type Orders = {
  readonly ticketsById: Index<Ticket>
  readonly ticketsByGenerated: Index<Ticket>
  readonly ticketsByUpdated: Index<Ticket>
  readonly ticketsByCreation: Index<Ticket>
  readonly audits: Index<Audit>
  readonly metricEvents: Index<number>
  readonly usersById: Index<User>
  readonly usersByUpdated: Index<User>
  readonly organizationsById: Index<Organization>
  readonly organizationsByUpdated: Index<Organization>
  readonly organizationsByExport: Index<Organization>
}

/** A store with nothing in it. */
export function createStore(clock: Clock, base: string): Store {
  let id = FIRST_ID
  const nextId = () => {
    id += ID_STRIDE
    return id
  }
  const tables = new Map<string, Table>()
  const tickets: Ticket[] = []
  const touched = () => {
    store.version++
  }
  const store: Store = {
    clock,
    base,
    nextId,
    agenda: createAgenda(clock, touched),
    version: 1,
    restoresInSilence: false,
    watch: createWatch(),
    tables,
    table: (name, options = {}) => {
      const known = tables.get(name)
      if (known !== undefined) return known
      const table = createTable(name, options, { clock, base, nextId, touched })
      tables.set(name, table)
      return table
    },
    tickets,
    users: new Map(),
    organizations: new Map(),
    groups: new Map(),
    people: createPeopleIndex(clock),
    fields: new Map(),
    forms: new Map(),
    deleted: { fields: new Set(), forms: new Set() },
    rules: [],
    mails: [],
    firings: [],
    statuses: new Map(['new', 'open', 'pending', 'hold', 'solved'].map((status) => [status, nextId()])),
    brand: nextId(),
    files: createFiles(),
    imported: new Map(),
    shared: createSharedValues(),
    fieldSet: { ids: [], empty: [] },
    order: createOrders(tickets),
  }
  return store
}

function createOrders(tickets: readonly Ticket[]): Orders {
  const none = () => 0
  const ticketId = (ticket: Ticket) => ticket.id
  const userId = (user: User) => user.id
  const organizationId = (organization: Organization) => organization.id
  return {
    ticketsById: createIndex(none, ticketId),
    ticketsByGenerated: createIndex((ticket) => ticket.generated, ticketId),
    ticketsByUpdated: createIndex((ticket) => ticket.updated, internalTicketId),
    ticketsByCreation: createIndex((ticket) => -ticket.created, metricSetId),
    audits: createIndex(
      (audit) => audit.at,
      (audit) => audit.id,
    ),
    metricEvents: createIndex(
      (ref) => metricEventAt(tickets, ref).written,
      (ref) => ref,
    ),
    usersById: createIndex(none, userId),
    usersByUpdated: createIndex((user) => user.updated, userId),
    organizationsById: createIndex(none, organizationId),
    organizationsByUpdated: createIndex((organization) => organization.updated, organizationId),
    // A deletion shows in the export at its own time, though `updated_at` stays (seen so).
    organizationsByExport: createIndex(
      (organization) => Math.max(organization.updated, organization.deleted),
      organizationId,
    ),
  }
}

/** The ticket with this id, deleted or not. */
export function ticketOf(store: Store, id: number): Ticket | undefined {
  return store.tickets[id - 1]
}

/** Whether a ticket has left the live lists for the archive. */
export function isArchived(store: Store, ticket: Ticket): boolean {
  return ticket.closed > 0 && (ticket.archived || ticket.closed + ARCHIVED_AFTER <= store.clock.now())
}

/** Whether the live lists show a ticket. */
export function isListed(store: Store, ticket: Ticket): boolean {
  return ticket.deleted === 0 && !isArchived(store, ticket)
}

/** The custom fields as they are now, in the order in which tickets show them. */
export function currentFieldSet(store: Store): FieldSet {
  const custom = [...store.fields.values()].filter((field) => field.removable)
  return {
    ids: custom.map((field) => field.id),
    empty: custom.map((field): Value => (field.type === 'checkbox' ? false : null)),
  }
}
