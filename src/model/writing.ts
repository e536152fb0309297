// What the writer writes, and what becomes of it: the vocabulary of objects/, write/ and the destinations' dialects.

import type { RecordData } from './reads.ts'

/** Airbyte's names: create, change what is there, create or change (upsert), delete. */
export type WriteMode = 'append' | 'update' | 'append_dedup' | 'soft_delete'

/** What one request to Zendesk does with a row. */
export type WriteAction = 'create' | 'update' | 'upsert' | 'delete'

/** Columns that tell objects apart, and how Zendesk finds one by them. */
export interface MatchKey {
  /** The columns: one, or a pair. */
  readonly columns: readonly string[]
  /**
   * `show_many`: up to 100 at a time, by the parameter `by`. `list`: by a parameter of the list, one at a time. `none`:
   * Zendesk only matches while it writes (`upsert`), or refuses a second one (`create`).
   */
  readonly find: 'show_many' | 'list' | 'none'
  readonly by?: string
  readonly modes: readonly WriteMode[]
}

/** A kind of object that can be written, declared. Everything that is particular to it is here. */
export interface WriteObject {
  /** The name of many, in paths and bodies: `users`. */
  readonly name: string
  /** The name of one in a body: `user`. */
  readonly one: string
  readonly keys: readonly MatchKey[]
  /** The columns that can be written, blank-separated. */
  readonly writable: string
  /** Columns without which none is created. */
  readonly required: readonly string[]
  /** The member that holds custom fields, and its form: `{key: value}`, or a list of `{id, value}`. */
  readonly fields?: { readonly name: string; readonly form: 'keys' | 'list'; readonly from: string }
  /** Columns that name another object by its external id: the column that they fill, and that object. */
  readonly references?: Readonly<Record<string, { readonly fills: string; readonly object: string }>>
  /** The actions with a bulk call, which answers with a job. */
  readonly bulk: readonly WriteAction[]
  /** Limits of single calls, by action, by their names in Zendesk's headers. */
  readonly buckets?: Partial<Record<WriteAction, string>>
  /** What `tags_mode` holds for. */
  readonly hasTags?: true
  /** Tags are added and removed without being read: `additional_tags`, `remove_tags` and `/tags`. */
  readonly tagDeltas?: true
  /** A column that adds a comment, which must not be added twice. */
  readonly comment?: string
  /** Whether a single creation takes an idempotency key. */
  readonly isIdempotent?: true
  /** The body of a request with what holds back mails that nobody allowed. */
  readonly quiet?: (body: RecordData, action: WriteAction, allowed: Allowed) => RecordData
  /** Why a body must not be sent, as nobody allowed it; undefined if it may. */
  readonly refuses?: (body: RecordData, allowed: Allowed) => string | undefined
  /** Whether a row that was found can no longer be written. */
  readonly isDeleted?: (row: RecordData) => boolean
  /** An update may name the state that it was made for: Zendesk refuses it with 409 if that is outdated. */
  readonly safeUpdates?: true
  /** Whether this refusal of a creation says that it is there already. */
  readonly isThere?: RegExp
}

/** The switches of the configuration. Each is off unless somebody turned it on. */
export interface Allowed {
  readonly mails: boolean
  readonly publicComments: boolean
  readonly roles: boolean
  readonly deletes: boolean
}

export type TagsMode = 'add' | 'remove' | 'set'

/** Who wins where a field changed on both sides since they last agreed. */
export type ConflictPolicy = 'source_wins' | 'zendesk_wins' | 'newest' | 'reject'

/** How a stream shares its fields with Zendesk. Fields are named by their columns; custom ones `user_fields.key`. */
export interface ConflictRules {
  readonly policy: ConflictPolicy
  /** In place of `policy`, by field. */
  readonly fields: Readonly<Record<string, ConflictPolicy>>
  /** By field: the one side that may change it. */
  readonly owner: Readonly<Record<string, 'source' | 'zendesk'>>
  /** The column that says when a row changed last, for `newest`. */
  readonly time: string
}

/** Tags to add and to remove: those of others stay. */
export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** Why a row was refused: a closed list. */
export type RejectCode =
  | 'ticket_closed'
  | 'not_found'
  | 'target_deleted'
  | 'ambiguous_match'
  | 'duplicate_value'
  | 'invalid_value'
  | 'required_field'
  | 'conflict'
  | 'forbidden'
  | 'too_large'
  | 'unknown_field'
  | 'not_confirmed'

/** Why a row was refused, with what Zendesk said. */
export interface Rejection {
  readonly code: RejectCode
  readonly message: string
  readonly status?: number
  readonly requestId?: string
}

/** What became of a row. */
export type RowOutcome =
  | { readonly kind: 'written' | 'unchanged'; readonly id?: number | string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }

/** A stream, and where its rows go. */
export interface Target {
  readonly stream: string
  readonly object: WriteObject
  readonly mode: WriteMode
  /** Left out for creations without a key. */
  readonly key?: MatchKey
  /** Left out: what the row says is written, whoever changed it in Zendesk. */
  readonly conflicts?: ConflictRules
  /** Of streams of people in audiences: where the status of each goes. */
  readonly audiences?: readonly AudienceColumn[]
}

/** What somebody is to an audience: new in it, still in it, or no more. */
export type Membership = 'realized' | 'existing' | 'exited'

/** An audience: the column of its name holds the status, which goes into a custom field, by key or id, or a tag. */
export interface AudienceColumn {
  readonly name: string
  readonly to:
    | { readonly field: string | number; readonly values: Readonly<Record<Membership, unknown>> }
    | { readonly tag: string }
}

/** A row that was refused, whole. */
export interface RejectedRow extends Rejection {
  readonly stream: string
  readonly object: string
  readonly mode: WriteMode
  readonly key: readonly string[]
  readonly key_columns: readonly string[]
  readonly attempts: number
  readonly record: RecordData
}

/** Rows of a stream since its last state. */
export interface RowCounts {
  readonly written: number
  readonly unchanged: number
  readonly rejected: number
}

/** What a writer remembers of an account between two runs. All of its functions are done when they return. */
export interface Ledger {
  /** The id under which this was written, and the fingerprint of what was; undefined if it was not. */
  known(object: string, key: string): { readonly id: string | undefined; readonly fingerprint: string } | undefined
  /** By field, the fingerprint of the value that both sides had last; undefined if nothing is known of them. */
  agreed(object: string, key: string): Agreed | undefined
  /** Notes rows that are there already, with what both sides have: a ledger that is new learns from what is read. */
  note(object: string, all: readonly Written[]): void
  /** What was remembered under this name. */
  remembered(name: string): string | undefined
  remember(name: string, value: string): void
  /** Notes what is about to be sent. Returns the number of this intent. */
  intend(object: string, keys: readonly string[]): number
  /** Notes the job that an intent became. */
  began(intent: number, job: string): void
  /** Closes an intent, with what was written. */
  done(intent: number, object: string, written: readonly Written[]): void
  /** Intents of earlier runs that were never closed. `forget` closes them. */
  open(): readonly {
    readonly intent: number
    readonly object: string
    readonly job: string | undefined
    readonly keys: readonly string[]
  }[]
  forget(intent: number): void
  /** Which stretch of rows between two states this is; `next` begins another, in which rows without a key are new. */
  stretch(): number
  next(): void
}

/** Fingerprints of values, by field. */
export type Agreed = Readonly<Record<string, string>>

/** What was written under a key. */
export interface Written {
  readonly key: string
  readonly id: string | undefined
  readonly fingerprint: string
  /** What both sides have now, of streams that share their fields with Zendesk. */
  readonly agreed?: Agreed
}

/** What comes in: a row of a stream, or a state behind rows. */
export type WriteInput =
  | { readonly kind: 'row'; readonly stream: string; readonly record: RecordData }
  | { readonly kind: 'state'; readonly state: unknown }
