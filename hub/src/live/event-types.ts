// The events that the webhook subscribes to: https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
// Which of them an account has is not known before it is asked.

const TICKET = `created merged marked_as_spam soft_deleted undeleted permanently_deleted comment_added comment_made_private
comment_redacted attachment_linked_to_comment attachment_redacted_from_comment requester_changed submitter_changed
agent_assignment_changed group_assignment_changed email_ccs_changed followers_changed organization_changed status_changed
custom_status_changed priority_changed type_changed subject_changed description_changed tags_changed custom_field_changed
form_changed brand_changed external_id_changed task_due_at_changed problem_link_changed sla_policy_changed
ola_policy_changed next_sla_breach_changed schedule_changed csat_requested csat_received`
const USER = `created deleted merged active_changed alias_changed custom_field_changed custom_role_changed
default_group_changed details_changed external_id_changed identity_created identity_changed identity_deleted
last_login_changed name_changed notes_changed only_private_comments_changed photo_changed role_changed suspended_changed
tags_changed time_zone_changed`
const ARTICLE = `author_changed published unpublished comment_created comment_changed comment_published comment_unpublished
vote_created vote_changed vote_removed`
const POST = `created changed published unpublished comment_created comment_changed comment_published comment_unpublished
vote_created vote_changed vote_removed comment_vote_created comment_vote_changed`
const ORGANIZATION = 'created deleted custom_field_changed external_id_changed name_changed tags_changed'

const named = (family: string, names: string): readonly string[] =>
  names.split(/\s+/).map((name) => `${family}.${name}`)

/** Without their prefix. Left out are those that change no column: memberships, passwords, followers of articles. */
export const EVENT_TYPES: readonly string[] = [
  ...named('ticket', TICKET),
  ...named('user', USER),
  ...named('organization', ORGANIZATION),
  ...named('article', ARTICLE),
  ...named('community_post', POST),
]
