// Generated from schemas/chat_goals.json by tools/generate.ts; not to be edited.

export type GoalCondition = (null | {
/**
 * How it is compared, such as `equals`.
 */
operator?: (null | string)
/**
 * What is looked at, such as `url`.
 */
type?: (null | string)
/**
 * Value that it is compared with.
 */
value?: (null | string)
})

/**
 * One goal of Zendesk Chat: what visitors should do after a chat.
 */
export interface ChatGoal {
/**
 * Id of the goal.
 */
id: number
/**
 * Name of the goal.
 */
name?: (null | string)
/**
 * What the goal is.
 */
description?: (null | string)
/**
 * Whether it is counted.
 */
enabled?: (null | boolean)
/**
 * Which chat it is counted for: `first_touch` or `last_touch`.
 */
attribution_model?: (null | string)
/**
 * For how many days after a chat it is counted.
 */
attribution_period?: (null | number)
/**
 * When it is reached.
 */
settings?: (null | {
/**
 * Conditions that must hold.
 */
conditions?: (null | GoalCondition[])
})
}
