// Generated from schemas/chat_triggers.json by tools/generate.ts; not to be edited.

/**
 * One trigger of Zendesk Chat: what happens by itself when a visitor does something.
 */
export interface ChatTrigger {
/**
 * Id of the trigger.
 */
id: number
/**
 * Name of the trigger.
 */
name?: (null | string)
/**
 * What the trigger is for.
 */
description?: (null | string)
/**
 * Whether it is in use.
 */
enabled?: (null | boolean)
/**
 * What it does, and when.
 */
definition?: (null | {
/**
 * What sets it off, such as `page_enter` or `chat_requested`.
 */
event?: (null | string)
/**
 * What must hold: a list of an operator and its operands, which may be such lists.
 */
condition?: (null | unknown[])
/**
 * What happens, each a list of an action and its values.
 */
actions?: (null | (null | unknown[])[])
/**
 * Version of the form of the definition.
 */
version?: (null | number)
/**
 * Editor in which it was made.
 */
editor?: (null | string)
})
}
