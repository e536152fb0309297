import type { Row } from '../account/model.ts'
import { EVENT_PREFIX, type ZenEvent } from './model.ts'

const VERSION = '2022-11-06'

/** The body of an event as it is sent: keys in the alphabet's order, indented by three blanks, a newline at the end. */
export function eventBody({ type, subject, time, detail, event }: ZenEvent, account: number, id: string): string {
  const row = {
    type: `${EVENT_PREFIX}${type}`,
    account_id: account,
    id,
    time: nanoTime(time),
    zendesk_event_version: VERSION,
    subject: `zen:${subject}`,
    detail,
    event,
  }
  return `${JSON.stringify(inAlphabet(row), null, 3)}\n`
}

/** Epoch milliseconds (UTC) with nine digits of a second, of which the last six are made up. */
export function nanoTime(ms: number): string {
  const digits = String((Math.floor(ms) * 7919) % 1_000_000).padStart(6, '0')
  return new Date(ms).toISOString().replace('Z', `${digits}Z`)
}

function inAlphabet(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inAlphabet)
  if (typeof value !== 'object' || value === null) return value
  const row = value as Row
  return Object.fromEntries(
    Object.keys(row)
      .toSorted()
      .map((key) => [key, inAlphabet(row[key])]),
  )
}
