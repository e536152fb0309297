// Generated from schemas/group_sla_policies.json by tools/generate.ts; not to be edited.

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
export type GroupPolicyMetric = (null | {
/**
 * Priority of the tickets that it is about.
 */
priority?: (null | string)
/**
 * What is measured: `group_ownership_time`.
 */
metric?: (null | string)
/**
 * Promised time in minutes.
 */
target?: (null | number)
/**
 * Promised time in seconds.
 */
target_in_seconds?: (null | number)
/**
 * True where only business hours count.
 */
business_hours?: (null | boolean)
})

/**
 * One agreement on how long a ticket may stay with a group.
 */
export interface GroupSlaPolicy {
/**
 * Id of the agreement, a ULID.
 */
id: string
/**
 * Name of the agreement.
 */
title?: (null | string)
/**
 * What the agreement is for.
 */
description?: (null | string)
/**
 * Place of the agreement among the others; the first one that fits a ticket holds.
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
policy_metrics?: (null | GroupPolicyMetric[])
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
