import type { Call } from '../model/call.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../model/message.ts'
import type { RecordData } from '../model/reads.ts'
import type { Allowed, FieldKind, Ledger, PlannedChange, SetRule, WriteObject } from '../model/writing.ts'
import type { Jobs } from './jobs.ts'

/** What the engine needs, in all of its parts. */
export interface WriteTools {
  readonly call: Call
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly allowed: Allowed
  readonly sets: SetRule
  /** By object: its columns that are read only. They are ignored, as rows of the source have them. */
  readonly readOnly: (object: string) => ReadonlySet<string>
  /** By object: columns of custom fields, with the key or id of the field. */
  readonly fieldColumns: (object: string) => ReadonlyMap<string, string | number>
  /** By object: kinds of custom fields, by their key or id as it is sent. */
  readonly fieldKinds: (object: string) => ReadonlyMap<string, FieldKind>
  /** An object by its name, for references. */
  readonly objectNamed: (name: string) => WriteObject | undefined
  /** Lists of objects that were read whole; the engine adds to it. */
  readonly lists: Map<string, { readonly rows: Promise<RecordData[]>; readonly since: number }>
  /** Objects whose bulk creation is closed for this account; the engine adds to it. */
  readonly gated: Set<string>
  /** Streams whose deletions were warned of; the engine adds to it. */
  readonly warned: Set<string>
  /** What an earlier run was about to write when it ended: object and key. */
  readonly wasIntended?: ReadonlySet<string>
  /** Takes what would be written. If it is there, nothing is. */
  readonly plan?: (change: PlannedChange) => void
}
