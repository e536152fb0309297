import type { Config } from 'zendesk-connector'
import type { Contracts, Deleted, Mode } from '../load/target.ts'

/** An account, and where it goes: what one sync takes. */
export interface Connection {
  readonly name: string
  readonly source: Config
  readonly to: string
  readonly schema?: string | undefined
  /** Left out: those of the capability. */
  readonly streams?: readonly string[] | undefined
  readonly capability: Capability
  readonly mode?: Mode | undefined
  readonly modes: Readonly<Record<string, Mode>>
  readonly deleted: Deleted
  readonly contracts: Contracts
  readonly publish?: string | undefined
  readonly tokens?: string | undefined
  /** `every 6h`, or `cron 30 2 * * *` in UTC. */
  readonly schedule?: string | undefined
}

/** What an account is read for. */
export type Capability = 'helpdesk' | 'crm' | 'content' | 'everything'

const PEOPLE = [
  'users',
  'user_fields',
  'user_identities',
  'organizations',
  'organization_fields',
  'organization_memberships',
]
const STREAMS: Readonly<Record<Exclude<Capability, 'everything'>, readonly string[]>> = {
  helpdesk: [
    ...PEOPLE,
    'tickets',
    'ticket_comments',
    'ticket_audits',
    'ticket_metrics',
    'ticket_metric_events',
    'ticket_fields',
    'ticket_forms',
    'satisfaction_ratings',
    'groups',
    'group_memberships',
    'brands',
    'schedules',
    'schedule_holidays',
    'sla_policies',
    'custom_statuses',
    'tags',
  ],
  crm: [...PEOPLE, 'tickets', 'custom_object_records'],
  content: [
    'categories',
    'sections',
    'articles',
    'article_comments',
    'article_votes',
    'article_translations',
    'article_attachments',
    'labels',
    'topics',
    'posts',
    'post_comments',
    'post_votes',
    'user_segments',
  ],
}

/** The streams of a capability, as far as an account has them; undefined: all. */
export const streamsFor = (capability: Capability): readonly string[] | undefined =>
  capability === 'everything' ? undefined : STREAMS[capability]
