import type { Sandbox, TruthStream } from '../../src/sandbox/index.ts'

type Row = Readonly<Record<string, unknown>>

/** What a warehouse should hold of a stream, by key; where the account has no such kind, made of what it has. */
export function rowsExpected(sandbox: Sandbox, stream: string): ReadonlyMap<string, Row> {
  const truth = (name: string): readonly Row[] => [...sandbox.account.truth(name as TruthStream).live.values()]
  switch (stream) {
    case 'ticket_field_history':
      return keyed(truth('ticket_audits').flatMap(changesIn), ['id', 'field_name'])
    case 'ticket_attachments':
      return keyed(truth('ticket_comments').flatMap(filesOf), ['id', 'comment_id'])
    default:
      return new Map([...sandbox.account.truth(stream as TruthStream).live].map(([key, row]) => [String(key), row]))
  }
}

/**
 * Columns that hold a copy of another record, as it was when the row was read: that one changes without this one.
 */
export const COPIES: Readonly<Record<string, readonly string[]>> = {
  ticket_skips: ['ticket'],
  ticket_activities: ['user', 'actor', 'target', 'title', 'object'],
}

/** Which rows an incremental sync keeps true, as the stream's declaration says. */
export function isToldRow(stream: string, now: number): (row: Row) => boolean {
  // A rating that changes, or comes back with its ticket, 60 days after it was offered is told by a full refresh only.
  if (stream !== 'satisfaction_ratings') return () => true
  return (row) => Date.parse(String(row['created_at'])) / 1000 > now - 59 * 86_400
}

/** Whether this row has gone in a way that Zendesk tells nobody, so that only a full refresh takes it out. */
export function isUntold(sandbox: Sandbox, stream: string, key: string, row: Row): boolean {
  const truth = (name: string) => sandbox.account.truth(name as TruthStream)
  switch (stream) {
    case 'user_identities':
    case 'satisfaction_ratings':
    case 'articles':
      return truth(stream).deleted.has(Number(key))
    case 'ticket_activities':
      // Too old to be listed, or of a ticket that was deleted.
      return true
    case 'ticket_attachments': {
      // The events of a ticket that was purged name its comments, but not their files.
      const ticket = Number(row['ticket_id'])
      return truth('tickets').deleted.has(ticket) && !truth('deleted_tickets').live.has(ticket)
    }
    default:
      return false
  }
}

const keyed = (rows: readonly Row[], key: readonly string[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [key.map((field) => String(row[field])).join('/'), row]))

/** The audits tell the same changes as the export of events, in another form. */
function changesIn({ id, ticket_id, author_id, created_at, events }: Row): readonly Row[] {
  return (events as readonly Row[])
    .filter(({ type }) => type === 'Create' || type === 'Change')
    .map((event) => ({
      id: event['id'],
      field_name: event['field_name'],
      ticket_id,
      value: textOf(event['value']),
      previous_value: textOf(event['previous_value']),
      event_type: event['type'],
      updated_at: created_at,
      user_id: author_id,
      audit_id: id,
    }))
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

const filesOf = ({ id, ticket_id, created_at, attachments }: Row): readonly Row[] =>
  ((attachments ?? []) as readonly Row[]).map((file) => ({ ...file, comment_id: id, ticket_id, created_at }))
