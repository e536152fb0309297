// Generated from schemas/chat_departments.json by tools/generate.ts; not to be edited.

/**
 * One department of Zendesk Chat: agents who serve chats together.
 */
export interface ChatDepartment {
/**
 * Id of the department.
 */
id: number
/**
 * Name of the department.
 */
name?: (null | string)
/**
 * What the department is for.
 */
description?: (null | string)
/**
 * True while the department is in use.
 */
enabled?: (null | boolean)
/**
 * Ids of its agents.
 */
members?: (null | (null | number)[])
/**
 * Settings of the department.
 */
settings?: (null | {
/**
 * True where it takes chats.
 */
chat_enabled?: (null | boolean)
/**
 * Id of the group of Support that it is.
 */
support_group_id?: (null | number)
/**
 * What becomes of a solved ticket on which the visitor writes again.
 */
solved_ticket_reassignment_strategy?: (null | string)
})
}
