// Generated from schemas/chat_shortcuts.json by tools/generate.ts; not to be edited.

/**
 * One shortcut of Zendesk Chat: a text that agents send by its name.
 */
export interface ChatShortcut {
/**
 * Id of the shortcut.
 */
id: string
/**
 * Name by which agents call it.
 */
name?: (null | string)
/**
 * Text that is sent.
 */
message?: (null | string)
/**
 * Answers that the visitor can click, divided by `/`.
 */
options?: (null | string)
/**
 * Whose it is: `all`, a department or an agent.
 */
scope?: (null | string)
/**
 * Tags that the chat is given.
 */
tags?: (null | (null | string)[])
/**
 * Ids of the departments that have it.
 */
departments?: (null | (null | number)[])
/**
 * Ids of the agents who have it.
 */
agents?: (null | (null | number)[])
}
