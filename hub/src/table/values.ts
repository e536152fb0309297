// How the values of records become those of columns: the table of rules, one function for each type.
import type { ColumnType } from './column.ts'
import { textOf } from './json-text.ts'

/**
 * A value as a warehouse takes it. Integers: a number, or a bigint beyond 2^53. Times: microseconds since 1970 (UTC), the
 * same. Dates: days since 1970. JSON: its text.
 */
export type Cell = number | bigint | string | boolean | null

/** Stands for a value that its column cannot hold; it goes where nothing is lost. */
export const MISFIT: unique symbol = Symbol('misfit')

export type Fit = (value: unknown) => Cell | typeof MISFIT

const LARGEST = 2n ** 63n - 1n

/**
 * By type: the cell for a value, `MISFIT` where there is none. A text that says a number or a time exactly is one; nothing
 * is rounded or cut.
 */
export const fits: Readonly<Record<ColumnType, Fit>> = {
  integer(value) {
    if (value == null) return null
    if (typeof value === 'number') {
      if (Number.isSafeInteger(value)) return value
      return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : MISFIT
    }
    if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) return MISFIT
    const whole = BigInt(value)
    return whole <= LARGEST && whole >= -LARGEST - 1n ? whole : MISFIT
  },
  number(value) {
    if (value == null) return null
    if (typeof value === 'number') return Number.isFinite(value) ? value : MISFIT
    if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,6})?$/.test(value)) return MISFIT
    return Number(value)
  },
  boolean(value) {
    if (value == null) return null
    return typeof value === 'boolean' ? value : MISFIT
  },
  date(value) {
    if (value == null) return null
    const [, year, month, day] = (typeof value === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(value)) || []
    return year === undefined ? MISFIT : daysOf(Number(year), Number(month), Number(day))
  },
  time: (value) => (value == null ? null : typeof value === 'string' ? microsecondsOf(value) : MISFIT),
  text(value) {
    if (value == null) return null
    if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
    return typeof value === 'object' ? jsonOf(value) : String(value)
  },
  json: (value) => (value == null ? null : jsonOf(value)),
}

/** The text of a value as JSON, in which half of a character is replaced: databases take no such thing. */
export function jsonOf(value: unknown): string {
  const kept = textOf(value)
  if (kept !== undefined) return kept
  const text = JSON.stringify(value)
  return text.includes('\\ud') ? text.replace(LONE, (found) => (found === '\\\\' ? found : '\\ufffd')) : text
}
/** An escaped half of a character; or a backslash that is escaped itself, and begins nothing. */
const LONE = /\\\\|\\ud[89a-f][0-9a-f]{2}/g

/** Days since 1970 of a day in the calendar that counts back as it counts on; `MISFIT` where there is no such day. */
function daysOf(year: number, month: number, day: number): number | typeof MISFIT {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return MISFIT
  // Years begin in March here, so that a leap day is the last one.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i

/** Microseconds since 1970 of a time in ISO 8601. One without a zone is meant in UTC. */
export function microsecondsOf(text: string): number | bigint | typeof MISFIT {
  return usualTime(text) ?? anyTime(text)
}

const ZERO = 0x30

/** A time as Zendesk writes nearly all of them: 2024-02-29T12:00:00Z. Undefined for what is written in another way, or is none. */
function usualTime(text: string): number | undefined {
  if (text.length !== 20 || text[19] !== 'Z' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':')
    return undefined
  if (text[4] !== '-' || text[7] !== '-') return undefined
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)]
  const days = daysOf(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8))
  if (days === MISFIT || !(hour <= 23 && minute <= 59 && second <= 60)) return undefined
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second
  return Number.isSafeInteger(seconds * 1e6) ? seconds * 1e6 : undefined
}

/** The number of two digits; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function anyTime(text: string): number | bigint | typeof MISFIT {
  const parts = TIME.exec(text)
  if (!parts) return MISFIT
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts
  const days = daysOf(Number(year), Number(month), Number(day))
  if (days === MISFIT || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return MISFIT
  const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetOf(zone)
  const micros = fraction === '' ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'))
  const whole = seconds * 1e6 + micros
  return Number.isSafeInteger(whole) ? whole : BigInt(seconds) * 1_000_000n + BigInt(micros)
}

/** The offset of a zone from UTC, in seconds. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
