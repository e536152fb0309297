// Requests for pages, and pages. Every room may import it, by way of stream.ts.

import { systemClock } from './clock.ts'
import type { Picks, Reads } from './reads.ts'

export type { RecordData } from './reads.ts'

/** How the rows of a page are cut out of its bytes. */
export interface Cut {
  /** The fields that are parsed. */
  readonly reads: Reads
  /** The members whose place in the text is noted, so that they can be left out. */
  readonly notes: ReadonlySet<string>
  /** The names of members that are not known are noted. Left out: none. */
  readonly known?: KnownFields | undefined
  /** Of lists inside of a row: which of their rows become objects. The text keeps all of them. */
  readonly picks?: Picks
}

/** The fields that rows are known to have, and those of rows inside of them, by member. */
export interface KnownFields {
  readonly fields?: ReadonlySet<string>
  readonly within: { readonly [member: string]: KnownFields }
}

/** The file of a record. */
export interface RecordFile {
  readonly id: string
  readonly url: string
  readonly name: string
  /** In bytes; left out if the record does not say. */
  readonly size?: number
  /** Why it must not be fetched, in words. */
  readonly refused?: string
}

/** The JSON body of one answer. Its rows may be slices: cut out of its bytes, with only some of their fields parsed. */
export type Page = Readonly<Record<string, unknown>>

const answeredAtOf = new WeakMap<Page, number>()

/** Notes when Zendesk answered with this page, by its own clock (epoch seconds). */
export function setAnsweredAt(page: Page, time: number): void {
  answeredAtOf.set(page, time)
}

/** When Zendesk answered with this page, by its own clock (epoch seconds); undefined if it did not say. */
export const dateOf = (page: Page): number | undefined => answeredAtOf.get(page)

/** When Zendesk answered with this page, by its own clock, or by this machine's if it did not say (epoch seconds). */
export const answeredAt = (page: Page): number => dateOf(page) ?? Math.floor(systemClock.now() / 1000)

const askedSizeOf = new WeakMap<Page, number>()

/** Notes for how many rows this page was asked. */
export function setAskedSize(page: Page, rows: number): void {
  askedSizeOf.set(page, rows)
}

/** For how many rows this page was asked; undefined if its size cannot be chosen. */
export const askedSize = (page: Page): number | undefined => askedSizeOf.get(page)

/** The query parameters of a request, unescaped; one with several values is repeated. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A request for a page, and what its answer must hold. */
export interface PageRequest {
  /** Below `/api/v2/`, without a leading slash. */
  readonly path: string
  readonly query?: Query
  /** The limit that this request draws on besides the account's own, as in Zendesk's header `zendesk-ratelimit-<bucket>`. */
  readonly bucket?: string
  /** A key that must hold a list of objects; an answer without it is broken, not empty. */
  readonly expects?: string
  /** Whether the answer is that list itself, without an object around it. */
  readonly isBare?: boolean
  /** Whether an answer has the right shape in other respects; one without is broken. */
  readonly isPage?: ((page: Page) => boolean) | undefined
  /** The query parameter for the size of the page. Left out: the size must not change. */
  readonly sizedBy?: string
  /** Whether a failure is not retried: nobody depends on the answer. */
  readonly once?: boolean
  /** How the rows under `expects` may be cut out of the answer. Left out: they are parsed. */
  readonly cut?: Cut
  /** Among requests that draw on the same limit, the lowest number goes first. Left out: before all others. */
  readonly priority?: number
  /** The streams that wait for the answer, for reports of long waits. */
  readonly streams?: readonly string[]
}

/** Gets a page: the only way from the engine to Zendesk. Retries, limits, sign-in and the check of the host are behind it. */
export type GetPage = (request: PageRequest) => Promise<Page>
