#!/usr/bin/env node
import specification from '../../spec.json' with { type: 'json' }
import { type Program, runProgram } from './program.ts'

// The Airbyte source. What `spec` does not need is loaded by the other commands only.
await runProgram('source-zendesk', async (program) => {
  const { argv, write, say } = program
  if (argv[0] === 'auth') return auth(program)
  if (argv[0] === 'spec') {
    await write(`${JSON.stringify({ type: 'SPEC', spec: specification })}\n`)
    return 0
  }
  const { runCommand, USAGE } = await import('../protocols/airbyte/commands.ts')
  if (argv.length === 0 || argv.includes('--help')) say(USAGE)
  return runCommand(argv, {
    ...program,
    connect: async (config, surroundings) =>
      (await import('../connector/create-connector.ts')).createConnector(config, surroundings),
  })
})

async function auth({ argv, say, write, file, stage, environment, signal }: Program): Promise<number> {
  const { runAuth } = await import('../auth/commands/run-auth.ts')
  const { createConnector } = await import('../connector/create-connector.ts')
  const { createSignIn } = await import('../connector/account-connection.ts')
  const { openBrowser } = await import('./open-browser.ts')
  return runAuth(argv.slice(1), {
    say,
    write,
    file,
    environment,
    openBrowser,
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
