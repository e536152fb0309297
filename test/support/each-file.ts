// Runs before each file of tests (vitest's `setupFiles`).
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { closeOpened } from './afterwards.ts'

// Programs that are started from their code, dozens of times, are compiled once. It is set here for what a worker starts: a worker
// of its own would write what it compiled when the folder of the run is deleted already.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'compiled')

afterAll(closeOpened)
