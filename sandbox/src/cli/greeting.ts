import type { Sandbox } from '../index.ts'

/** The line for programs, once the sandbox is ready: `ca` is the path of the certificate to trust. */
export function readyLine({ url, tls, subdomain, credentials }: Sandbox, ca: string): string {
  return `${JSON.stringify({ url, tlsUrl: tls?.url ?? null, subdomain, ca, credentials })}\n`
}

/** The text for people, once the sandbox is ready. Its last line is a configuration for source-zendesk. */
export function greeting({ url, tls, subdomain, credentials }: Sandbox, ca: string): string {
  const { email, apiToken, accessToken, agentToken, endUserToken, narrowToken } = credentials
  const { clientId, clientSecret, publicClientId } = credentials
  const config = { subdomain, base_url: url, credentials: { credentials: 'api_token', email, api_token: apiToken } }
  const host = `${subdomain}.zendesk.com`
  const user = `-u '${email}/token:${apiToken}'`
  const path = '/api/v2/incremental/tickets/cursor?start_time=0'
  const secure =
    tls === undefined
      ? ''
      : `And as ${host}:
  curl ${user} --cacert '${ca}' --connect-to ::${new URL(tls.url).host} \\
    'https://${host}${path}'
`
  return `The sandbox listens at ${url}${tls === undefined ? '' : ` and ${tls.url}`}
A browser shows the account and the latest requests there.
API token:    ${email}/token:${apiToken}
Bearer token: ${accessToken} (agent: ${agentToken}, end user: ${endUserToken}, only tickets:read: ${narrowToken})
OAuth client: ${clientId} with the secret ${clientSecret} (public, without a secret: ${publicClientId})
Try:
  curl ${user} '${url}${path}'
${secure}Configuration for source-zendesk:
${JSON.stringify(config)}
`
}
