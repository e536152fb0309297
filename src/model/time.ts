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

/** The last answer of `secondsOf`: rows in order of time ask for one and the same text again and again. */
let last: { readonly text: string; readonly seconds: number | undefined } = { text: '', seconds: undefined }

function secondsOf(text: string): number | undefined {
  if (text === last.text) return last.seconds
  const milliseconds = Date.parse(text)
  last = { text, seconds: Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000) }
  return last.seconds
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
