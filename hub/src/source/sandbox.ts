// A local Zendesk to try the hub with: nobody needs an account for the first sync.
import type { Config } from 'zendesk-connector'

export interface LocalAccount {
  readonly config: Config
  close(): Promise<void>
}

/** Starts a sandbox of this process with so many tickets. */
export async function openSandbox(tickets: number): Promise<LocalAccount> {
  const { startSandbox } = await import('zendesk-sandbox')
  const { url, subdomain, credentials, close } = await startSandbox({ tickets })
  const { email, apiToken: api_token } = credentials
  return {
    config: { subdomain, base_url: url, credentials: { credentials: 'api_token', email, api_token } },
    close,
  }
}
