import type { AuditLog } from '../../generated/audit_logs.ts'
import { isoOf } from '../../model/time.ts'
import { datedList, FAR_AHEAD } from '../../zendesk/walks/incremental-list.ts'
import { defineStream } from '../define.ts'

/** https://developer.zendesk.com/api-reference/ticketing/account-configuration/audit_logs/#list-audit-logs */
export const auditLogs = defineStream<AuditLog>()({
  name: 'audit_logs',
  needs: 'An administrator, and Enterprise',
  cursorField: 'created_at',
  cursorFormat: 'iso',
  adminOnly: false,
  reads: {},
  walk: datedList({
    path: 'audit_logs',
    query: { sort: 'created_at' },
    since: (time) => ({ 'filter[created_at][]': [isoOf(time), FAR_AHEAD] }),
    orderField: 'created_at',
    timeField: 'created_at',
  }),
})
