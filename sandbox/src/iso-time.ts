const DAY = 86_400
const YEAR_10000 = 253_402_300_800
const ZERO = '0'.charCodeAt(0)

// Rows hold ten times each: digits written into these bytes cost a fifth of the time that a date's own text takes.
const digits = Buffer.from('1970-01-01T00:00:00Z')
const date = new Date(0)
let dayInDigits = 0

/** Epoch seconds as the API writes times: `2025-03-04T09:15:00Z`. */
export function isoTime(at: number): string {
  if (!(at >= 0 && at < YEAR_10000)) return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`
  const day = Math.floor(at / DAY)
  if (day !== dayInDigits) {
    dayInDigits = day
    date.setTime(day * DAY * 1000)
    const year = date.getUTCFullYear()
    write(0, Math.floor(year / 100))
    write(2, year % 100)
    write(5, date.getUTCMonth() + 1)
    write(8, date.getUTCDate())
  }
  const second = Math.floor(at) - day * DAY
  const minute = Math.floor(second / 60)
  write(11, Math.floor(minute / 60))
  write(14, minute % 60)
  write(17, second % 60)
  return digits.toString('latin1')
}

function write(offset: number, number: number): void {
  const tens = Math.floor(number / 10)
  digits[offset] = ZERO + tens
  digits[offset + 1] = ZERO + number - tens * 10
}

/** The same for a time that may be missing (0 or null). */
export function isoTimeOrNull(at: number | null): string | null {
  return at === null || at === 0 ? null : isoTime(at)
}
