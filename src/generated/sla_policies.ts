// Generated from schemas/sla_policies.json by tools/generate.ts; not to be edited.

/**
 * A comparison of one field with a value.
 */
export type Condition = (null | {
/**
 * Field that is looked at.
 */
field?: (null | string)
/**
 * How it is compared, such as `is`, `is_not` or `includes`.
 */
operator?: (null | string)
/**
 * Value that it is compared with.
 */
value?: (null | string | number | boolean | unknown[])
})
/**
 * A comparison of one field with a value.
 */
export type Condition1 = (null | {
/**
 * Field that is looked at.
 */
field?: (null | string)
/**
 * How it is compared, such as `is`, `is_not` or `includes`.
 */
operator?: (null | string)
/**
 * Value that it is compared with.
 */
value?: (null | string | number | boolean | unknown[])
})
export type PolicyMetric = (null | {
/**
 * Priority of the tickets that the promise is made for.
 */
priority?: (null | string)
/**
 * Time that is measured, such as `first_reply_time` or `requester_wait_time`.
 */
metric?: (null | string)
/**
 * Time that is promised, in minutes.
 */
target?: (null | number)
/**
 * Time that is promised, in seconds.
 */
target_in_seconds?: (null | number)
/**
 * True where only business hours count.
 */
business_hours?: (null | boolean)
})

/**
 * One service level agreement: how soon tickets of a kind are to be answered and solved.
 */
export interface SlaPolicy {
/**
 * Id of the agreement.
 */
id: number
/**
 * Title of the agreement.
 */
title?: (null | string)
/**
 * What the agreement is for.
 */
description?: (null | string)
/**
 * Place of the agreement among the others: the first one that fits a ticket holds.
 */
position?: (null | number)
/**
 * Which tickets the agreement holds for.
 */
filter?: (null | {
/**
 * Conditions that must all hold.
 */
all?: (null | Condition[])
/**
 * Conditions of which one must hold.
 */
any?: (null | Condition1[])
})
/**
 * The times that are promised.
 */
policy_metrics?: (null | PolicyMetric[])
/**
 * When the clock of each metric starts, stops and starts again, where that was changed.
 */
metric_settings?: (null | {
[k: string]: unknown
})
/**
 * When the agreement was created.
 */
created_at?: (null | string)
/**
 * When the agreement was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the agreement in the API.
 */
url?: (null | string)
}
