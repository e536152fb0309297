// The disk gets full in the middle of a first load: exit code 1 and a sentence; with room again, the next sync goes on.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor } from './support/here.ts'
import { runShell } from './support/program.ts'

/** A small disk in memory, which this process alone sees; whether the system lets us have one. */
const ALONE = ['unshare', '--user', '--map-root-user', '--mount']
const canMount = (() => {
  try {
    execFileSync(ALONE[0]!, [...ALONE.slice(1), 'sh', '-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d"'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!canMount)('DuckDB', async () => {
  const sandbox = await startSandbox({ tickets: 3000, exportPageSize: 100 })
  const folder = mkdtempSync(join(tmpdir(), 'hub-'))
  const config = join(folder, 'config.json')
  writeFileSync(config, JSON.stringify(configFor(sandbox)))
  const script = `
    disk="$1/disk"; mkdir "$disk"; mount -t tmpfs -o size=3m tmpfs "$disk"
    sync="$2 $3 sync --source $1/config.json --streams tickets,users --mode append --commit-rows 200 --to duckdb:$disk/z.duckdb"
    $sync >/dev/null; echo "$?"
    mount -o remount,size=100m "$disk"
    $sync >/dev/null; echo "$?"
    $2 $3 query --json "select count(*) as n, count(distinct id) as keys from tickets" --to "duckdb:$disk/z.duckdb"
    $2 $3 query --json "select max(rows) as rows from _streams where stream = 'tickets' and status = 'complete'" --to "duckdb:$disk/z.duckdb"`
  try {
    const hub = join(import.meta.dirname, '../dist/zendesk-hub.js')
    const { out, said } = await runShell(ALONE, script, [folder, process.execPath, hub])
    const [first, second, counted, loaded] = out.trim().split('\n')
    expect([first, second], said).toEqual(['1', '0'])
    expect(said).toMatch(/^zendesk-hub: There is no room left on the disk of .*z\.duckdb\. What was committed is safe/m)
    expect(said).not.toMatch(/ {4}at /)
    const { live, deleted } = sandbox.account.truth('tickets')
    const tickets = live.size + [...deleted].length
    const { n, keys } = JSON.parse(counted!) as { n: number; keys: number }
    expect([n, keys]).toEqual([keys, keys])
    expect(keys).toBeGreaterThanOrEqual(live.size)
    expect(keys).toBeLessThanOrEqual(tickets)
    // It went on from what was committed.
    expect((JSON.parse(loaded!) as { rows: number }).rows).toBeLessThan(live.size)
  } finally {
    await sandbox.close()
    rmSync(folder, { recursive: true })
  }
})
