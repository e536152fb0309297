/** A request as limits see it. `path` is without `.json`; `user` is the caller's id, undefined for an anonymous call. */
export type Charged = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly user: number | undefined
}

/** A limit of some endpoints, in addition to the account's (facts 33 to 49). */
export type LimitRule = {
  readonly name: string
  /** The bucket's name in the header `zendesk-ratelimit-…`; without it Zendesk doesn't announce the limit. */
  readonly header?: string
  readonly methods: readonly string[]
  /** Over the path after `/api/v2`. Each value of its groups counts separately: a limit per ticket has one for the id. */
  readonly path: RegExp
  readonly query?: (query: URLSearchParams) => boolean
  /** Each caller has an allowance of his own. */
  readonly perUser?: boolean
  /** Requests in a window, and with the High Volume API add-on. */
  readonly total: number
  readonly highVolume?: number
  /** Length of the window; 60. */
  readonly seconds?: number
  /** If set, `exportLimit` times this number replaces the plan's limit. */
  readonly exports?: number
  /** Zendesk's name of the limited requests, in the refusal; `API`. */
  readonly what?: string
}

const GET = ['GET']
const PUT = ['PUT', 'PATCH']
const POST = ['POST']
const DELETE = ['DELETE']
const EXPORT = 'incremental export API'

const page = (query: URLSearchParams) => Number(query.get('page') ?? 1)
const deep = (query: URLSearchParams) => page(query) > 500
const exported = { methods: GET, total: 10, highVolume: 30, exports: 1, what: EXPORT } as const

/** The limits of endpoints. A request is counted by every rule that it fits. */
export const LIMIT_RULES: readonly LimitRule[] = [
  {
    ...exported,
    name: 'user export',
    header: 'incremental-exports-cursor',
    path: /^\/incremental\/users\/cursor$/,
    total: 20,
    highVolume: 60,
    exports: 2,
  },
  {
    ...exported,
    name: 'exports',
    header: 'incremental-exports',
    path: /^\/incremental\/(?!users\/cursor$|ticket_metric_events$|[^/]+\/sample$)/,
  },
  // Counted with the other exports, but seen without a header.
  { ...exported, name: 'exports', path: /^\/incremental\/ticket_metric_events$/ },
  {
    methods: GET,
    name: 'export samples',
    path: /^\/incremental\/[^/]+\/sample$/,
    total: 10,
    seconds: 1200,
    what: EXPORT,
  },
  { methods: GET, name: 'call exports', path: /^\/channels\/voice\/stats\/incremental\//, total: 10, what: EXPORT },
  { methods: GET, name: 'search', header: 'search-index', path: /^\/search$/, total: 2500 },
  { methods: GET, name: 'search export', path: /^\/search\/export$/, total: 100 },
  // 100 in 2023 and in the documentation, 100,000 in the latest traffic, which is as good as no limit.
  { methods: GET, name: 'tickets', header: 'tickets-index', path: /^\/tickets$/, total: 100_000 },
  // Assumed (fact 345): every page by number counts here, without a limit of its own.
  {
    methods: GET,
    name: 'ticket pages',
    header: 'tickets-index-pagination',
    path: /^\/tickets$/,
    query: (query) => query.has('page'),
    total: 100_000,
  },
  {
    methods: GET,
    name: 'deep ticket pages',
    header: 'tickets-index-deep-pagination',
    path: /^\/tickets$/,
    query: deep,
    total: 50,
  },
  { methods: GET, name: 'deep tag pages', header: 'tags-index', path: /^\/tags$/, query: deep, total: 50 },
  {
    methods: PUT,
    name: 'updates of a ticket',
    header: 'per-ticket-updates',
    path: /^\/tickets\/(\d+)$/,
    perUser: true,
    total: 30,
    seconds: 600,
  },
  {
    methods: PUT,
    name: 'ticket updates',
    header: 'tickets-update',
    path: /^\/tickets\/\d+$/,
    total: 100,
    highVolume: 300,
  },
  { methods: DELETE, name: 'ticket deletions', path: /^\/tickets\/\d+$/, total: 400 },
  // Assumed (fact 345): the window of this bucket, whose total alone was seen.
  {
    methods: POST,
    name: 'new tickets',
    header: 'ticket-request-create-by-user-and-ip',
    path: /^\/(?:tickets|requests)$/,
    perUser: true,
    total: 300,
  },
  {
    methods: GET,
    name: 'deleted tickets',
    header: 'deleted-tickets-index',
    path: /^\/deleted_tickets$/,
    total: 10,
    exports: 1,
  },
  {
    methods: GET,
    name: 'deep deleted tickets',
    path: /^\/deleted_tickets$/,
    query: (query) => page(query) > 100,
    total: 5,
  },
  {
    methods: DELETE,
    name: 'permanent deletions',
    header: 'deleted-tickets-destroy',
    path: /^\/deleted_tickets\/\d+$/,
    total: 1000,
  },
  { methods: DELETE, name: 'bulk permanent deletions', path: /^\/deleted_tickets\/destroy_many$/, total: 300 },
  // Assumed (fact 345): the limit of one a second is that of upserts; five a minute are for each user's updates.
  { methods: PUT, name: 'updates of a user', path: /^\/users\/(\d+)$/, total: 5 },
  {
    methods: POST,
    name: 'user upserts',
    header: 'create-update-user',
    path: /^\/users\/create_or_update$/,
    total: 1,
    seconds: 1,
  },
  { methods: DELETE, name: 'permanent user deletions', path: /^\/deleted_users\/\d+$/, total: 700, seconds: 600 },
  { methods: PUT, name: 'updates of an organization', path: /^\/organizations\/(\d+)$/, total: 5 },
  { methods: GET, name: 'a view', path: /^\/views\/(\d+)\/(execute|tickets|count)$/, perUser: true, total: 5 },
  { methods: GET, name: 'view counts', path: /^\/views\/count_many$/, total: 6, seconds: 300 },
  { methods: GET, name: 'view exports', path: /^\/views\/\d+\/export$/, total: 100_000, seconds: 3600 },
  { methods: GET, name: 'field options', path: /^\/ticket_fields\/\d+\/options$/, total: 100 },
  // Assumed (fact 345): between the figures that are quoted (450 and 500).
  { methods: GET, name: "a ticket's audits", path: /^\/tickets\/\d+\/audits$/, total: 500 },
  {
    methods: POST,
    name: 'side conversations',
    path: /^\/tickets\/\d+\/side_conversations(?:\/[^/]+\/reply)?$/,
    total: 300,
    seconds: 600,
  },
  {
    methods: GET,
    name: 'side conversation events',
    path: /^\/tickets\/side_conversations\/events$/,
    total: 600,
    seconds: 600,
  },
  { methods: GET, name: 'agent availabilities', path: /^\/agent_availabilities(?:\/|$)/, total: 300 },
]
