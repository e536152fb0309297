// Generated from schemas/ivr_menus.json by tools/generate.ts; not to be edited.

export type IvrRoute = (null | {
/**
 * Id of the route.
 */
id?: (null | number)
/**
 * Key that is pressed, or `default` where none is.
 */
keypress?: (null | string)
/**
 * What happens: `group`, `menu`, `phone_number`, `voicemail` and the like.
 */
action?: (null | string)
/**
 * Greeting that is heard.
 */
greeting?: (null | string)
/**
 * What the caller hears of it.
 */
option_text?: (null | string)
options?: IvrRouteOptions
/**
 * Where the call goes when nobody answers.
 */
overflow_options?: (null | (null | {
[k: string]: unknown
})[])
/**
 * Tags that the ticket of the call is given.
 */
tags?: (null | (null | string)[])
})
/**
 * Where the call goes.
 */
export type IvrRouteOptions = (null | {
/**
 * Ids of the groups that the call goes to.
 */
group_ids?: (null | (null | number)[])
/**
 * Number that the call goes to.
 */
phone_number?: (null | string)
/**
 * Id of the menu that comes next.
 */
menu_id?: (null | number)
/**
 * Text message that is sent.
 */
sms_text?: (null | string)
/**
 * Id of the number that sends it.
 */
textback_phone_number_id?: (null | number)
})

/**
 * One menu of a phone menu: what is heard at one point, and what its keys do.
 */
export interface IvrMenuRecord {
/**
 * Id of the menu.
 */
id: number
/**
 * Name of the menu.
 */
name?: (null | string)
/**
 * True for the menu that is heard first.
 */
default?: (null | boolean)
/**
 * Id of the greeting that is heard, as text.
 */
greeting_id?: (null | string)
/**
 * What happens when a key is pressed.
 */
routes?: (null | IvrRoute[])
/**
 * Id of the phone menu that it is part of.
 */
ivr_id?: (null | number)
}
