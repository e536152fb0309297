import type { Row } from '../account/model.ts'
import type { AccountPlan } from '../account/plan.ts'
import type { Store } from '../account/store.ts'

const API: Row = {
  accepted_api_agreement: true,
  api_password_access: 'false',
  api_token_access: 'true',
}

const BRANDING: Row = {
  favicon_url: null,
  header_color: '78A300',
  header_logo_url: null,
  page_background_color: '333333',
  tab_background_color: '7FA239',
  text_color: 'FFFFFF',
}

const CDN: Row = {
  cdn_provider: 'default',
  fallback_cdn_provider: 'cloudfront',
  hosts: [{ name: 'default', url: 'https://p18.zdassets.com' }],
}

const EMAIL: Row = {
  accept_wildcard_emails: true,
  custom_dkim_domain: true,
  email_sender_authentication: false,
  email_sender_authentication_profile: 'default',
  email_status: true,
  email_template_photos: false,
  email_template_section: true,
  gmail_actions: false,
  modern_email_template: true,
  no_mail_delimiter: true,
  personalized_replies: true,
  send_gmail_messages_via_gmail: true,
}

const LOTUS: Row = {
  pod_id: 18,
  prefer_lotus: true,
  reporting: true,
}

const TICKET_FORM: Row = {
  raw_ticket_forms_instructions: 'Please choose a request type below',
  ticket_forms_instructions: 'Please choose a request type below',
}

const USER: Row = {
  agent_created_welcome_emails: true,
  end_user_phone_number_validation: false,
  have_gravatars_enabled: true,
  language_selection: true,
  multiple_organizations: true,
  tagging: true,
  time_zone_selection: true,
}

/**
 * The account's settings, in Zendesk's groups, as the plan and the account make them.
 * Assumed (fact 363): the keys, which are those of Zendesk's documentation; and `custom_statuses_enabled`, which
 * clients read there.
 */
export function accountSettings(store: Store, { features }: AccountPlan): Row {
  return {
    active_features: activeFeatures(features),
    agents: {
      agent_home: false,
      agent_workspace: true,
      aw_self_serve_migration_enabled: true,
      focus_mode: false,
      idle_timeout_enabled: false,
      unified_agent_statuses: features.routing,
    },
    api: API,
    apps: { create_private: true, create_public: false, use: true },
    branding: BRANDING,
    brands: { default_brand_id: store.brand, require_brand_on_new_tickets: false },
    billing: { backend: 'zuora' },
    cdn: CDN,
    chat: { available: false, enabled: false, integrated: false, maximum_request_count: 1, welcome_message: '' },
    cross_sell: { show_chat_tooltip: false, xsell_source: null },
    email: EMAIL,
    google_apps: { has_google_apps: false, has_google_apps_admin: false },
    groups: { check_group_name_uniqueness: true },
    limits: { attachment_size: 52_428_800 },
    localization: { locale_ids: Array.from(store.table('locales').all(), ({ id }) => id) },
    lotus: LOTUS,
    metrics: { account_size: '1-19' },
    onboarding: { checklist_onboarding_version: 2, onboarding_segments: null, product_sign_up: null },
    routing: {
      autorouting_tag: '',
      enabled: features.routing,
      max_email_capacity: 0,
      max_messaging_capacity: 0,
      reassignment_messaging_enabled: true,
      reassignment_messaging_timeout: 30,
      reassignment_talk_timeout: 30,
    },
    rule: {
      macro_most_used: true,
      macro_order: 'alphabetical',
      skill_based_filtered_views: [],
      using_skill_based_routing: features.routing,
    },
    side_conversations: {
      email_channel: features.side_conversations,
      msteams_channel: false,
      show_in_context_panel: true,
      slack_channel: false,
      tickets_channel: features.side_conversations,
    },
    statistics: { forum: true, rule_usage: true, search: true },
    ticket_form: TICKET_FORM,
    tickets: tickets(features),
    twitter: { shorten_url: 'optional' },
    user: USER,
    voice: voice(features),
  }
}

function activeFeatures(features: AccountPlan['features']): Row {
  return {
    agent_forwarding: false,
    allow_ccs: true,
    allow_email_template_customization: true,
    automatic_answers: false,
    bcc_archiving: false,
    benchmark_opt_out: false,
    business_hours: features.schedules,
    chat: false,
    chat_about_my_ticket: false,
    csat_reason_code: true,
    custom_dkim_domain: true,
    customer_context_as_default: false,
    customer_satisfaction: features.satisfaction_ratings,
    dynamic_contents: true,
    explore: true,
    explore_on_support_ent_plan: false,
    explore_on_support_pro_plan: false,
    facebook: false,
    facebook_login: false,
    fallback_composer: false,
    forum_analytics: true,
    good_data_and_explore: false,
    google_login: false,
    is_abusive: false,
    light_agents: features.custom_roles,
    markdown: false,
    on_hold_status: true,
    organization_access_enabled: true,
    rich_content_in_emails: true,
    sandbox: false,
    satisfaction_prediction: false,
    suspended_ticket_notification: false,
    ticket_forms: features.ticket_forms,
    ticket_tagging: true,
    topic_suggestion: false,
    twitter: false,
    twitter_login: false,
    user_org_fields: true,
    user_tagging: true,
    voice: features.talk,
  }
}

function tickets(features: AccountPlan['features']): Row {
  return {
    accepted_new_collaboration_tos: true,
    agent_collision: true,
    agent_invitation_enabled: true,
    agent_ticket_deletion: false,
    allow_group_reset: true,
    assign_default_organization: true,
    assign_tickets_upon_solve: true,
    auto_translation_enabled: false,
    auto_updated_ccs_followers_rules: true,
    chat_sla_enablement: false,
    collaboration: true,
    comments_public_by_default: true,
    custom_statuses_enabled: features.custom_statuses,
    default_solved_ticket_reassignment_strategy: '',
    email_attachments: true,
    emoji_autocompletion: true,
    follower_and_email_cc_collaborations: true,
    has_color_text: true,
    is_first_comment_private_enabled: true,
    light_agent_email_ccs_allowed: false,
    list_empty_views: true,
    list_newest_comments_first: true,
    markdown_ticket_comments: false,
    maximum_personal_views_to_list: 8,
    modern_ticket_reassignment: true,
    private_attachments: false,
    rich_text_comments: true,
    show_modern_ticket_reassignment: false,
    status_hold: true,
    tagging: true,
    using_skill_based_routing: features.routing,
  }
}

function voice(features: AccountPlan['features']): Row {
  return {
    agent_confirmation_when_forwarding: true,
    agent_wrap_up_after_calls: true,
    enabled: features.talk,
    logging: true,
    maximum_queue_size: 5,
    maximum_queue_wait_time: 1,
    only_during_business_hours: false,
    outbound_enabled: true,
    recordings_public: true,
    uk_mobile_forwarding: true,
  }
}
