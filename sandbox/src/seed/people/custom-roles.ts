import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

const FULL: Row = {
  chat_access: true,
  end_user_list_access: 'full',
  forum_access_restricted_content: false,
  light_agent: false,
  manage_business_rules: true,
  manage_dynamic_content: true,
  manage_extensions_and_channels: true,
  manage_facebook: true,
  moderate_forums: false,
  side_conversation_create: true,
  ticket_access: 'all',
  ticket_comment_access: 'public',
  ticket_deletion: true,
  ticket_tag_editing: true,
  twitter_search_access: false,
  view_deleted_tickets: true,
  voice_access: true,
  group_access: true,
  organization_editing: true,
  organization_notes_editing: true,
  assign_tickets_to_any_group: false,
  end_user_profile_access: 'full',
  explore_access: 'edit',
  forum_access: 'full',
  macro_access: 'full',
  report_access: 'full',
  ticket_editing: true,
  ticket_merge: true,
  user_view_access: 'full',
  view_access: 'full',
  voice_dashboard_access: true,
  manage_automations: true,
  manage_contextual_workspaces: true,
  manage_groups: true,
  manage_group_memberships: true,
  manage_organizations: true,
  manage_organization_fields: true,
  manage_skills: true,
  manage_slas: true,
  manage_suspended_tickets: true,
  manage_ticket_fields: true,
  manage_ticket_forms: true,
  manage_triggers: true,
  manage_user_fields: true,
  ticket_redaction: true,
  manage_macro_content_suggestions: false,
  read_macro_content_suggestions: false,
  view_reduced_count: false,
  view_filter_tickets: true,
  manage_roles: 'all-except-self',
  manage_deletion_schedules: 'none',
  assign_agent_statuses: false,
  custom_objects: {},
  // Since 2025 (fact 432).
  it_asset_management_access: 'view',
  manage_ip_bans: 'none',
  manage_ticket_settings: true,
  manage_user_own_contacts: false,
  manage_user_own_forwarding_numbers: false,
  update_user_own_alias: false,
  update_user_own_signature: false,
}
const LESS: Row = Object.fromEntries(
  Object.entries(FULL).map(([key, value]) => [key, key.startsWith('manage_') && value === true ? false : value]),
)

/** The configuration of a role: what a new agent may do, with changes. */
export function roleConfiguration(changes: Row): Row {
  const known = Object.entries(changes).filter(([key]) => key in FULL)
  return { ...LESS, manage_roles: 'none', ...Object.fromEntries(known) }
}

/** Declares custom roles and writes those of an Enterprise account, with one of its own. Role types as in users. */
export function generateCustomRoles(store: Store, random: Random, created: number): void {
  const roles = store.table('custom_roles', {
    row: ({ id, name, description, role_type, created_at, updated_at, configuration }) => ({
      id,
      name,
      description,
      role_type,
      created_at,
      updated_at,
      configuration,
      team_member_count: [...store.users.values()].filter((user) => user.customRole === id && !user.deleted).length,
    }),
  })
  const light = {
    light_agent: true,
    ticket_comment_access: 'none',
    ticket_editing: false,
    ticket_access: 'within-groups',
  }
  const list: readonly [name: string, role_type: number, description: string, configuration: Row][] = [
    ['Administrator', 4, 'Can manage all settings, except billing.', { ...FULL, manage_roles: 'all' }],
    ['Billing admin', 5, 'Can manage all settings, including billing.', { ...FULL, manage_roles: 'all' }],
    ['Light agent', 1, 'Can view and add private comments to tickets.', roleConfiguration(light)],
    ['Contributor', 3, 'Can provide limited support.', roleConfiguration({ ...light, light_agent: false })],
    ['Staff', 0, "A Staff agent's primary role is to solve tickets", roleConfiguration({})],
    [
      '指导专员 🧑‍🏫',
      0,
      '可自动处理工单工作流程、管理渠道并对工单添加私密评论',
      roleConfiguration({ manage_triggers: true, manage_slas: true, view_access: 'playonly' }),
    ],
  ]
  for (const [nth, [name, role_type, description, configuration]] of list.entries()) {
    const at = created + nth
    const updated_at = isoTime(random.chance(0.5) ? at : at + random.between(60, 300 * 86_400))
    roles.add({ name, description, role_type, configuration, created_at: isoTime(at), updated_at })
  }
}
