// One run of the destination, as Airbyte starts it: a process with files, messages on its standard input, and lines on its output.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Sandbox } from 'zendesk-sandbox'
import { tempFolder } from '../test/support/temp-folder.ts'

export interface Customer {
  readonly customer_id: string
  readonly full_name: string
  readonly mail: string
  readonly health_score: number
  readonly notes: string
  readonly changed_at: string
}

/** What a sync came to. */
export interface Sync {
  readonly written: number
  readonly unchanged: number
  readonly rejected: number
  readonly requests: number
  /** Of rejected rows. */
  readonly reasons: readonly string[]
}

const program = join(import.meta.dirname, '../dist/destination-zendesk.js')

/** Writes these rows of a stream; for the stream `replay`, sends a file of rejected rows once more. Throws if the run fails. */
export async function runDestinationOn(
  sandbox: Sandbox,
  config: object,
  stream: string,
  rows: readonly object[] | string,
): Promise<Sync> {
  const folder = tempFolder('demo-write')
  const file = (name: string, content: object): string => {
    writeFileSync(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  const { email, apiToken: api_token } = sandbox.credentials
  const account = { subdomain: 'sandbox', base_url: sandbox.url, rate_limit_percent: 100 }
  const credentials = { credentials: 'api_token', email, api_token }
  const catalog = {
    streams: [
      { stream: { name: stream, json_schema: {} }, sync_mode: 'full_refresh', destination_sync_mode: 'append_dedup' },
    ],
  }
  const withConfig = ['--config', file('config.json', { ...account, credentials, ...config })]
  const args = Array.isArray(rows)
    ? ['write', ...withConfig, '--catalog', file('catalog.json', catalog)]
    : ['replay', String(rows), ...withConfig]
  const before = sandbox.requests.all().length
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = Array.isArray(rows)
    ? rows.map((data) => ({ type: 'RECORD', record: { stream, data, emitted_at: 1 } }))
    : []
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const messages = (await text(child.stdout))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const logs = messages.flatMap(({ log }) => (log ? [String(log.message)] : []))
  const failure = messages.find(({ trace }) => trace?.error)
  if (failure) throw new Error(failure.trace.error.message)
  const found = logs
    .map((log) => /: (\d+) written(?: \([^)]*\))?, (\d+) unchanged, (\d+) rejected(?:, kept in (.*))?\.$/.exec(log))
    .find(Boolean)
  const [, written = '0', unchanged = '0', rejected = '0', kept] = found ?? []
  return {
    written: Number(written),
    unchanged: Number(unchanged),
    rejected: Number(rejected),
    requests: sandbox.requests.all().length - before,
    reasons: kept === undefined ? [] : reasonsIn(kept),
  }
}

function reasonsIn(path: string): readonly string[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const { key, code, message } = JSON.parse(line) as { key: readonly string[]; code: string; message: string }
    return `customer ${key.join(', ')}: ${code}: ${message}`
  })
}
