// Where records come from.
import type { LoadMessage } from '../load/load.ts'

/** A stream as its source has it. */
export interface SourceStream {
  readonly name: string
  readonly primaryKey: readonly string[]
  /** Whether the source can read its changes alone. */
  readonly isIncremental: boolean
  /** The field that tells new records from old ones. */
  readonly cursorField?: string
  /** Whose ids `show` takes for it. Left out: it cannot be shown. */
  readonly shownBy?: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What to read of a stream: what changed since `state`, or all of it. */
export interface SourceRequest {
  readonly stream: string
  readonly isWhole: boolean
  readonly state: Readonly<Record<string, unknown>> | undefined
  /** Left out: all of them. */
  readonly columns?: readonly string[] | undefined
}

export interface Source {
  streams(): Promise<readonly SourceStream[]>
  read(requests: readonly SourceRequest[]): AsyncIterable<SourceMessage>
  /** What reading has cost so far; left out: that is not known. */
  costs?(): SourceCosts
}

/** A source that events can be followed with. */
export interface LiveSource extends Source {
  costs(): SourceCosts
  /** Records by id, as they are now; of streams that are shown by one kind. What is not there is left out. */
  show(streams: readonly string[], ids: readonly number[]): AsyncIterable<SourceMessage>
  /** Whether showing this stream takes a request for each id. */
  isShownOneByOne(stream: string): boolean
  /** Sends a request to the account's API. Rejects if no answer came. */
  call(request: SourceCall): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>
  /** Signs in, and says as whom. Rejects if that fails. */
  signedIn(): Promise<SourceUser>
  /** Revokes the token in use; resolves to a sentence. Rejects where there is none. */
  signOut(): Promise<string>
}

/** Who is signed in, and what they may read. */
export interface SourceUser {
  readonly origin: string
  readonly name: string
  readonly role: string
  /** Times in ISO 8601. */
  readonly token?: {
    readonly scopes: readonly string[]
    readonly expiresAt?: string
    readonly refreshExpiresAt?: string
  }
  /** When Zendesk ends this way of signing in, in words. */
  readonly wayEnds?: string
  readonly requestsPerMinute?: number
  /** By stream: why it cannot be read. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** How far the account's limits are used up, and the requests by stream. */
export interface SourceCosts {
  readonly limits: readonly {
    readonly name: string
    readonly total: number
    readonly left: number
    readonly ours: number
    /** Requests of other tools, as far as they were seen. */
    readonly others: number
    /** In milliseconds since 1970. */
    readonly resetsAt?: number
  }[]
  readonly requests: ReadonlyMap<string, number>
}

/** A request of any method; its path is below `/api/v2/`. */
export interface SourceCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: object
  /** What an answer of success holds, by its key: without it, it is a failure and no empty list. */
  readonly expects?: { readonly list: string } | { readonly one: string }
}

/** What a source says: what is loaded, and what people want to know. */
export type SourceMessage =
  | Exclude<LoadMessage, { readonly kind: 'waiting' | 'estimate' | 'log' }>
  | { readonly kind: 'waiting'; readonly stream: string; readonly until: number }
  | { readonly kind: 'estimate'; readonly stream: string; readonly rows: number }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string }
