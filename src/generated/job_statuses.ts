// Generated from schemas/job_statuses.json by tools/generate.ts; not to be edited.

export type JobResult = (null | {
/**
 * Id of the record.
 */
id?: (null | number | string)
/**
 * Place of the record in what was sent, from 0.
 */
index?: (null | number)
/**
 * What was done, such as `update`.
 */
action?: (null | string)
/**
 * What became of the record, such as `Created`.
 */
status?: (null | string)
/**
 * True where it was done.
 */
success?: (null | boolean)
/**
 * Why it was not done, by Zendesk's name for it.
 */
error?: (null | string)
/**
 * The same in words.
 */
details?: (null | string)
/**
 * E-mail address of the user.
 */
email?: (null | string)
/**
 * Id of the record in another system.
 */
external_id?: (null | string)
/**
 * Id of the account.
 */
account_id?: (null | number)
})

/**
 * One change of many records at once, and how far it has come.
 */
export interface JobStatus {
/**
 * Id of the job.
 */
id: string
/**
 * What is done, such as `Bulk Update Ticket`.
 */
job_type?: (null | string)
/**
 * How it stands: `queued`, `working`, `completed`, `failed` or `killed`.
 */
status?: (null | string)
/**
 * How many records are to be changed.
 */
total?: (null | number)
/**
 * How many of them are done.
 */
progress?: (null | number)
/**
 * What it is doing, or how it ended.
 */
message?: (null | string)
/**
 * What became of each record, or in a single entry of the whole job; null until it has ended.
 */
results?: (null | JobResult[])
/**
 * Address of the job in the API.
 */
url?: (null | string)
}
