// Generated from schemas/side_conversations.json by tools/generate.ts; not to be edited.

/**
 * One side of a side conversation: a user, an e-mail address, a channel, or a group of agents.
 */
export type Participant = (null | {
/**
 * Id of the user, where Zendesk knows one.
 */
user_id?: (null | number)
/**
 * Name of the user.
 */
name?: (null | string)
/**
 * E-mail address.
 */
email?: (null | string)
/**
 * Id of the group, where a child ticket went to one.
 */
group_id?: (null | number)
/**
 * Id of the Slack workspace, for a side conversation in Slack.
 */
slack_workspace_id?: (null | string)
/**
 * Id of the Slack channel.
 */
slack_channel_id?: (null | string)
/**
 * Id of the Microsoft Teams channel, for a side conversation in Teams.
 */
msteams_channel_id?: (null | string)
/**
 * Id of the group that a child ticket was opened for.
 */
support_group_id?: (null | number | string)
/**
 * Id of the agent that a child ticket was opened for.
 */
support_agent_id?: (null | number | string)
})

/**
 * One conversation with others on the side of a ticket: by e-mail, in Slack or Teams, or in a child ticket.
 */
export interface SideConversation {
/**
 * Id of the side conversation, a UUID.
 */
id: string
/**
 * Id of the ticket that the conversation belongs to.
 */
ticket_id?: (null | number)
/**
 * Subject of the conversation.
 */
subject?: (null | string)
/**
 * Beginning of the last message, as plain text.
 */
preview_text?: (null | string)
/**
 * `open` or `closed`.
 */
state?: (null | string)
/**
 * Who takes part.
 */
participants?: (null | Participant[])
/**
 * Ids in other systems, as text under names of their own; `targetTicketId` names the child ticket.
 */
external_ids?: (null | {
[k: string]: unknown
})
/**
 * When the conversation began.
 */
created_at?: (null | string)
/**
 * When the conversation last changed.
 */
updated_at?: (null | string)
/**
 * When the last message was sent.
 */
message_added_at?: (null | string)
/**
 * When the conversation was last opened or closed.
 */
state_updated_at?: (null | string)
/**
 * Address of the conversation in the API.
 */
url?: (null | string)
}
