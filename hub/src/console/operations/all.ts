// All operations, and the shapes that their descriptions refer to.
import { activity, LIMIT, SYNC_STREAM } from './activity.ts'
import { CHANGED_CONNECTION, connections, NEW_CONNECTION } from './connections.ts'
import { type Consents, consentOperations } from './consent.ts'
import { data, FRESHNESS } from './data.ts'
import { FLEET_ACCOUNT, fleet } from './fleet.ts'
import { LIVE_ACTIVITY, liveEvents } from './live-events.ts'
import type { Operation, Schema } from './operation.ts'
import { programs } from './programs.ts'
import { REPORT, report } from './report.ts'
import { searches } from './searches.ts'
import { STREAM, streams } from './streams.ts'
import { TEST } from './test-connection.ts'
import { CONNECTION, SYNC } from './views.ts'
import { WEBHOOK, webhooks } from './webhooks.ts'
import { writeRuns } from './write-runs.ts'
import { DIFFERENCE, REJECTED, WRITABLE, WRITE, WRITE_RUN, WRITE_SETTINGS } from './write-views.ts'
import { writes } from './writes.ts'

export const allOperations = (consents: Consents): readonly Operation[] => [
  ...connections,
  ...consentOperations(consents),
  ...streams,
  ...searches,
  ...data,
  ...report,
  ...activity,
  ...webhooks,
  ...writes,
  ...writeRuns,
  ...fleet,
  ...liveEvents,
  ...programs,
]

export const SHAPES: Readonly<Record<string, Schema>> = {
  Connection: CONNECTION,
  NewConnection: NEW_CONNECTION,
  ChangedConnection: CHANGED_CONNECTION,
  Test: TEST,
  Stream: STREAM,
  Freshness: FRESHNESS,
  Report: REPORT,
  Sync: SYNC,
  SyncStream: SYNC_STREAM,
  Limit: LIMIT,
  Webhook: WEBHOOK,
  Write: WRITE,
  WriteSettings: WRITE_SETTINGS,
  WriteRun: WRITE_RUN,
  Difference: DIFFERENCE,
  RejectedRow: REJECTED,
  Writable: WRITABLE,
  FleetAccount: FLEET_ACCOUNT,
  LiveActivity: LIVE_ACTIVITY,
  Refusal: {
    type: 'object',
    properties: { error: { type: 'string', description: 'What is wrong and what to do, in words.' } },
    required: ['error'],
    additionalProperties: false,
  },
}
