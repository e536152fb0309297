// Generated from schemas/queues.json by tools/generate.ts; not to be edited.

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
/**
 * A group that takes tickets of a queue.
 */
export type QueueGroup = (null | {
/**
 * Id of the group.
 */
id?: (null | number)
/**
 * Name of the group.
 */
name?: (null | string)
})
/**
 * A group that takes tickets of a queue.
 */
export type QueueGroup1 = (null | {
/**
 * Id of the group.
 */
id?: (null | number)
/**
 * Name of the group.
 */
name?: (null | string)
})

/**
 * One queue of omnichannel routing: which tickets wait in it, and for whom.
 */
export interface Queue {
/**
 * Id of the queue, a ULID.
 */
id: string
/**
 * Name of the queue.
 */
name?: (null | string)
/**
 * What the queue is for.
 */
description?: (null | string)
/**
 * How urgent the tickets of the queue are, against those of other queues; 1 is the most.
 */
priority?: (null | number)
/**
 * Place of the queue among the others; a ticket goes into the first one that fits.
 */
order?: (null | number)
/**
 * Which tickets go into the queue.
 */
definition?: (null | {
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
 * The groups that its tickets go to first.
 */
primary_groups?: (null | {
/**
 * How many they are.
 */
count?: (null | number)
/**
 * The groups, in the order of their names.
 */
groups?: (null | QueueGroup[])
})
/**
 * The groups that its tickets go to where nobody of the first is free.
 */
secondary_groups?: (null | {
/**
 * How many they are.
 */
count?: (null | number)
/**
 * The groups, in the order of their names.
 */
groups?: (null | QueueGroup1[])
})
/**
 * When the queue was created.
 */
created_at?: (null | string)
/**
 * When the queue was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the queue in the API.
 */
url?: (null | string)
}
