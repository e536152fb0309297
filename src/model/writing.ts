// What the writer writes, and what becomes of it: the vocabulary of objects/, write/ and the destinations' dialects.

import type { Method } from './call.ts'
import type { RecordData } from './reads.ts'

/** Airbyte's names: create, change what is there, create or change (upsert), delete. */
export type WriteMode = 'append' | 'update' | 'append_dedup' | 'soft_delete'

/** What one request to Zendesk does with a row. */
export type WriteAction = 'create' | 'update' | 'upsert' | 'delete'

/** Columns that tell objects apart, and how Zendesk finds one by them. */
export interface MatchKey {
  /** The columns: one, or several together. */
  readonly columns: readonly string[]
  /**
   * `show_many`: up to 100 at a time, by the parameter `by`. `list`: by parameters of the list, one at a time. `whole`: the
   * list is read once, and kept. `below`: in the list of a parent, at `at`. `one`: by its id. `none`: Zendesk only matches
   * while it writes (`upsert`), or refuses a second one (`create`); what it refused is read at `at`.
   */
  readonly find: 'show_many' | 'list' | 'whole' | 'below' | 'one' | 'none'
  /** The parameter; of a list several, blank-separated. Left out: named as the columns. */
  readonly by?: string
  /** A path with columns in braces. */
  readonly at?: string
  readonly modes: readonly WriteMode[]
}

/** A column that names another object by something else than its id. */
export interface Reference {
  /** The column that gets the id. */
  readonly fills: string
  readonly object: string
  /** The column of the other object that holds the value. Left out: `external_id`. */
  readonly by?: string
}

/** A kind of object that can be written, declared. Everything that is particular to it is here. */
export interface WriteObject {
  /** What users call it: the name of the stream that reads it, if there is one. */
  readonly name: string
  /** The name of one in a body: `user`. */
  readonly one: string
  /** The name of many in bodies. Left out: `name`. */
  readonly many?: string
  /** Zendesk Sell has another host, and other bodies. Left out: Support and the Help Center. */
  readonly product?: 'sell' | undefined
  /** Where it is, below the API. Left out: `name`. */
  readonly path?: string
  /** Paths that do not follow from `path`, with columns of the row in braces: `users/{user_id}/identities`. */
  readonly at?: Readonly<Partial<Record<'create' | 'one' | 'show' | 'list' | 'delete', string>>>
  readonly keys: readonly MatchKey[]
  /** The columns that can be written, blank-separated, with a type where it is no text: `position:integer`. */
  readonly writable: string
  /** Columns without which none is created; `name|title` is one of them, `segment?` may be null, but not left out. */
  readonly required: readonly string[]
  /** Columns that only a creation takes: they cannot change later. */
  readonly fixed?: readonly string[]
  /** Columns that Zendesk does not show again, so that nothing can be compared. */
  readonly unread?: readonly string[]
  /** The member that holds custom fields, and its form: `{key: value}`, or a list of `{id, value}`. */
  readonly fields?: { readonly name: string; readonly form: 'keys' | 'list'; readonly from: string } | undefined
  readonly references?: Readonly<Record<string, Reference>>
  /** The actions with a bulk call, which answers with a job. */
  readonly bulk: readonly WriteAction[]
  /** The path of jobs that take an action and its items, as custom objects have them. */
  readonly jobs?: string
  /** Columns that stand in the query, and not in the body. */
  readonly parameters?: readonly string[]
  /** Whether no look-up finds a row once it is written. */
  readonly isHidden?: (wanted: RecordData) => boolean
  /** Limits of single calls, by action, by their names in Zendesk's headers. */
  readonly buckets?: Partial<Record<WriteAction, string>> | undefined
  /** Methods that are not POST, PUT, POST and DELETE. */
  readonly methods?: Partial<Record<WriteAction, Method>>
  /** Columns that are sets, of which `tags_mode` says what a row does to them: `tags`. */
  readonly sets?: readonly string[] | undefined
  /** Tags are added and removed without being read: `additional_tags`, `remove_tags` and `/tags`. */
  readonly tagDeltas?: true | undefined
  /** A column that adds a comment, which must not be added twice. */
  readonly comment?: string | undefined
  /** A row in the columns that are matched and compared, where it comes in others. */
  readonly reshaped?: (record: RecordData) => RecordData
  /** `append` adds to what is there, and creates nothing. */
  readonly adds?: true
  /** Objects that come before it, though no column refers to them. */
  readonly after?: readonly string[]
  /** Whether a single creation takes an idempotency key. */
  readonly isIdempotent?: true | undefined
  /** Creations go to `upsert`, filtered by the key, so that a repetition changes the first one. */
  readonly createsByUpsert?: true | undefined
  /** Columns that belong to the translation in the object's own language, by their names there, and its path. */
  readonly translation?: { readonly columns: Readonly<Record<string, string>>; readonly at: string }
  /** Columns that a request of their own switches on, once it is there: its path. */
  readonly switches?: Readonly<Record<string, string>>
  /** A column whose updates only add a value: that is found in `list`, as one of `many`, and made the main one at `at`. */
  readonly primary?: { readonly column: string; readonly many: string; readonly list: string; readonly at: string }
  /** It is an item of a list inside of another object, which is written whole. */
  readonly inside?: { readonly at: string; readonly one: string; readonly list: string }
  /** The body of a request with what holds back mails that nobody allowed. */
  readonly quiet?: (body: RecordData, action: WriteAction, allowed: Allowed) => RecordData
  /** What stands beside the object in the body of a request. */
  readonly beside?: (action: WriteAction, allowed: Allowed) => RecordData
  /** Why a body must not be sent, as nobody allowed it; undefined if it may. */
  readonly refuses?: (body: RecordData, allowed: Allowed, action: WriteAction) => string | undefined
  /** Whether a row that was found can no longer be written. */
  readonly isDeleted?: (row: RecordData) => boolean
  /** An update may name the state that it was made for: Zendesk refuses it with 409 if that is outdated. */
  readonly safeUpdates?: true
  /** Whether this refusal of a creation says that it is there already. */
  readonly isThere?: RegExp
}

/** The switches of the configuration. Each is off unless somebody turned it on. */
export interface Allowed {
  /** Verification and welcome mails. */
  readonly mails: boolean
  /** Mails to those who follow a section of the Help Center. */
  readonly subscribers: boolean
  readonly publicComments: boolean
  readonly roles: boolean
  /** New options of fields. */
  readonly options: boolean
  /** New fields. */
  readonly fields: boolean
  readonly deletes: boolean
}

export type TagsMode = 'add' | 'remove' | 'set' | 'managed'

/** What rows do to sets: tags and multi-selects. */
export interface SetRule {
  readonly mode: TagsMode
  /** In the mode `managed`: only what begins with this is ours to remove. */
  readonly prefix: string
}

/** A custom field, as far as writing its values depends on it. */
export interface FieldKind {
  readonly title: string
  readonly type: string
  /** The values of choices; empty for other types. */
  readonly choices: ReadonlySet<string>
}

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
  | { readonly kind: 'written'; readonly action: WriteAction; readonly id?: number | string }
  | { readonly kind: 'unchanged'; readonly id?: number | string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }

/** A stream, and where its rows go. */
export interface Target {
  readonly stream: string
  /** Of rejected rows that are sent once more: their stream. */
  readonly origin?: string
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

/** What became of rows of a stream: of those since its last state, or of all. */
export interface RowCounts {
  /** Of a dry run: those that would be written. */
  readonly written: number
  readonly unchanged: number
  readonly rejected: number
  /** What was done with those that were written. With `upsert` it is Zendesk that finds out whether one is there. */
  readonly actions: Readonly<Record<WriteAction, number>>
}

/** What a dry run would do with a row. */
export interface PlannedChange {
  readonly stream: string
  readonly action: WriteAction
  readonly key: readonly string[]
  /** What would be sent. */
  readonly values: RecordData
  /** What Zendesk holds of the same columns now; left out for what is not there, or is not read. */
  readonly held?: RecordData
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
