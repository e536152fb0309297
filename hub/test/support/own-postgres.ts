// A PostgreSQL server of a test's own, which it may stop and start: from the programs that are installed.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

export interface OwnPostgres {
  readonly url: string
  start(): Promise<void>
  /** Ends it at once, as a crash does. */
  crash(): Promise<void>
  remove(): Promise<void>
}

/** Whom the server runs as: it refuses to run as root. Undefined: as whoever runs the test. */
const owner = (() => {
  if (process.getuid?.() !== 0) return {}
  try {
    const id = (what: string): number =>
      Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
})()

/** Whether this machine has the programs. */
export const hasPostgres = (() => {
  try {
    for (const program of ['initdb', 'postgres']) execFileSync(program, ['--version'], { stdio: 'ignore' })
    return owner !== undefined
  } catch {
    return false
  }
})()

export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-postgres-'))
  if (owner?.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const as = { ...owner, cwd: folder, stdio: 'ignore' as const }
  execFileSync('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], as)
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let server: ChildProcess | undefined
  const crash = async (): Promise<void> => {
    const running = server
    server = undefined
    if (running === undefined) return
    const ended = once(running, 'close')
    running.kill('SIGQUIT')
    await ended
  }
  return {
    url,
    async start() {
      server = spawn('postgres', ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder], as)
      while (!(await answers(url))) await pause(50)
    },
    crash,
    async remove() {
      await crash()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
