// Where records come from.
import type { LoadMessage } from '../load/load.ts'

/** A stream as its source has it. */
export interface SourceStream {
  readonly name: string
  readonly primaryKey: readonly string[]
  /** Whether the source can read its changes alone. */
  readonly isIncremental: boolean
  readonly properties: Readonly<Record<string, unknown>>
}

/** What to read of a stream: what changed since `state`, or all of it. */
export interface SourceRequest {
  readonly stream: string
  readonly isWhole: boolean
  readonly state: Readonly<Record<string, unknown>> | undefined
}

export interface Source {
  streams(): Promise<readonly SourceStream[]>
  read(requests: readonly SourceRequest[]): AsyncIterable<SourceMessage>
}

/** What a source says: what is loaded, and what people want to know. */
export type SourceMessage =
  | Exclude<LoadMessage, { readonly kind: 'waiting' | 'estimate' | 'log' }>
  | { readonly kind: 'waiting'; readonly stream: string; readonly until: number }
  | { readonly kind: 'estimate'; readonly stream: string; readonly rows: number }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string }
