import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The temporary folder of a run of tests (vitest's `globalSetup`): what the tests and their programs put into the system's
 * temporary folder is in this one, and goes with it when the run ends.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'))
  // A PostgreSQL server of a test runs as another user, in a folder below.
  chmodSync(folder, 0o711)
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
