// Generated from schemas/chat_agents.json by tools/generate.ts; not to be edited.

/**
 * One agent of Zendesk Chat.
 */
export interface ChatAgent {
/**
 * Id of the agent, which is that of the user.
 */
id: number
/**
 * Name that visitors see.
 */
display_name?: (null | string)
/**
 * First name of the agent.
 */
first_name?: (null | string)
/**
 * Last name of the agent.
 */
last_name?: (null | string)
/**
 * E-mail address of the agent.
 */
email?: (null | string)
/**
 * Whether the agent may sign in.
 */
enabled?: (null | boolean)
/**
 * Id of the role of the agent in Chat.
 */
role_id?: (null | number)
/**
 * Rights beside those of the role.
 */
roles?: (null | {
/**
 * True for an administrator of Chat.
 */
administrator?: (null | boolean)
/**
 * True for the owner of the account.
 */
owner?: (null | boolean)
})
/**
 * Ids of the departments of the agent.
 */
departments?: (null | (null | number)[])
/**
 * Ids of those departments that are in use.
 */
enabled_departments?: (null | (null | number)[])
/**
 * Ids of the skills of the agent.
 */
skills?: (null | (null | number)[])
/**
 * How often the agent has signed in.
 */
login_count?: (null | number)
/**
 * When the agent last signed in.
 */
last_login?: (null | string)
/**
 * When the agent was added.
 */
create_date?: (null | string)
}
