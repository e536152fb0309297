// Generated from schemas/ivr_routes.json by tools/generate.ts; not to be edited.

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
 * One key of a menu of a phone menu: what happens when it is pressed.
 */
export interface IvrRouteRecord {
/**
 * Id of the route.
 */
id: number
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
/**
 * Id of the phone menu.
 */
ivr_id?: (null | number)
/**
 * Id of the menu that it is part of.
 */
ivr_menu_id?: (null | number)
}
