import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { skipReporter } from './test/support/skips.ts'

const skips = skipReporter(join(import.meta.dirname, 'test/skips.json'), (text) => process.stdout.write(text))

export default defineConfig({
  test: {
    // Twice as many as a small machine has cores: a worker waits two fifths of its time, for a limit, a program or a server. Each
    // takes less than a gigabyte, at most half of one more, so that 8 GB are enough.
    maxWorkers: 4,
    // Node loads the code as it stands, as it does when a program is started from it: that is faster, and so is the code.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Files share the modules of their worker: what they load takes longer than most of what they try. No module keeps anything
    // of one test for the next one.
    isolate: false,
    // A worker reads account after account: with all memory of a large machine it collects garbage when it has gigabytes of it.
    // What is read lives for a moment: with room for it, a sixth of the work is saved, which goes into moving it about.
    execArgv: ['--max-old-space-size=1536', '--max-semi-space-size=64'],
    env: { MALLOC_ARENA_MAX: '2' },
    setupFiles: ['test/support/each-file.ts'],
    globalSetup: ['test/support/temp-of-run.ts'],
    reporters: ['default', skips],
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts', 'hub/test/**/*.test.ts', 'bench/test/**/*.test.ts'],
    // However busy the machine is: these end what hangs, and hold no test to a time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000 } },
  },
})
