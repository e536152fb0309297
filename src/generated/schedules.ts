// Generated from schemas/schedules.json by tools/generate.ts; not to be edited.

export type ScheduleInterval = (null | {
/**
 * Beginning, in minutes since Sunday 0:00.
 */
start_time?: (null | number)
/**
 * End, in minutes since Sunday 0:00.
 */
end_time?: (null | number)
})

/**
 * One schedule: the hours of the week in which the account is at work.
 */
export interface Schedule {
/**
 * Id of the schedule.
 */
id: number
/**
 * Name of the schedule.
 */
name?: (null | string)
/**
 * Time zone of the schedule, by its name in Ruby on Rails, such as `Copenhagen`.
 */
time_zone?: (null | string)
/**
 * Stretches of the week that are business hours.
 */
intervals?: (null | ScheduleInterval[])
/**
 * When the schedule was created.
 */
created_at?: (null | string)
/**
 * When the schedule was last changed.
 */
updated_at?: (null | string)
}
