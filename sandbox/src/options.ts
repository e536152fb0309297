import type { PlanName } from './account/plan.ts'
import type { Credentials } from './credentials.ts'
import type { Deviation } from './deviations/names.ts'
import type { FaultOrder } from './http/faults/order.ts'
import type { BoundaryIndicators } from './http/pages/boundary-indicators.ts'
import type { Disturbances } from './webhooks/disturbances.ts'

/** The options of a sandbox; each has a default. */
export type SandboxOptions = {
  /** Number of tickets; 1000. */
  readonly tickets?: number
  /** The same seed (default 1) and `now` give the same account. */
  readonly seed?: number
  /** Port for HTTP; 0 (default) takes any free one. */
  readonly port?: number
  /** Port for HTTPS, 0 for any free one; without it there is no HTTPS. */
  readonly tlsPort?: number
  /** Address to listen on; 127.0.0.1. */
  readonly host?: string
  /**
   * Whether it keeps its process running; false, so that a test that fails before it closes the sandbox ends. A program that
   * does nothing else but serve needs it.
   */
  readonly holdsProcess?: boolean
  /** The account's name (`sandbox`); it answers to every other one too. */
  readonly subdomain?: string
  /**
   * Which origin the addresses in rows have: `https://{subdomain}.zendesk.com` with the port of HTTPS (default where
   * there is HTTPS), or where the sandbox listens for HTTP. Links between pages have the origin of the request.
   */
  readonly addresses?: 'http' | 'https'
  /** Where the account's clock starts, in epoch seconds (UTC); default: real time. */
  readonly now?: number
  /** The clock moves by `account.advance` only. */
  readonly frozen?: boolean
  /** How many times as fast as real time the clock runs (1): with 60, a limit's minute takes a second. */
  readonly timeScale?: number
  /** Random changes in a minute of real time, as long as it runs; 0. */
  readonly activity?: number
  /** The most rows that an export gives in one page (1000), so that tests can have many small pages. */
  readonly exportPageSize?: number
  /** Whether the plan's limits hold; false. */
  readonly limits?: boolean
  /** Requests a minute to the exports, whatever the plan grants. */
  readonly exportLimit?: number
  /** Requests a minute to the whole account, whatever the plan grants. */
  readonly accountLimit?: number
  /** The account's plan, which decides its features and limits; `enterprise_plus`, which has every feature. */
  readonly plan?: PlanName
  /** Serves `/__sandbox/...`. */
  readonly control?: boolean
  readonly credentials?: Partial<Credentials>
  /** Whether API tokens are accepted; true. */
  readonly apiTokenAccess?: boolean
  /** Answers as Zendesk does for a subdomain without an account. */
  readonly subdomainMissing?: boolean
  /** Answers every `/incremental/...` with this status, as Zendesk may once it has closed the exports. */
  readonly withoutExports?: 403 | 404 | 410
  /** Whether restoring a ticket writes no audit, and so no event; false. */
  readonly silentRestorations?: boolean
  /** When Support's lists by cursor have `meta.has_more`; always. */
  readonly boundaryIndicators?: BoundaryIndicators
  /** What it does otherwise than the project assumes of Zendesk; nothing. */
  readonly deviations?: readonly Deviation[]
  /** What goes wrong with deliveries of webhooks on their way; nothing. `account.disturbDeliveries` changes it. */
  readonly deliveries?: Disturbances
  /** Faults from the first request on. */
  readonly faults?: FaultOrder
}
