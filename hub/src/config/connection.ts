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
  /** By stream: the columns to read, beside its key and its cursor field. */
  readonly columns?: Readonly<Record<string, readonly string[]>> | undefined
  readonly deleted: Deleted
  readonly contracts: Contracts
  readonly publish?: string | undefined
  readonly tokens?: string | undefined
  /** Takes webhooks between two syncs. */
  readonly live?: LiveSettings | undefined
  /** `every 6h`, `every 15m`, `cron 30 2 * * *` in UTC, or `manual`. */
  readonly schedule?: string | undefined
  /** Where a sync that failed is reported: a POST of `{connection, error}`. */
  readonly notify?: string | undefined
  /** What is written back to Zendesk. */
  readonly writes?: readonly WriteSettings[] | undefined
}

/** Rows of a table or query that are written to Zendesk; see config.schema.json. */
export interface WriteSettings {
  readonly name: string
  readonly table?: string | undefined
  readonly query?: string | undefined
  readonly object: string
  readonly mode: WriteMode
  readonly key?: readonly string[] | undefined
  /** By column of the rows: the field. Left out: all columns, under their own names. */
  readonly columns?: Readonly<Record<string, string>> | undefined
  readonly audiences?: readonly Audience[] | undefined
  readonly schedule?: string | undefined
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

export type WriteMode = 'append' | 'append_dedup' | 'update' | 'soft_delete'

/** A column with a person's status in an audience, and the custom field or the tag that it is written to. */
export interface Audience {
  readonly name: string
  readonly field?: string | undefined
  readonly tag?: string | undefined
}

/** How the webhooks of an account are taken; see config.schema.json. */
export interface LiveSettings {
  /** The public address. */
  readonly url?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly folder?: string | undefined
  /** In seconds. */
  readonly window?: number | undefined
  /** A minute, of each kind. */
  readonly reads?: number | undefined
  /** A minute. */
  readonly lists?: number | undefined
}

/** What an account is read for. */
export type Capability = 'helpdesk' | 'crm' | 'content' | 'everything'

/** The streams of each, as in catalog/. */
const STREAMS: Readonly<Record<Exclude<Capability, 'everything'>, readonly string[]>> = {
  helpdesk: [
    'tickets',
    'ticket_metrics',
    'ticket_audits',
    'ticket_comments',
    'ticket_metric_events',
    'ticket_field_history',
    'ticket_attachments',
    'side_conversations',
    'side_conversation_events',
    'deleted_tickets',
    'suspended_tickets',
    'satisfaction_ratings',
    'satisfaction_reasons',
    'ticket_skips',
    'engagements',
    'ticket_fields',
    'ticket_forms',
    'custom_statuses',
    'tags',
    'users',
    'organizations',
    'groups',
    'group_memberships',
    'brands',
    'sla_policies',
    'schedules',
    'schedule_holidays',
    'calls',
    'call_legs',
    'phone_numbers',
  ],
  crm: [
    'users',
    'user_identities',
    'user_fields',
    'deleted_users',
    'organizations',
    'organization_fields',
    'organization_memberships',
    'organization_subscriptions',
    'groups',
    'group_memberships',
    'tickets',
    'satisfaction_ratings',
    'brands',
  ],
  content: [
    'categories',
    'category_translations',
    'sections',
    'section_translations',
    'labels',
    'content_tags',
    'user_segments',
    'permission_groups',
    'themes',
    'articles',
    'article_translations',
    'article_comments',
    'article_comment_votes',
    'article_votes',
    'article_attachments',
    'topics',
    'posts',
    'post_comments',
    'post_comment_votes',
    'post_votes',
    'badge_categories',
    'badges',
    'badge_assignments',
    'dynamic_content',
    'locales',
    'brands',
    'users',
  ],
}

/** The streams of a capability, as far as an account has them; undefined: all. */
export const streamsFor = (capability: Capability): readonly string[] | undefined =>
  capability === 'everything' ? undefined : STREAMS[capability]
