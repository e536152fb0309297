// Generated from schemas/side_conversation_events.json by tools/generate.ts; not to be edited.

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
 * The message that was sent; null where the event only changed the conversation.
 */
export type SideConversationMessage = (null | {
/**
 * Subject of the message.
 */
subject?: (null | string)
/**
 * Beginning of the message, as plain text.
 */
preview_text?: (null | string)
/**
 * Text of the message.
 */
body?: (null | string)
/**
 * Text of the message as HTML.
 */
html_body?: (null | string)
from?: Participant1
/**
 * Who the message was sent to.
 */
to?: (null | Participant2[])
/**
 * Channel of the message, such as `support` or `email`.
 */
via?: (null | string)
/**
 * Ids in other systems, as text under names of their own.
 */
external_ids?: (null | {
[k: string]: unknown
})
/**
 * Files that came with the message.
 */
attachments?: (null | SideConversationAttachment[])
})
/**
 * One side of a side conversation: a user, an e-mail address, a channel, or a group of agents.
 */
export type Participant1 = (null | {
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
 * One side of a side conversation: a user, an e-mail address, a channel, or a group of agents.
 */
export type Participant2 = (null | {
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
export type SideConversationAttachment = (null | {
/**
 * Id of the file.
 */
id?: (null | string)
/**
 * Name of the file, with its extension.
 */
name?: (null | string)
/**
 * Name of the file, under its other key.
 */
file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * Width in pixels; null where the file is no image.
 */
width?: (null | number)
/**
 * Height in pixels; null where the file is no image.
 */
height?: (null | number)
/**
 * True where the file is shown inside the text.
 */
inline?: (null | boolean)
})

/**
 * One event of a side conversation: its beginning, a reply, or a change.
 */
export interface SideConversationEvent {
/**
 * Id of the event, a UUID.
 */
id: string
/**
 * Id of the side conversation, as in the stream side_conversations.
 */
side_conversation_id?: (null | string)
/**
 * Id of the ticket that the conversation belongs to.
 */
ticket_id?: (null | number)
/**
 * Kind of event: `create`, `reply`, `update` or `forward`.
 */
type?: (null | string)
/**
 * Channel of the event, such as `support`, `email` or `slack`.
 */
via?: (null | string)
actor?: Participant
message?: SideConversationMessage
/**
 * What the event changed of the conversation: `state`, `subject` or ids in other systems.
 */
updates?: (null | {
[k: string]: unknown
})
/**
 * When the event happened.
 */
created_at?: (null | string)
/**
 * Address of the event in the API.
 */
url?: (null | string)
}
