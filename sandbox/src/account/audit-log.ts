import { isoTime } from '../iso-time.ts'
import type { Row } from './model.ts'
import type { Store } from './store.ts'
import type { Entry, Id, Table } from './table.ts'

/** The kinds of actions, as the API names them. */
export type AuditAction = 'create' | 'update' | 'destroy' | 'login' | 'exported'

/** One line of the audit log. */
export type AuditLine = {
  /** The user's id, or -1 for Zendesk itself. */
  readonly actor: number
  readonly action: AuditAction
  /** Zendesk's name of the kind: `rule`, `user`, `organization`, `account_setting` … */
  readonly sourceType: string
  readonly sourceId: Id
  /** `Trigger: Notify requester of update` */
  readonly sourceLabel: string
  /** The change in words; empty if absent. */
  readonly change?: string
  /** Null for actions of Zendesk itself. */
  readonly ip?: string | null
  /** Epoch seconds (UTC); now if absent. */
  readonly at?: number
}

const LABELS: Readonly<Record<AuditAction, string>> = {
  create: 'Created',
  update: 'Updated',
  destroy: 'Deleted',
  login: 'Signed in',
  exported: 'Exported',
}
// Assumed (fact 344): everyone calls from this machine.
const HERE = '127.0.0.1'

/** The table of the audit log's lines. */
export function auditLogs(store: Store): Table {
  return store.table('audit_logs', { path: ({ id }) => `/audit_logs/${id}`, row: lineRow })
}

/** Writes a line of the audit log. */
export function logAudit(store: Store, line: AuditLine): void {
  const { actor, action, sourceType, sourceId, sourceLabel, change = '', ip = actor === -1 ? null : HERE, at } = line
  auditLogs(store).add({
    action_label: LABELS[action],
    actor_id: actor,
    // Assumed (fact 344): a record with a textual id has a number inside, and the log has the number.
    source_id: typeof sourceId === 'number' ? sourceId : store.nextId(),
    source_type: sourceType,
    source_label: sourceLabel,
    action,
    change_description: change,
    ip_address: ip,
    created_at: isoTime(at ?? store.clock.now()),
    actor_name: actor === -1 ? 'Zendesk' : (store.users.get(actor)?.name ?? 'Unknown'),
  })
}

/** A change in the log's words: a line for each value that differs. */
export function changeInWords(before: Row, after: Row): string {
  const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
  return Object.entries(after)
    .filter(([key, value]) => key !== 'updated_at' && shown(before[key]) !== shown(value))
    .map(([key, value]) => {
      const name = key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ')
      return `${name} changed from ${shown(before[key])} to ${shown(value)}`
    })
    .join('\n')
}

function lineRow({ updated_at: _, actor_name, ...row }: Entry): Row {
  return { ...row, actor_name }
}
