/** The last second of a JavaScript date. */
const LAST_SECOND = 8.64e12

/**
 * Epoch seconds of a time as Zendesk writes it: a number or text of digits (exports), or ISO 8601 (everywhere else).
 * Undefined if it is neither.
 */
export function epochOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) <= LAST_SECOND ? Math.floor(value) : undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (value.endsWith('Z')) return secondsOf(value)
  if (/^\d+(\.\d+)?$/.test(value)) return epochOf(Number(value))
  // Without a zone it would be read in this machine's.
  return secondsOf(/T[\d:.]+$/.test(value) ? `${value}Z` : value)
}

function secondsOf(text: string): number | undefined {
  const seconds = secondsAt(text) ?? Math.floor(Date.parse(text) / 1000)
  return Number.isNaN(seconds) ? undefined : seconds
}

/**
 * The seconds of a text like `2025-11-20T14:46:40Z`, as Zendesk writes nearly all times; undefined for another, and after the
 * 28th of a month, which may not have that day. Rows have thousands: this takes a tenth of what `Date.parse` takes.
 */
function secondsAt(text: string): number | undefined {
  const isPlain = text.length === 20 && text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[19] === 'Z'
  if (!isPlain || text[13] !== ':' || text[16] !== ':') return undefined
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hours = twoDigits(text, 11)
  const minutes = twoDigits(text, 14)
  const seconds = twoDigits(text, 17)
  // Years begin with March here, so that a leap day is the last one.
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2) - (month > 2 ? 0 : 1)
  const isValid = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hours < 24 && minutes < 60
  if (!isValid || !(seconds < 60)) return undefined
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return (year * 365 + leapDays + dayOfYear - 719_468) * 86_400 + hours * 3600 + minutes * 60 + seconds
}

/** The number that two digits give; NaN if there are others. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** A relative time: `90 days ago`. */
const AGO = /^(\d+) (day|week|month|year)s? ago$/

/** Whether this is a relative time, which moves on with each day. */
export const isRelative = (text: string): boolean => AGO.test(text)

/**
 * Epoch seconds of a time as people write it: as `epochOf` reads it, or relative to `now` (epoch ms), from the start of that
 * day in UTC. Undefined if it is neither.
 */
export function momentOf(text: string, now: number): number | undefined {
  const [, count = '', unit] = AGO.exec(text) ?? []
  if (unit === undefined) return epochOf(text)
  const date = new Date(now)
  const months = { day: 0, week: 0, month: 1, year: 12 }[unit] as number
  const days = { day: 1, week: 7, month: 0, year: 0 }[unit] as number
  const day = date.getUTCDate()
  date.setUTCHours(0, 0, 0, 0)
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - Number(count) * months)
  // In a shorter month, the 31st is the last day.
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay) - Number(count) * days)
  return Math.floor(date.getTime() / 1000)
}

/** Epoch seconds as Zendesk writes dates: ISO 8601, UTC, whole seconds. */
export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
