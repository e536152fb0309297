// What webhooks brought to a connection while the hub runs.
import type { Hub } from '../console.ts'
import { written } from './connections.ts'
import {
  iso,
  listOf,
  NAME,
  type Operation,
  objectOf,
  orNull,
  reference,
  type Schema,
  TIME,
  text,
  whole,
  yesNo,
} from './operation.ts'

const MS = { description: 'Milliseconds from the change to the table, of the latest events; null: none came.' }

export const LIVE_ACTIVITY: Schema = objectOf({
  events: whole({ description: 'Followed since the hub runs.' }),
  records: whole({ description: 'That these events brought.' }),
  median_ms: orNull(whole(MS)),
  p99_ms: orNull(whole(MS)),
  deliveries: orNull({
    type: 'object',
    additionalProperties: whole(),
    description: 'How many deliveries were accepted, and how many were refused, by reason. null: nothing listens.',
  }),
  last: listOf(
    objectOf({
      kind: text({ description: 'tickets, users, organizations, articles, posts.' }),
      id: whole(),
      changed_at: orNull(TIME),
      is_deletion: yesNo({ description: 'Whether the event says that the record is deleted, or may be.' }),
      latency_ms: whole(),
    }),
  ),
})

export const liveEvents: readonly Operation[] = [
  {
    ...{
      id: 'showLiveActivity',
      method: 'get',
      path: '/connections/{name}/live-events',
      tag: 'Real time',
      role: 'viewer',
      status: 200,
    },
    summary: 'What webhooks brought since the hub runs: the last events, and how long they took.',
    params: NAME,
    answer: reference('LiveActivity'),
    refusals: { 404: 'There is no such connection.' },
    run(hub: Hub, { params }) {
      const { last, events, records, median, worst99, deliveries } = hub.liveEvents.of(
        written(hub, params['name']).name,
      )
      return {
        ...{ events, records, median_ms: median ?? null, p99_ms: worst99 ?? null, deliveries: deliveries ?? null },
        last: last.map(({ kind, id, at, isDeletion, latency }) => ({
          ...{ kind, id, changed_at: iso(at), is_deletion: isDeletion, latency_ms: latency },
        })),
      }
    },
  },
]
