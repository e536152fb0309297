// Which column points to which table: told by the columns' names, and where those do not tell, here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { streams } from '../src/streams/index.ts'

/** A column that holds the key, or the keys, of rows of another table. */
export interface Relation {
  readonly from: string
  readonly column: string
  readonly to: string
}

/** Columns that are called otherwise than the table that they point to. */
const POINTS_TO: Readonly<Record<string, string>> = {
  requester_id: 'users',
  submitter_id: 'users',
  assignee_id: 'users',
  author_id: 'users',
  updater_id: 'users',
  actor_id: 'users',
  agent_id: 'users',
  customer_id: 'users',
  creator_user_id: 'users',
  created_by_id: 'users',
  updated_by_id: 'users',
  non_author_editor_id: 'users',
  collaborator_ids: 'users',
  follower_ids: 'users',
  email_cc_ids: 'users',
  added_user_ids: 'users',
  problem_id: 'tickets',
  followup_ids: 'tickets',
  followup_source_id: 'tickets',
  merged_ticket_ids: 'tickets',
  audit_id: 'ticket_audits',
  comment_id: 'ticket_comments',
  parent_field_id: 'ticket_fields',
  child_field_id: 'ticket_fields',
  restricted_brand_ids: 'brands',
  default_group_id: 'groups',
  sms_group_id: 'groups',
  call_group_id: 'groups',
  parent_section_id: 'sections',
  default_locale_id: 'locales',
  default_greeting_ids: 'greetings',
}

/** The same of one table's column; null: its name is another table's, but it points to none. */
const POINTS_FROM: Readonly<Record<string, string | null>> = {
  'article_comments.source_id': 'articles',
  'article_translations.source_id': 'articles',
  'article_votes.item_id': 'articles',
  'article_comment_votes.item_id': 'article_comments',
  'post_votes.item_id': 'posts',
  'post_comment_votes.item_id': 'post_comments',
  'greetings.category_id': 'greeting_categories',
  'triggers.category_id': null,
  'ticket_events.id': 'ticket_audits',
}

interface Schemas {
  readonly [stream: string]: { readonly properties: Readonly<Record<string, unknown>> }
}

/** The tables that a column could be named after: `ticket_id`, `category_ids`. */
function namedAfter(column: string): readonly string[] {
  const [, stem] = /^(.+)_ids?$/.exec(column) ?? []
  return stem === undefined ? [] : [`${stem}s`, `${stem}es`, `${stem.replace(/y$/, '')}ies`, stem]
}

/** Every relation between the streams, by table and column in their order. */
export function relations(): readonly Relation[] {
  const schemas = JSON.parse(
    readFileSync(join(import.meta.dirname, '../src/generated/schemas.json'), 'utf8'),
  ) as Schemas
  const names = new Set(streams.map(({ name }) => name))
  return streams.flatMap(({ name: from }) =>
    Object.keys(schemas[from]?.properties ?? {}).flatMap((column): Relation[] => {
      const own = POINTS_FROM[`${from}.${column}`]
      if (own === null) return []
      const to = own ?? POINTS_TO[column] ?? namedAfter(column).find((name) => names.has(name))
      return to === undefined || !names.has(to) ? [] : [{ from, column, to }]
    }),
  )
}
