// What the console's operations work on: the hub that serves it.
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { ConfigFile } from '../config/write.ts'
import type { Health, Keeper } from '../schedule/keep.ts'
import type { Vault } from '../secrets/vault.ts'
import type { LiveSource } from '../source/source.ts'
import type { Operation } from '../source/writer.ts'
import type { Store } from '../store/open.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Address } from './access/origin.ts'
import type { TrustedProxy } from './access/people.ts'
import type { Person } from './access/sessions.ts'
import type { LiveEvents } from './journal/live-events.ts'
import type { Journal } from './journal/open.ts'
import type { RunningSyncs } from './journal/running.ts'
import type { WriteKind } from './journal/writes.ts'

/** The hub, as the console sees it. */
export interface Hub {
  readonly file: ConfigFile
  readonly vault: Vault
  readonly keeper: Keeper
  readonly journal: Journal
  readonly running: RunningSyncs
  /** What webhooks brought since the hub runs. */
  readonly liveEvents: LiveEvents
  readonly version: string
  /** The store of a fleet whose accounts are shown; undefined: there is none. */
  readonly fleet: Store | undefined
  /** Where the webhooks' secrets and events are. */
  readonly liveFolder: string
  /** Whether addresses within this network may be named. */
  readonly allowsPrivate: boolean
  /** Ends with the program. */
  readonly signal: AbortSignal
  /** The connections as they are synced, with their secrets. */
  connections(): readonly Connection[]
  /** Reads the configuration again, and keeps what it says from now on. Rejects with a HubError. */
  reload(): Promise<void>
  /** Opens the account of a connection for somebody who waits. Rejects with what is wrong with it. */
  account(connection: Connection): Promise<LiveSource>
  /** Writing back. */
  readonly writes: HubWrites
  /** Opens its warehouse, to look at it or to change it; does not wait for long. Rejects with a HubError. */
  warehouse(connection: Connection, readOnly: boolean): Promise<Warehouse>
}

/** What somebody wants of a write. */
export interface Wish {
  readonly kind: WriteKind
  /** Of a replay: the numbers of the rows. */
  readonly rejected?: readonly number[]
  readonly askedBy?: string
}

export interface HubWrites {
  /** What can be written to the account of a connection. Rejects with what is wrong with it. */
  operations(connection: Connection): Promise<readonly Operation[]>
  /** Signs in. Rejects with what the connector says of a write that it cannot do, such as an audience without its field. */
  check(connection: Connection, settings: WriteSettings): Promise<void>
  health(connection: string, write: string): Health | undefined
  /** Lets it write as soon as its account is free. Returns false if it runs, or is about to. */
  ask(connection: string, write: string, wish: Wish): boolean
  /** Ends it. Returns false if it does not run, and nobody asked for it. */
  stop(connection: string, write: string): boolean
}

/** Who asks for something, and how it was asked for. */
export interface Asking {
  readonly by: Person
  /** Where the person's browser is: scheme, host and port. */
  readonly origin: string
}

export interface ConsoleOptions {
  readonly hub: Hub
  /** Where it is reached; known once it listens. */
  readonly address: () => Address
  /** People and their passwords; left out: links alone. */
  readonly passwordFile?: string | undefined
  readonly proxy?: TrustedProxy | undefined
  readonly say: (text: string) => void
}
