// What the configuration says about what is read. Imports nothing; every room may import it, by way of stream.ts.

/** What is read of an account. */
export interface Selection {
  /** The lower bound of the first sync (epoch seconds); 0: everything. */
  readonly startDate: number
  /** Whether the start date moves on with each day, as `90 days ago` does. */
  readonly isRelative: boolean
  /** `created`: records created before the start date are left out, even if they change later. */
  readonly pullBy: 'updated' | 'created'
  /** Values for the `configured` parameters of walks. */
  readonly query: Readonly<Record<string, string>>
}

/** A search that is read as a stream: its name, and the query in Zendesk's search language. */
export interface Search {
  readonly name: string
  readonly query: string
}

/** What the configuration says about which streams there are, and about their columns. */
export interface Choices {
  readonly searches: readonly Search[]
  /** `columns`: each custom field is a column of its own. */
  readonly customFields: 'raw' | 'columns'
  /** The side-loads that become columns of tickets, as Zendesk names them. */
  readonly include: readonly string[]
  /** Whether streams have the columns of Airbyte's connector, and no others. */
  readonly legacySchema: boolean
}

/** Deletions: `delete` emits them, so that the destination deletes rows; `mark` leaves it at Zendesk's marker; `exclude` drops these records. */
export type DeletedRecords = 'delete' | 'mark' | 'exclude'

/** `export`: through the exports; `list`: from lists; `auto`: through the exports while they are open for this connection. */
export type Reader = 'auto' | 'export' | 'list'
