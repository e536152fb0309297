// What the configuration decides of what is read. Imports nothing; every room may import it, by way of stream.ts.

/** What is read of an account. */
export interface Selection {
  /** Epoch seconds, 0: everything. What changed before it is left out of the first sync. */
  readonly startDate: number
  /** Whether the start date moves on with each day, as `90 days ago` does. */
  readonly isRelative: boolean
  /** `created`: what was created before the start date is left out, also when it changes. */
  readonly pullBy: 'updated' | 'created'
  /** Values for the parameters of walks that are `configured`. */
  readonly query: Readonly<Record<string, string>>
}

/** A search that is read as a stream: its name, and what is searched for in Zendesk's own language. */
export interface Search {
  readonly name: string
  readonly query: string
}

/** What the configuration says of which streams there are, and of their columns. */
export interface Choices {
  readonly searches: readonly Search[]
  /** `columns`: each custom field is a column of its own. */
  readonly customFields: 'raw' | 'columns'
  /** Side-loads that become columns of tickets, in Zendesk's words. */
  readonly include: readonly string[]
  /** Whether streams have the columns of Airbyte's connector, and no others. */
  readonly legacySchema: boolean
}

/** `delete`: told, so that the destination removes the row; `mark`: only Zendesk's own marker; `exclude`: left out. */
export type DeletedRecords = 'delete' | 'mark' | 'exclude'

/** Through the exports, from lists, or through the exports for as long as Zendesk has them open for this connection. */
export type Reader = 'auto' | 'export' | 'list'
