// What a request asks for, and what it brings. Every room may import it, by way of stream.ts.

import { systemClock } from './clock.ts'
import type { Picks, Reads } from './reads.ts'

export type { RecordData } from './reads.ts'

/** How the rows of a page are cut out of its bytes: what is read of them, and the members whose place is noted. */
export interface Cut {
  readonly reads: Reads
  readonly notes: ReadonlySet<string>
  /** The names of other members are noted. */
  readonly known?: KnownFields | undefined
  /** The other rows of these lists are left out of the row that holds them; not of its text. */
  readonly picks?: Picks
}

/** The fields that rows are known to have, and those of the rows that stand inside of them, by member. */
export interface KnownFields {
  readonly fields?: ReadonlySet<string>
  readonly within: { readonly [member: string]: KnownFields }
}

/** A file as a record tells of it. */
export interface RecordFile {
  readonly id: string
  readonly url: string
  readonly name: string
  /** In bytes, where it is told. */
  readonly size?: number
  /** Why it is not to be fetched, in words. */
  readonly refused?: string
}

/** The JSON body of one response. Its rows may have been cut out of its bytes, unparsed but for some fields. */
export type Page = Readonly<Record<string, unknown>>

const answeredAtOf = new WeakMap<Page, number>()

/** Notes when Zendesk answered with this page, by its own clock (epoch seconds, UTC). */
export function setAnsweredAt(page: Page, time: number): void {
  answeredAtOf.set(page, time)
}

/** When Zendesk answered with this page, by its own clock (epoch seconds, UTC); undefined where it did not say. */
export const dateOf = (page: Page): number | undefined => answeredAtOf.get(page)

/** The same; by this machine's clock where it did not say. */
export const answeredAt = (page: Page): number => dateOf(page) ?? Math.floor(systemClock.now() / 1000)

/** Query parameters of one request, unescaped; one with several values is repeated. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** What a request asks for, and what its answer must hold to count as one. */
export interface PageRequest {
  /** Below `/api/v2/`, without a leading slash. */
  readonly path: string
  readonly query?: Query
  /** The limit that this request draws on beside the account's own, named as in Zendesk's `zendesk-ratelimit-<bucket>`. */
  readonly bucket?: string
  /** A key that must hold an array of objects; an answer without it is broken, not empty. */
  readonly expects?: string
  /** Whether an answer is of the right shape beyond that; one that is not is broken. */
  readonly isPage?: ((page: Page) => boolean) | undefined
  /** The query parameter that says how many rows the page may have, where fewer will do as well. */
  readonly sizedBy?: string
  /** A failure is not made good: the answer is no more than nice to have. */
  readonly once?: boolean
  /** The rows under `expects` may be cut out of the answer so; left out, they are parsed. */
  readonly cut?: Cut
  /** Of requests that draw on one limit, the lowest number goes first; left out: before all others. */
  readonly priority?: number
  /** The streams that wait for the answer: who is told of a long wait. */
  readonly streams?: readonly string[]
}

/** The engine's one door to the world. Retries, limits, authentication and the host check live behind it. */
export type GetPage = (request: PageRequest) => Promise<Page>
