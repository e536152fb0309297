import type { Clock } from '../clock.ts'

/**
 * Users, organizations and groups as a lagging search index shows them: before their newest changes. Each
 * change must be noted before it is made. (Tickets do not need this: their audits have their past.)
 */
export type Past = {
  /**
   * A change shows in search after this number of seconds. Assumed (fact 348): a minute; Zendesk speaks of up to some
   * minutes.
   */
  lag: number
  /** Keeps the state of a record as it is before a change. */
  readonly changing: (record: object) => void
  /** Notes that a record is new: the past does not have it yet. */
  readonly appeared: (record: object) => void
  /** The record as the search index knows it, undefined if it doesn't. */
  readonly seen: <T extends object>(record: T) => T | undefined
}

type State = { readonly until: number; readonly was: object | undefined }

/** A past of nothing. */
export function createPast(clock: Clock): Past {
  const states = new Map<object, State[]>()
  const keep = (record: object, was: object | undefined) => {
    const until = clock.now() + past.lag
    const later = (states.get(record) ?? []).filter((state) => state.until > clock.now())
    states.set(record, [...later, { until, was }])
  }
  const past: Past = {
    lag: 60,
    changing: (record) => keep(record, { ...record }),
    appeared: (record) => keep(record, undefined),
    seen: <T extends object>(record: T): T | undefined => {
      const kept = states.get(record)
      if (kept === undefined) return record
      const state = kept.find(({ until }) => until > clock.now())
      if (state !== undefined) return state.was as T | undefined
      states.delete(record)
      return record
    },
  }
  return past
}
