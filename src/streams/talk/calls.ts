import type { CallLeg } from '../../generated/call_legs.ts'
import type { Call } from '../../generated/calls.ts'
import type { Walk } from '../../model/stream.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineStream } from '../define.ts'

/**
 * Talk's exports, by the time of the last change; they have no `end_of_stream`. No header reports their own limit of ten
 * requests a minute: only a refusal says how long to wait.
 * https://developer.zendesk.com/api-reference/voice/talk-api/incremental_exports/
 */
const talkExport = (name: string, key: string): Walk =>
  timeExport({
    name,
    path: `channels/voice/stats/incremental/${key}`,
    key,
    sizedBy: 'limit',
    timeField: 'updated_at',
    lag: 60,
  })

export const calls = defineStream<Call>()({
  name: 'calls',
  needs: 'Talk',
  cursorField: 'updated_at',
  adminOnly: false,
  walk: talkExport('call_export', 'calls'),
  reads: {},
})

export const callLegs = defineStream<CallLeg>()({
  name: 'call_legs',
  needs: 'Talk',
  cursorField: 'updated_at',
  adminOnly: false,
  walk: talkExport('call_leg_export', 'legs'),
  reads: {},
})
