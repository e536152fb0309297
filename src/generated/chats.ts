// Generated from schemas/chats.json by tools/generate.ts; not to be edited.

export type ChatPage = (null | {
/**
 * Address of the page before.
 */
from?: (null | string)
/**
 * Address of the page.
 */
to?: (null | string)
/**
 * Title of the page.
 */
title?: (null | string)
/**
 * When the visitor came to the page.
 */
timestamp?: (null | string)
})
export type ChatEvent = (null | {
/**
 * What it is, such as `chat.msg`, `chat.memberjoin` or `chat.rating`.
 */
type?: (null | string)
/**
 * Who said or did it.
 */
name?: (null | string)
/**
 * Whether it was a visitor or an agent, with a number.
 */
nick?: (null | string)
/**
 * Who it came from: `Visitor`, `Agent` or `Trigger`.
 */
sender_type?: (null | string)
/**
 * Id of the agent.
 */
agent_id?: (null | number | string)
/**
 * What was said.
 */
msg?: (null | string)
/**
 * Id of the message.
 */
msg_id?: (null | string | number)
/**
 * Answers that could be clicked.
 */
options?: (null | string)
/**
 * When it was.
 */
timestamp?: (null | string)
/**
 * Channel of the chat.
 */
channel?: (null | string)
/**
 * Id of the department that it went to.
 */
department_id?: (null | number | string)
/**
 * Id of the department before.
 */
prev_department_id?: (null | number | string)
/**
 * Name of the department that it went to.
 */
department_name?: (null | string)
/**
 * Rating before.
 */
rating?: (null | string)
/**
 * Rating that was given.
 */
new_rating?: (null | string)
/**
 * Tags before.
 */
tags?: (null | (null | string)[])
/**
 * Tags that were set.
 */
new_tags?: (null | (null | string)[])
/**
 * Names of the skills that were asked for.
 */
skills_name?: (null | (null | string)[])
/**
 * Goal that was reached.
 */
conversion?: (null | {
[k: string]: unknown
})
})
export type ChatConversion = (null | {
/**
 * Id of the conversion.
 */
id?: (null | string)
/**
 * Id of the goal.
 */
goal_id?: (null | number)
/**
 * Name of the goal.
 */
goal_name?: (null | string)
/**
 * When it was reached.
 */
timestamp?: (null | string)
/**
 * Chat that it is counted for.
 */
attribution?: (null | {
/**
 * When that chat began.
 */
chat_timestamp?: (null | string)
/**
 * Id of its department.
 */
department_id?: (null | number)
/**
 * Name of its department.
 */
department_name?: (null | string)
/**
 * Id of its agent.
 */
agent_id?: (null | number)
/**
 * Name of its agent.
 */
agent_name?: (null | string)
})
})

/**
 * One chat with a visitor, or one message that a visitor left while nobody was there.
 */
export interface Chat {
/**
 * Id of the chat.
 */
id: string
/**
 * Whether it is a `chat` or an `offline_msg`.
 */
type?: (null | string)
/**
 * When it began.
 */
timestamp?: (null | string)
/**
 * When it was last changed.
 */
update_timestamp?: (null | string)
/**
 * When it ended.
 */
end_timestamp?: (null | string)
/**
 * Who began it: `visitor`, `agent` or `trigger`.
 */
started_by?: (null | string)
/**
 * The visitor.
 */
visitor?: (null | {
/**
 * Id of the visitor.
 */
id?: (null | string)
/**
 * Name of the visitor.
 */
name?: (null | string)
/**
 * E-mail address of the visitor.
 */
email?: (null | string)
/**
 * Telephone number of the visitor.
 */
phone?: (null | string)
/**
 * What agents noted about the visitor.
 */
notes?: (null | string)
})
/**
 * Where the visitor was.
 */
session?: (null | {
/**
 * Id of the session.
 */
id?: (null | string)
/**
 * Browser of the visitor.
 */
browser?: (null | string)
/**
 * Operating system of the visitor.
 */
platform?: (null | string)
/**
 * How the browser calls itself.
 */
user_agent?: (null | string)
/**
 * Address of the visitor in the internet.
 */
ip?: (null | string)
/**
 * Town of the visitor.
 */
city?: (null | string)
/**
 * Region of the visitor.
 */
region?: (null | string)
/**
 * Country of the visitor in two letters.
 */
country_code?: (null | string)
/**
 * Name of that country.
 */
country_name?: (null | string)
/**
 * When the session began.
 */
start_date?: (null | string)
/**
 * When the session ended.
 */
end_date?: (null | string)
})
/**
 * Pages that the visitor saw.
 */
webpath?: (null | ChatPage[])
/**
 * Id of the department that served it.
 */
department_id?: (null | number)
/**
 * Name of that department.
 */
department_name?: (null | string)
/**
 * Ids of the agents who took part, as text.
 */
agent_ids?: (null | (null | string)[])
/**
 * Names of the agents who took part.
 */
agent_names?: (null | (null | string)[])
/**
 * What was said and done, in order.
 */
history?: (null | ChatEvent[])
/**
 * How many messages there were.
 */
count?: (null | {
/**
 * How many altogether.
 */
total?: (null | number)
/**
 * How many from agents.
 */
agent?: (null | number)
/**
 * How many from the visitor.
 */
visitor?: (null | number)
})
/**
 * How long the visitor waited for answers, in seconds.
 */
response_time?: (null | {
/**
 * For the first one.
 */
first?: (null | number)
/**
 * On average.
 */
avg?: (null | number)
/**
 * The longest.
 */
max?: (null | number)
})
/**
 * How long it took, in seconds.
 */
duration?: (null | number)
/**
 * True where no agent answered.
 */
missed?: (null | boolean)
/**
 * True where the visitor left before an agent answered.
 */
dropped?: (null | boolean)
/**
 * True where no agent has read it.
 */
unread?: (null | boolean)
/**
 * True where a trigger spoke first.
 */
triggered?: (null | boolean)
/**
 * True where the visitor answered a trigger.
 */
triggered_response?: (null | boolean)
/**
 * Rating by the visitor: `good` or `bad`.
 */
rating?: (null | string)
/**
 * What the visitor wrote with the rating.
 */
comment?: (null | string)
/**
 * Tags of the chat.
 */
tags?: (null | (null | string)[])
/**
 * Goals that were reached after it.
 */
conversions?: (null | ChatConversion[])
/**
 * The message, where nobody was there.
 */
message?: (null | string)
/**
 * True for a chat that was deleted.
 */
deleted?: (null | boolean)
/**
 * Id of the ticket that was made of it.
 */
zendesk_ticket_id?: (null | number)
}
