// Generated from schemas/schedule_holidays.json by tools/generate.ts; not to be edited.

/**
 * One holiday: days that a schedule leaves out.
 */
export interface ScheduleHoliday {
/**
 * Id of the holiday.
 */
id: number
/**
 * Id of the schedule that the holiday belongs to.
 */
schedule_id?: (null | number)
/**
 * Name of the holiday.
 */
name?: (null | string)
/**
 * First day of the holiday.
 */
start_date?: (null | string)
/**
 * Last day of the holiday.
 */
end_date?: (null | string)
}
