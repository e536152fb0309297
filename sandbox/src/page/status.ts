import type { FaultKind } from '../http/faults/schedule.ts'
import type { LoggedRequest } from '../http/request-log.ts'

/** The contents of the page at `/` at one moment. */
export type Status = {
  readonly subdomain: string
  /** The control API is served: the page has what changes the account. */
  readonly isControlled: boolean
  /** Name of the account's plan. */
  readonly plan: string
  /** A line for a shell that asks for something. */
  readonly example: string
  /** Epoch milliseconds (UTC) of real time, by which requests are logged. */
  readonly realTime: number
  readonly clock: ClockStatus
  /** Numbers of records of each kind, in the order of the page. */
  readonly kinds: readonly KindStatus[]
  /** Tickets by status. */
  readonly statuses: ReadonlyMap<string, number>
  /** Oldest first. */
  readonly requests: readonly LoggedRequest[]
  readonly limits: readonly LimitStatus[]
  readonly faults: FaultStatus
  /** The status that every export answers with while they are closed. */
  readonly exportsClosed: number | undefined
}

/** The account's clock. */
export type ClockStatus = {
  /** Epoch seconds (UTC). */
  readonly now: number
  /** Seconds of the account in a second of real time; 0 when it stands still. */
  readonly scale: number
  /** Random changes in a minute of real time. */
  readonly activity: number
}

/** How many records of a kind there are, and how many of them were deleted. */
export type KindStatus = { readonly name: string; readonly live: number; readonly deleted: number }

/** A limit and how much of it was used in this minute. */
export type LimitStatus = {
  readonly name: string
  /** Requests a minute; undefined when it is not limited. */
  readonly total: number | undefined
  readonly used: number
  /** Seconds of the account until it is fresh again. */
  readonly resets: number
}

/** A listed fault. */
export type FaultLine = {
  /** The fault as the client sees it: `status 503`, `slow`. */
  readonly kind: string
  /** Which requests: a method and an expression; empty for any. */
  readonly requests: string
  /** The number of matching requests that it leaves out first. */
  readonly spare: number
  /** The most requests that it meets; undefined if it has only a rate and so no end. */
  readonly left: number
  /** The probability of each that fits; undefined if it meets every request. */
  readonly rate: number | undefined
}

/** The faults to come. */
export type FaultStatus = {
  readonly met: number
  readonly next: readonly FaultLine[]
  readonly random: { readonly rate: number; readonly kinds: readonly FaultKind[]; readonly path: string } | undefined
}
