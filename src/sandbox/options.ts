import type { PlanName } from './account/plan.ts'

/** Who may call. E-mail addresses belong to users of the account; tokens to one of them. */
export type Credentials = {
  /** The administrator's address, with `apiToken` for Basic authentication. */
  readonly email: string
  /** 40 characters; works with the address of every active user. */
  readonly apiToken: string
  /** Bearer token of the administrator, with the scopes `read write`. */
  readonly accessToken: string
  readonly agentEmail: string
  /** Bearer token of an agent who is no administrator. */
  readonly agentToken: string
  readonly endUserEmail: string
  /** Bearer token of an end user. */
  readonly endUserToken: string
  /** Bearer token of the administrator with the scope `tickets:read` only. */
  readonly narrowToken: string
}

/** What can be asked of a sandbox; everything has a default. */
export type SandboxOptions = {
  /** Number of tickets; 1000. */
  readonly tickets?: number
  /** The same seed (default 1) and `now` give the same account. */
  readonly seed?: number
  /** 0 (default) takes any free port. */
  readonly port?: number
  /** Address to listen on; 127.0.0.1. */
  readonly host?: string
  /** Where the account's clock starts, in epoch seconds (UTC); default: real time. */
  readonly now?: number
  /** The clock moves by `account.advance` only. */
  readonly frozen?: boolean
  /** The most rows that an export gives in one page (1000), so that tests can have many small pages. */
  readonly exportPageSize?: number
  /** Requests a minute to the exports; without it they are not limited. */
  readonly exportLimit?: number
  /** Requests a minute to the whole account; without it they are not limited. */
  readonly accountLimit?: number
  /** The account's plan, which decides what it has: `enterprise_plus`, which has everything. */
  readonly plan?: PlanName
  /** Serves `/__sandbox/...`. */
  readonly control?: boolean
  readonly credentials?: Partial<Credentials>
  /** Whether API tokens are accepted; true. */
  readonly apiTokenAccess?: boolean
  /** Answers as Zendesk does for a subdomain that nobody has. */
  readonly subdomainMissing?: boolean
  /** Answers every `/incremental/...` with this status, as Zendesk may once it has closed the exports. */
  readonly withoutExports?: 403 | 404 | 410
}

/** The credentials of every sandbox that was not given others. */
export const CREDENTIALS: Credentials = {
  email: 'admin@example.com',
  apiToken: 'sandbox-api-token-0123456789abcdefghijkl',
  accessToken: 'sandbox-access-token',
  agentEmail: 'agent@example.com',
  agentToken: 'sandbox-agent-token',
  endUserEmail: 'customer@example.com',
  endUserToken: 'sandbox-end-user-token',
  narrowToken: 'sandbox-narrow-token',
}
