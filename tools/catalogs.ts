// Writes catalog/: ready configured catalogs, of the streams that every account has, as discovery shows them:
// `npm run generate`. A test holds the folder against what this gives, and against discovery.
import { catalogOf } from '../src/protocols/airbyte/catalog.ts'
import { streams } from '../src/streams/index.ts'

interface CatalogStream {
  readonly name: string
  readonly supported_sync_modes: readonly string[]
  readonly default_cursor_field?: readonly string[]
  readonly source_defined_primary_key?: readonly (readonly string[])[]
}

/** What each catalog is for, by the streams in it; what is in none of them is in `everything` all the same. */
const CATALOGS: Readonly<Record<string, readonly string[]>> = {
  /** How tickets are handled: by whom, how fast, how well. */
  helpdesk: [
    'tickets',
    'ticket_metrics',
    'ticket_comments',
    'ticket_audits',
    'ticket_metric_events',
    'ticket_field_history',
    'ticket_attachments',
    'side_conversations',
    'side_conversation_events',
    'satisfaction_ratings',
    'deleted_tickets',
    'suspended_tickets',
    'ticket_skips',
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
  /** Whom the account knows, and what they asked for. */
  crm: [
    'users',
    'user_identities',
    'user_fields',
    'organizations',
    'organization_fields',
    'organization_memberships',
    'groups',
    'group_memberships',
    'tickets',
    'satisfaction_ratings',
    'brands',
  ],
  /** The help center and its community. */
  content: [
    'categories',
    'sections',
    'articles',
    'article_translations',
    'article_comments',
    'article_comment_votes',
    'article_votes',
    'article_attachments',
    'labels',
    'user_segments',
    'topics',
    'posts',
    'post_comments',
    'post_comment_votes',
    'post_votes',
    'dynamic_content',
    'locales',
    'brands',
    'users',
  ],
  /** How the account is set up, and who changed that. */
  configuration: [
    'ticket_fields',
    'ticket_forms',
    'ticket_form_conditions_agent',
    'ticket_form_conditions_end_user',
    'custom_statuses',
    'user_fields',
    'organization_fields',
    'custom_roles',
    'groups',
    'group_memberships',
    'brands',
    'macros',
    'triggers',
    'automations',
    'views',
    'sla_policies',
    'schedules',
    'schedule_holidays',
    'account_attributes',
    'attribute_definitions',
    'dynamic_content',
    'locales',
    'recipient_addresses',
    'sharing_agreements',
    'targets',
    'webhooks',
    'job_statuses',
    'audit_logs',
    'categories',
    'sections',
    'user_segments',
    'topics',
    'phone_numbers',
    'lines',
    'talk_addresses',
    'greetings',
    'greeting_categories',
    'ivrs',
    'talk_settings',
  ],
  everything: streams.map(({ name }) => name),
}

/** Every catalog, by its file's name below catalog/. */
export function catalogFiles(): ReadonlyMap<string, string> {
  const { streams: shown } = catalogOf(streams, 'delete') as { readonly streams: readonly CatalogStream[] }
  const entries = new Map(shown.map((stream) => [stream.name, JSON.stringify(entryOf(stream))]))
  const files = Object.entries(CATALOGS).map(([name, chosen]): [string, string] => {
    const lines = chosen.map((stream) => {
      const entry = entries.get(stream)
      if (entry === undefined) throw new Error(`catalog/${name}.json: there is no stream ${stream}.`)
      return entry
    })
    return [`${name}.json`, `{"streams":[\n${lines.join(',\n')}\n]}\n`]
  })
  return new Map(files)
}

/** A stream as most connections read it: what changed, each row once. */
function entryOf(stream: CatalogStream): object {
  const { supported_sync_modes, default_cursor_field, source_defined_primary_key } = stream
  const isIncremental = supported_sync_modes.includes('incremental')
  return {
    stream,
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
    ...(default_cursor_field && { cursor_field: default_cursor_field }),
    ...(source_defined_primary_key && { primary_key: source_defined_primary_key }),
  }
}
