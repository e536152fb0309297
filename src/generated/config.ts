// Generated from spec.json by tools/generate.ts; not to be edited.
/**
 * A configuration as a user writes it: docs/configuration.md.
 */
export interface Config {
/**
 * The first part of the address at which you sign in to Zendesk: for https://acme.zendesk.com it is acme. The whole address works too.
 */
subdomain: string
/**
 * How to sign in. The user behind it must be an administrator: Zendesk gives the exports of tickets, users and organizations to no one else.
 */
credentials: ({
credentials: "oauth2_client_credentials"
/**
 * The identifier of a confidential OAuth client of your account: Admin Center, Apps and integrations, APIs, OAuth clients. It acts as the user that it belongs to.
 */
client_id: string
/**
 * The secret of that OAuth client.
 */
client_secret: string
/**
 * What the connection may do, blank-separated. Reading everything takes "read".
 */
scope?: string
} | {
credentials: "oauth2_refresh"
/**
 * The OAuth client for which the consent was given.
 */
client_id: string
/**
 * The secret of that OAuth client; public clients have none.
 */
client_secret?: string
/**
 * Good for one use: each sync puts a new one in its place. Nothing else may use the same one.
 */
refresh_token: string
/**
 * Used until it ends; filled in by the connector.
 */
access_token?: string
/**
 * Filled in by the connector.
 */
token_expiry_date?: string
} | {
credentials: "oauth2.0"
/**
 * An OAuth access token with the scope "read". One that ends is not renewed.
 */
access_token: string
/**
 * The OAuth client that the token was made for. Not needed to read.
 */
client_id?: string
/**
 * The secret of that OAuth client. Not needed to read.
 */
client_secret?: string
} | {
credentials: "api_token"
/**
 * The address of the administrator in whose name the token is used.
 */
email: string
/**
 * A token from Admin Center, Apps and integrations, API tokens. Since October 2026 no new ones can be made, and Zendesk ends all of them on 30 April 2027.
 */
api_token: string
} | {
credentials: "password"
/**
 * The address of the administrator.
 */
email: string
/**
 * Zendesk switched passwords off for its API on 12 January 2026: accounts no longer accept them.
 */
password: string
})
/**
 * Tickets, users, organizations and other records that changed before this moment (UTC) are left out of the first sync: a date, or "90 days ago", which the first sync fixes. Empty: everything is read. An earlier date later on reads again from there. Small tables such as groups, ticket fields and forms are always read whole.
 */
start_date?: string
/**
 * What the start date goes by. updated: everything that changed since. created: only records that were created since, and their later changes.
 */
pull_by?: ("updated" | "created")
/**
 * Which tickets are read, with their comments and events. all: also those that AI agents serve, which Zendesk's exports leave out by default. agent or ai_agent: only those of agents, or of AI agents. A wider choice later on reads the streams again.
 */
support_type_scope?: ("all" | "agent" | "ai_agent")
/**
 * In a long first sync, streams that share one of Zendesk's limits take turns: tickets, users and organizations come first, then conversations, then metric events, then the rest. The streams that are named here go before all of them, in this order.
 */
streams_first?: string[]
/**
 * How many lists and exports are read at the same time. Zendesk's limits are kept whatever it is; a smaller number takes less memory.
 */
streams_concurrency?: number
/**
 * On: a value that does not fit the type of its column is replaced by null, inside of objects and lists too. The record says so (meta.changes), or the log with Singer. Off: records are emitted as Zendesk gives them. Unknown fields are emitted either way, and logged once.
 */
strict_types?: boolean
/**
 * Texts may hold the character U+0000, which most databases refuse. keep: it is emitted. strip: it is taken out, and the log says so. Left out: strip with Singer and with strict types, else keep.
 */
nul_characters?: ("keep" | "strip")
/**
 * Where the files of ticket_attachments and article_attachments are put, each at <stream>/<id>/<file name>. Airbyte asks for them with include_files, and says where (AIRBYTE_STAGING_DIRECTORY, or /staging/files) if this is empty; the Singer tap brings them where this is given.
 */
files_folder?: string
/**
 * delete: what was deleted in Zendesk carries the column _ab_cdc_deleted_at, and destinations that deduplicate remove the row. mark: no such column, only Zendesk's own marks, such as a ticket's status "deleted". exclude: deleted records are left out.
 */
deleted_records?: ("delete" | "mark" | "exclude")
/**
 * export: tickets, their events and metrics, users and organizations are read through the Incremental Export API, which Zendesk closes to third parties. list: they are read from lists, which takes more requests. auto: through the exports for as long as Zendesk has them open for this connection, then from lists.
 */
reader?: ("auto" | "export" | "list")
/**
 * If streams are read from lists, Zendesk does not report deletions of archived tickets and some changes: after this number of days, everything in Zendesk is compared with what was read. 0: never.
 */
reconcile_every?: number
/**
 * Of most records Zendesk does not say that they were deleted: they are only missing. If a larger share of a stream's records is missing (and more than ten, or the list is empty), also when asked again, none is deleted and the stream fails with a message. 100: all is believed.
 */
max_deletions_percent?: number
/**
 * raw: the custom fields of tickets, users, organizations and custom objects come as Zendesk gives them, together in one column. columns: each is a column of its own, with its type, named by the field's key or title; choices also come with the label that people see, as ..._label. Refresh the schema after changing this.
 */
custom_fields?: ("raw" | "columns")
/**
 * Streams of your own: what Zendesk's search finds, with its later changes. Rows that no longer match the search stay until a full refresh. open_tickets and closed_tickets are there in any case, and follow what is opened and closed.
 */
searches?: {
/**
 * Small letters, digits and underscores.
 */
name: string
/**
 * As in Zendesk's search box. Tickets are searched for, or with type:user, type:organization or type:group those.
 */
query: string
}[]
/**
 * What tickets refer to, as columns of their own, read with them at no cost in requests. They show what was true when the ticket was read, and do not follow later changes. users: requester, submitter and assignee. slas as far as Zendesk gives them. Refresh the schema after changing this.
 */
include?: ("users" | "groups" | "organizations" | "ticket_forms" | "brands" | "custom_statuses" | "sharing_agreements" | "comment_count" | "incident_counts" | "dates" | "metric_sets" | "slas")[]
/**
 * Streams that Airbyte's own connector has get exactly its columns (of version 4.9.1), for tables that it has filled so far. Deletions then have Zendesk's own marks only.
 */
legacy_schema?: boolean
/**
 * Takes the place of https://{subdomain}.zendesk.com, for a proxy or the sandbox. Plain http is allowed for this machine only.
 */
base_url?: string
/**
 * For those who distribute the connector: how it is registered with Zendesk, sent along with every request as Zendesk asks of third parties.
 */
marketplace?: {
name: string
organization_id: string
app_id: string
}
/**
 * How much of the account's requests a minute the connection may use, in percent. The rest is left to your other tools; what they are seen to use is left to them as well.
 */
rate_limit_percent?: number
/**
 * How much of the limits of Zendesk's exports the connection may use, in percent: 10 requests a minute, or 30 with the High Volume add-on. Other tools that read the same exports need the rest.
 */
exports_percent?: number
/**
 * For how many minutes a request that fails is tried again before its stream gives up. Waiting for a limit does not count.
 */
max_retry_minutes?: number
}

/**
 * The same with every default filled in.
 */
export interface FilledConfig {
/**
 * The first part of the address at which you sign in to Zendesk: for https://acme.zendesk.com it is acme. The whole address works too.
 */
subdomain: string
/**
 * How to sign in. The user behind it must be an administrator: Zendesk gives the exports of tickets, users and organizations to no one else.
 */
credentials: ({
credentials: "oauth2_client_credentials"
/**
 * The identifier of a confidential OAuth client of your account: Admin Center, Apps and integrations, APIs, OAuth clients. It acts as the user that it belongs to.
 */
client_id: string
/**
 * The secret of that OAuth client.
 */
client_secret: string
/**
 * What the connection may do, blank-separated. Reading everything takes "read".
 */
scope?: string
} | {
credentials: "oauth2_refresh"
/**
 * The OAuth client for which the consent was given.
 */
client_id: string
/**
 * The secret of that OAuth client; public clients have none.
 */
client_secret?: string
/**
 * Good for one use: each sync puts a new one in its place. Nothing else may use the same one.
 */
refresh_token: string
/**
 * Used until it ends; filled in by the connector.
 */
access_token?: string
/**
 * Filled in by the connector.
 */
token_expiry_date?: string
} | {
credentials: "oauth2.0"
/**
 * An OAuth access token with the scope "read". One that ends is not renewed.
 */
access_token: string
/**
 * The OAuth client that the token was made for. Not needed to read.
 */
client_id?: string
/**
 * The secret of that OAuth client. Not needed to read.
 */
client_secret?: string
} | {
credentials: "api_token"
/**
 * The address of the administrator in whose name the token is used.
 */
email: string
/**
 * A token from Admin Center, Apps and integrations, API tokens. Since October 2026 no new ones can be made, and Zendesk ends all of them on 30 April 2027.
 */
api_token: string
} | {
credentials: "password"
/**
 * The address of the administrator.
 */
email: string
/**
 * Zendesk switched passwords off for its API on 12 January 2026: accounts no longer accept them.
 */
password: string
})
/**
 * Tickets, users, organizations and other records that changed before this moment (UTC) are left out of the first sync: a date, or "90 days ago", which the first sync fixes. Empty: everything is read. An earlier date later on reads again from there. Small tables such as groups, ticket fields and forms are always read whole.
 */
start_date?: string
/**
 * What the start date goes by. updated: everything that changed since. created: only records that were created since, and their later changes.
 */
pull_by: ("updated" | "created")
/**
 * Which tickets are read, with their comments and events. all: also those that AI agents serve, which Zendesk's exports leave out by default. agent or ai_agent: only those of agents, or of AI agents. A wider choice later on reads the streams again.
 */
support_type_scope: ("all" | "agent" | "ai_agent")
/**
 * In a long first sync, streams that share one of Zendesk's limits take turns: tickets, users and organizations come first, then conversations, then metric events, then the rest. The streams that are named here go before all of them, in this order.
 */
streams_first: string[]
/**
 * How many lists and exports are read at the same time. Zendesk's limits are kept whatever it is; a smaller number takes less memory.
 */
streams_concurrency: number
/**
 * On: a value that does not fit the type of its column is replaced by null, inside of objects and lists too. The record says so (meta.changes), or the log with Singer. Off: records are emitted as Zendesk gives them. Unknown fields are emitted either way, and logged once.
 */
strict_types: boolean
/**
 * Texts may hold the character U+0000, which most databases refuse. keep: it is emitted. strip: it is taken out, and the log says so. Left out: strip with Singer and with strict types, else keep.
 */
nul_characters?: ("keep" | "strip")
/**
 * Where the files of ticket_attachments and article_attachments are put, each at <stream>/<id>/<file name>. Airbyte asks for them with include_files, and says where (AIRBYTE_STAGING_DIRECTORY, or /staging/files) if this is empty; the Singer tap brings them where this is given.
 */
files_folder?: string
/**
 * delete: what was deleted in Zendesk carries the column _ab_cdc_deleted_at, and destinations that deduplicate remove the row. mark: no such column, only Zendesk's own marks, such as a ticket's status "deleted". exclude: deleted records are left out.
 */
deleted_records: ("delete" | "mark" | "exclude")
/**
 * export: tickets, their events and metrics, users and organizations are read through the Incremental Export API, which Zendesk closes to third parties. list: they are read from lists, which takes more requests. auto: through the exports for as long as Zendesk has them open for this connection, then from lists.
 */
reader: ("auto" | "export" | "list")
/**
 * If streams are read from lists, Zendesk does not report deletions of archived tickets and some changes: after this number of days, everything in Zendesk is compared with what was read. 0: never.
 */
reconcile_every: number
/**
 * Of most records Zendesk does not say that they were deleted: they are only missing. If a larger share of a stream's records is missing (and more than ten, or the list is empty), also when asked again, none is deleted and the stream fails with a message. 100: all is believed.
 */
max_deletions_percent: number
/**
 * raw: the custom fields of tickets, users, organizations and custom objects come as Zendesk gives them, together in one column. columns: each is a column of its own, with its type, named by the field's key or title; choices also come with the label that people see, as ..._label. Refresh the schema after changing this.
 */
custom_fields: ("raw" | "columns")
/**
 * Streams of your own: what Zendesk's search finds, with its later changes. Rows that no longer match the search stay until a full refresh. open_tickets and closed_tickets are there in any case, and follow what is opened and closed.
 */
searches?: {
/**
 * Small letters, digits and underscores.
 */
name: string
/**
 * As in Zendesk's search box. Tickets are searched for, or with type:user, type:organization or type:group those.
 */
query: string
}[]
/**
 * What tickets refer to, as columns of their own, read with them at no cost in requests. They show what was true when the ticket was read, and do not follow later changes. users: requester, submitter and assignee. slas as far as Zendesk gives them. Refresh the schema after changing this.
 */
include?: ("users" | "groups" | "organizations" | "ticket_forms" | "brands" | "custom_statuses" | "sharing_agreements" | "comment_count" | "incident_counts" | "dates" | "metric_sets" | "slas")[]
/**
 * Streams that Airbyte's own connector has get exactly its columns (of version 4.9.1), for tables that it has filled so far. Deletions then have Zendesk's own marks only.
 */
legacy_schema: boolean
/**
 * Takes the place of https://{subdomain}.zendesk.com, for a proxy or the sandbox. Plain http is allowed for this machine only.
 */
base_url?: string
/**
 * For those who distribute the connector: how it is registered with Zendesk, sent along with every request as Zendesk asks of third parties.
 */
marketplace?: {
name: string
organization_id: string
app_id: string
}
/**
 * How much of the account's requests a minute the connection may use, in percent. The rest is left to your other tools; what they are seen to use is left to them as well.
 */
rate_limit_percent: number
/**
 * How much of the limits of Zendesk's exports the connection may use, in percent: 10 requests a minute, or 30 with the High Volume add-on. Other tools that read the same exports need the rest.
 */
exports_percent: number
/**
 * For how many minutes a request that fails is tried again before its stream gives up. Waiting for a limit does not count.
 */
max_retry_minutes: number
}
