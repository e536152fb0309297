import specification from '../../spec.json' with { type: 'json' }
import type { Runtime } from '../model/runtime.ts'
import type { Program } from './program.ts'

/**
 * The Airbyte source: runs the command in its arguments and resolves to the exit code. `spec` loads only what it needs.
 * `other` replaces parts of this machine in tests: the clock, time-outs.
 */
export async function runSource(program: Program, other: Partial<Runtime> = {}): Promise<number> {
  const { argv, write, say, isTerminal = { out: false, err: false }, ...rest } = program
  if (argv[0] === 'auth') return auth(program)
  if (argv.length === 1 && argv[0] === 'spec') {
    await write(`${JSON.stringify({ type: 'SPEC', spec: specification })}\n`)
    return 0
  }
  const { runCommand } = await import('../protocols/airbyte/commands.ts')
  return runCommand(argv, {
    ...rest,
    write,
    version: process.env.npm_package_version ?? 'from source',
    isTerminal: isTerminal.out,
    ...((isTerminal.out || isTerminal.err) && { say }),
    connect: async (config, runtime) =>
      (await import('../connector/create-connector.ts')).createConnector(config, { ...runtime, ...other }),
  })
}

async function auth({ argv, say, write, file, stage, environment, signal, typed }: Program): Promise<number> {
  const { runAuth } = await import('../auth/commands/run-auth.ts')
  const { createConnector } = await import('../connector/create-connector.ts')
  const { createSignIn } = await import('../connector/account-connection.ts')
  const { openBrowser } = await import('./open-browser.ts')
  return runAuth(argv.slice(1), {
    say,
    write,
    file,
    environment,
    version: process.env.npm_package_version ?? 'from source',
    ...(typed && { typed }),
    openBrowser: (url) => openBrowser(url, environment),
    tokenEndpoint: (config) => createSignIn(config, signal),
    connect: (config, keep) =>
      createConnector(config, {
        signal,
        report: () => undefined,
        credentialSink: keep,
        environment,
        stage,
        patient: false,
      }),
    signal,
  })
}
