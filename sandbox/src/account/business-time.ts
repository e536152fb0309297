const DAY = 86_400
const OPENS = 9 * 3600
const CLOSES = 17 * 3600

/** Seconds of office hours (Monday to Friday, 9 to 17, UTC) between two epoch seconds. */
export function businessSeconds(from: number, to: number): number {
  return to <= from ? 0 : officeSecondsUntil(to) - officeSecondsUntil(from)
}

// Office seconds since a Monday long ago (5 January 1970).
function officeSecondsUntil(time: number): number {
  const since = time - 4 * DAY
  const day = Math.floor(since / DAY)
  const week = Math.floor(day / 7)
  const weekday = day - week * 7
  const today = weekday < 5 ? Math.min(Math.max(since - day * DAY, OPENS), CLOSES) - OPENS : 0
  return (week * 5 + Math.min(weekday, 5)) * (CLOSES - OPENS) + today
}
