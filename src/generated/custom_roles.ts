// Generated from schemas/custom_roles.json by tools/generate.ts; not to be edited.

/**
 * What the role allows.
 */
export type RoleConfiguration = (null | {
/**
 * Whether agents may assign tickets to groups that they are not in.
 */
assign_tickets_to_any_group?: (null | boolean)
/**
 * Whether agents may decide who can choose a custom agent status.
 */
assign_agent_statuses?: (null | boolean)
/**
 * Whether agents may use Chat.
 */
chat_access?: (null | boolean)
/**
 * What agents may do with the records of custom objects, by the key of the object.
 */
custom_objects?: (null | {
[k: string]: unknown
})
/**
 * How agents may browse lists of customers: `none` or `full`.
 */
end_user_list_access?: (null | string)
/**
 * What agents may do with the profiles of customers, such as `edit`, `edit-within-org`, `full` or `readonly`.
 */
end_user_profile_access?: (null | string)
/**
 * What agents may do in Explore: `none`, `readonly`, `edit` or `full`.
 */
explore_access?: (null | string)
/**
 * What agents may do in the help center: `edit-topics`, `full` or `readonly`.
 */
forum_access?: (null | string)
/**
 * Whether agents may see help center content whatever its restrictions.
 */
forum_access_restricted_content?: (null | boolean)
/**
 * Whether agents may create and change groups.
 */
group_access?: (null | boolean)
/**
 * True for the role of light agents, who comment in private only.
 */
light_agent?: (null | boolean)
/**
 * What agents may do with macros: `full`, `manage-group`, `manage-personal` or `readonly`.
 */
macro_access?: (null | string)
/**
 * Whether agents may create and change automations.
 */
manage_automations?: (null | boolean)
/**
 * Whether agents may create and change business rules, schedules and the like.
 */
manage_business_rules?: (null | boolean)
/**
 * Whether agents may create and change workspaces.
 */
manage_contextual_workspaces?: (null | boolean)
/**
 * What agents may do with schedules that delete data, such as `none`, `view` or `full`.
 */
manage_deletion_schedules?: (null | string)
/**
 * Whether agents may create and change dynamic content.
 */
manage_dynamic_content?: (null | boolean)
/**
 * Whether agents may set up channels, apps and integrations.
 */
manage_extensions_and_channels?: (null | boolean)
/**
 * Whether agents may set up Facebook pages.
 */
manage_facebook?: (null | boolean)
/**
 * Whether agents may put others into groups.
 */
manage_group_memberships?: (null | boolean)
/**
 * Whether agents may create and change groups, where groups and memberships are granted apart.
 */
manage_groups?: (null | boolean)
/**
 * Whether agents may approve macros that Zendesk suggests.
 */
manage_macro_content_suggestions?: (null | boolean)
/**
 * Whether agents may create and change fields of organizations.
 */
manage_organization_fields?: (null | boolean)
/**
 * Whether agents may create and change organizations, where that is granted apart.
 */
manage_organizations?: (null | boolean)
/**
 * Which roles agents may change, such as `none` or `all-except-self`.
 */
manage_roles?: (null | string)
/**
 * Whether agents may set up skills for routing.
 */
manage_skills?: (null | boolean)
/**
 * Whether agents may create and change service level agreements.
 */
manage_slas?: (null | boolean)
/**
 * Whether agents may recover and delete suspended tickets.
 */
manage_suspended_tickets?: (null | boolean)
/**
 * What agents may do with other team members, such as `off`, `readonly` or `all-with-self-restriction`.
 */
manage_team_members?: (null | string)
/**
 * Whether agents may create and change ticket fields.
 */
manage_ticket_fields?: (null | boolean)
/**
 * Whether agents may create and change ticket forms.
 */
manage_ticket_forms?: (null | boolean)
/**
 * Whether agents may create and change triggers.
 */
manage_triggers?: (null | boolean)
/**
 * Whether agents may create and change fields of users.
 */
manage_user_fields?: (null | boolean)
/**
 * Whether agents may moderate what customers write in the help center.
 */
moderate_forums?: (null | boolean)
/**
 * Whether agents may create and change organizations.
 */
organization_editing?: (null | boolean)
/**
 * Whether agents may write notes on organizations.
 */
organization_notes_editing?: (null | boolean)
/**
 * Whether agents may see macros that Zendesk suggests.
 */
read_macro_content_suggestions?: (null | boolean)
/**
 * What agents may do with reports: `full`, `none` or `readonly`.
 */
report_access?: (null | string)
/**
 * Whether agents may begin side conversations.
 */
side_conversation_create?: (null | boolean)
/**
 * Which tickets agents may see: `all`, `assigned-only`, `within-groups`, `within-groups-and-public-groups` or `within-organization`.
 */
ticket_access?: (null | string)
/**
 * Whether agents may change many tickets at once.
 */
ticket_bulk_edit?: (null | boolean)
/**
 * Which comments agents may write: `public` or `none`, which means private ones only.
 */
ticket_comment_access?: (null | string)
/**
 * Whether agents may delete tickets.
 */
ticket_deletion?: (null | boolean)
/**
 * Whether agents may change the fields of tickets.
 */
ticket_editing?: (null | boolean)
/**
 * Whether agents may merge tickets.
 */
ticket_merge?: (null | boolean)
/**
 * Whether agents may redact what tickets say.
 */
ticket_redaction?: (null | boolean)
/**
 * Whether agents may change the tags of tickets.
 */
ticket_tag_editing?: (null | boolean)
/**
 * Whether agents may search on X, formerly Twitter.
 */
twitter_search_access?: (null | boolean)
/**
 * What agents may do with lists of customers that were saved: `full`, `manage-group`, `manage-personal`, `none` or `readonly`.
 */
user_view_access?: (null | string)
/**
 * What agents may do with views: `full`, `manage-group`, `manage-personal`, `playonly` or `readonly`.
 */
view_access?: (null | string)
/**
 * Whether agents may see deleted tickets.
 */
view_deleted_tickets?: (null | boolean)
/**
 * Whether agents may filter the tickets of a view.
 */
view_filter_tickets?: (null | boolean)
/**
 * Whether agents see how many tickets a view has rounded.
 */
view_reduced_count?: (null | boolean)
/**
 * Whether agents may take and make calls in Talk.
 */
voice_access?: (null | boolean)
/**
 * Whether agents may see the dashboard of Talk.
 */
voice_dashboard_access?: (null | boolean)
/**
 * Which tickets agents see in reports.
 */
explore_reports?: (null | {
/**
 * Which tickets: `all`, or a part of them.
 */
ticket_access?: (null | string)
/**
 * Tickets of which brands.
 */
brands_ticket_access?: (null | string)
/**
 * Tickets of which groups.
 */
groups_ticket_access?: (null | string)
/**
 * Ids of the brands, where some were chosen.
 */
ticket_access_selected_brands?: (null | (null | number)[])
/**
 * Ids of the groups, where some were chosen.
 */
ticket_access_selected_groups?: (null | (null | number)[])
})
/**
 * Whether agents may see the account's log of changes.
 */
view_audit_logs?: (null | boolean)
/**
 * Whether agents may change closed tickets.
 */
modify_closed_tickets?: (null | boolean)
/**
 * Whether agents may manage API tokens and OAuth clients.
 */
manage_api_credentials?: (null | boolean)
/**
 * What agents may do with rules of capacity: `none`, or more.
 */
capacity_rules_access?: (null | string)
/**
 * Whether agents may export views.
 */
export_views?: (null | boolean)
/**
 * Whether agents may manage requests for approval.
 */
manage_approval_requests?: (null | boolean)
/**
 * Whether agents may ban addresses, or what they may do with bans, such as `none`.
 */
manage_ip_bans?: (null | boolean | string)
/**
 * Whether agents may release attachments that were found malicious.
 */
manage_malicious_attachments?: (null | boolean)
/**
 * Whether agents may change their own picture.
 */
manage_user_own_photo?: (null | boolean)
/**
 * Whether agents may change their own name.
 */
update_user_own_name?: (null | boolean)
/**
 * Whether agents may assign tickets to any brand.
 */
assign_tickets_to_any_brand?: (null | boolean)
/**
 * Whether agents may change settings of tickets.
 */
manage_ticket_settings?: (null | boolean)
/**
 * Whether agents may manage apps of Support.
 */
manage_support_apps?: (null | boolean)
/**
 * Whether agents may change their own contacts.
 */
manage_user_own_contacts?: (null | boolean)
/**
 * Whether agents may change the numbers that their calls are forwarded to.
 */
manage_user_own_forwarding_numbers?: (null | boolean)
/**
 * Whether agents may change their own alias.
 */
update_user_own_alias?: (null | boolean)
/**
 * Whether agents may change their own signature.
 */
update_user_own_signature?: (null | boolean)
/**
 * Whether agents may change settings of the API.
 */
update_api_settings?: (null | boolean)
/**
 * Whether agents may see the log of accesses.
 */
view_access_logs?: (null | boolean)
/**
 * What agents may do with IT assets, such as `view`.
 */
it_asset_management_access?: (null | string)
/**
 * Whether agents may configure the management of IT assets.
 */
manage_it_asset_configuration?: (null | boolean)
/**
 * Whether agents may carry out actions on IT assets.
 */
execute_it_asset_management_actions?: (null | boolean)
/**
 * Whether agents may use the assistance in conversations.
 */
use_conversational_assistance?: (null | boolean)
[k: string]: unknown
})

/**
 * One role: what the agents who have it may do.
 */
export interface CustomRole {
/**
 * Id of the role, as in `custom_role_id` of a user.
 */
id: number
/**
 * Name of the role.
 */
name?: (null | string)
/**
 * What the role is for.
 */
description?: (null | string)
/**
 * Kind of the role: 0 made by the account, 1 light agent, 2 chat agent, 3 contributor, 4 administrator, 5 billing administrator.
 */
role_type?: (null | number)
/**
 * How many team members have the role.
 */
team_member_count?: (null | number)
configuration?: RoleConfiguration
/**
 * When the role was created.
 */
created_at?: (null | string)
/**
 * When the role was last changed.
 */
updated_at?: (null | string)
}
