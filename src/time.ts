/** The last second that a date can name. */
const LAST_SECOND = 8.64e12

/**
 * Epoch seconds of a time as Zendesk spells it: a number or text of digits (exports), or ISO 8601 (everywhere else).
 * Undefined where it is neither.
 */
export function epochOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) <= LAST_SECOND ? Math.floor(value) : undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return epochOf(Number(value))
  const milliseconds = Date.parse(value)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** Epoch seconds as Zendesk writes dates: ISO 8601, UTC, whole seconds. */
export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
