import type { Page, RecordData, Walk } from '../../model/stream.ts'
import { rowsOf } from '../../zendesk/walks/rows.ts'

/** A record that a ticket refers to: the field that names it, and the stream whose columns it has. */
interface Referred {
  readonly by: string
  readonly like: string
}

/**
 * Side-loads that stand beside the tickets, each record once: the columns that they become in a ticket.
 * https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
 */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Referred>>>> = {
  users: {
    requester: { by: 'requester_id', like: 'users' },
    submitter: { by: 'submitter_id', like: 'users' },
    assignee: { by: 'assignee_id', like: 'users' },
  },
  groups: { group: { by: 'group_id', like: 'groups' } },
  organizations: { organization: { by: 'organization_id', like: 'organizations' } },
  ticket_forms: { ticket_form: { by: 'ticket_form_id', like: 'ticket_forms' } },
  brands: { brand: { by: 'brand_id', like: 'brands' } },
  custom_statuses: { custom_status: { by: 'custom_status_id', like: 'custom_statuses' } },
  sharing_agreements: { sharing_agreements: { by: 'sharing_agreement_ids', like: 'sharing_agreements' } },
}

const KINDS = Object.entries(BESIDE)

/** The columns of a side-load that stands beside the tickets; undefined: Zendesk puts it into the tickets itself. */
export const columnsBeside = (include: string): Readonly<Record<string, Referred>> | undefined => BESIDE[include]

/** The walk of tickets, each with what its page has beside them: one record, or a list where the ticket names several. */
export const withSideLoads = (walk: Walk): Walk => ({
  ...walk,
  advance(page, position) {
    const { rows, ...rest } = walk.advance(page, position)
    return { ...rest, rows: embedded(rows, page) }
  },
})

/** Tickets, each with what their page has beside them. */
export function embedded(tickets: readonly RecordData[], page: Page): readonly RecordData[] {
  const here = KINDS.filter(([kind]) => page[kind] !== undefined)
  if (here.length === 0) return tickets
  const found = here.flatMap(([kind, columns]) => {
    const records = new Map(rowsOf(page, kind).map((record) => [record['id'], record]))
    const one = (id: unknown): RecordData | null => records.get(id) ?? null
    return Object.entries(columns).map(([name, { by }]) => [name, by, one] as const)
  })
  return tickets.map((ticket) => {
    const values: Record<string, unknown> = {}
    for (const [name, by, one] of found) {
      const id = ticket[by]
      values[name] = Array.isArray(id) ? id.map(one) : one(id)
    }
    // A ticket that was cut out of its page still is: what is set here is not in its text.
    return { ...ticket, ...values }
  })
}
