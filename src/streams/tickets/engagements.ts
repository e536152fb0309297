import type { Engagement } from '../../generated/engagements.ts'
import { engagementList } from '../../zendesk/walks/engagement-list.ts'
import { defineStream } from '../define.ts'

/** Its times are in UTC and do not say so (fact 290); columns with times do. */
const inUtc = (time: string | null | undefined): string | null | undefined =>
  time && /T[\d:.]+$/.test(time) ? `${time}Z` : time

/** Rows leave after 90 days, which is no deletion. */
export const engagements = defineStream<Engagement>()({
  name: 'engagements',
  needs: 'An administrator, and an account with omnichannel routing',
  primaryKey: ['engagement_id'],
  cursorField: 'engagement_end_time',
  cursorFormat: 'iso',
  adminOnly: false,
  walk: engagementList,
  reads: { engagement_start_time: true, engagement_end_time: true },
  adds: {
    engagement_start_time: ({ engagement_start_time }) => inUtc(engagement_start_time),
    engagement_end_time: ({ engagement_end_time }) => inUtc(engagement_end_time),
  },
})
