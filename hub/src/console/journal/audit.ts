// Who changed what, and when.
import { now } from '../../clock.ts'
import type { Journal } from './open.ts'

export interface AuditEntry {
  readonly id: number
  /** In milliseconds since 1970 (UTC). */
  readonly at: number
  readonly who: string
  readonly action: string
  readonly subject: string | null
  /** JSON of what was asked for, without secrets. */
  readonly detail: string | null
}

export const note = (journal: Journal, who: string, action: string, subject?: string, detail?: unknown): void =>
  void journal.run(
    'insert into audit (at, who, action, subject, detail) values (?, ?, ?, ?, ?)',
    ...[now(), who, action, subject ?? null, detail === undefined ? null : JSON.stringify(detail)],
  )

/** The newest first. */
export const auditOf = (
  journal: Journal,
  { before, limit }: { before?: number | undefined; limit: number },
): readonly AuditEntry[] =>
  journal.all<AuditEntry>(
    'select * from audit where (?1 is null or id < ?1) order by id desc limit ?2',
    before ?? null,
    limit,
  )
