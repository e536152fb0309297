#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startSandbox } from '../sandbox/index.ts'

// The composition root of the sandbox: flags in, a local Zendesk out, until it is told to stop.
const USAGE = `Usage: zendesk-sandbox [options]

A local Zendesk with a generated account, for trying out clients. Listens on 127.0.0.1.

  --port N            port to listen on (8080; 0 takes any free one)
  --tickets N         number of tickets (1000)
  --seed N            another seed gives another account (1)
  --export-limit N    requests a minute to the incremental exports (not limited; Zendesk: 10)
  --account-limit N   requests a minute to the account (not limited; Zendesk: 200 to 2500)
  --export-page N     most rows in one page of an export (1000)
  --control           serve the control API under /__sandbox/: truth, changes, clock, requests, faults
  --help              this text
`

const say = (text: string): void => {
  process.stderr.write(text)
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      tickets: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'export-limit': { type: 'string' },
      'account-limit': { type: 'string' },
      'export-page': { type: 'string' },
      control: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(USAGE)
  const number = (name: 'port' | 'tickets' | 'seed' | 'export-limit' | 'account-limit' | 'export-page') => {
    const text = values[name]
    if (text !== undefined && !/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`)
    return text === undefined ? undefined : Number(text)
  }
  const [exportLimit, accountLimit, exportPageSize] = [
    number('export-limit'),
    number('account-limit'),
    number('export-page'),
  ]
  const tickets = number('tickets') ?? 1000
  const sandbox = await startSandbox({
    port: number('port') ?? 8080,
    tickets,
    seed: number('seed') ?? 1,
    control: values.control,
    ...(exportLimit === undefined ? {} : { exportLimit }),
    ...(accountLimit === undefined ? {} : { accountLimit }),
    ...(exportPageSize === undefined ? {} : { exportPageSize }),
  })
  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  const { email, apiToken, accessToken, agentToken, endUserToken, narrowToken } = sandbox.credentials
  const config = {
    subdomain: 'sandbox',
    base_url: sandbox.url,
    credentials: { credentials: 'api_token', email, api_token: apiToken },
  }
  say(`A Zendesk with ${tickets} tickets listens at ${sandbox.url}
API token:    ${email}/token:${apiToken}
Bearer token: ${accessToken} (agent: ${agentToken}, end user: ${endUserToken}, only tickets:read: ${narrowToken})
Try:          curl -u '${email}/token:${apiToken}' '${sandbox.url}/api/v2/incremental/tickets/cursor?start_time=0'
Configuration for source-zendesk:
${JSON.stringify(config)}
`)
}

try {
  await run()
} catch (error) {
  say(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
