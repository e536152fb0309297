// Asks a real account whether it does what the code assumes of Zendesk: `npm run probe -- --config config.json`. It sends
// GET requests alone.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { connectAccount } from '../src/connector/account-connection.ts'
import { stagedFile } from '../src/io/staged-file.ts'
import { textFile } from '../src/io/text-file.ts'
import { messageOf } from '../src/model/errors.ts'
import { signedInUser } from '../src/zendesk/availability.ts'
import { accountOf } from './probe/assumption.ts'
import { lineOf, notAskableLines, probe } from './probe/run.ts'

const USAGE = `Usage: npm run probe -- --config FILE [--state-of-credentials FILE]

Asks the account about each assumption of docs/zendesk-facts.md that reading can show, and prints a line for each: holds,
does not hold, or not decidable. It reads only. An administrator sees the most. Refresh tokens that are renewed are kept in
the configuration, or in the other file.
`

const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  return 1
})

async function main(): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { config: text, 'state-of-credentials': text, help: { type: 'boolean' } } })
  const { config: path, 'state-of-credentials': tokens } = values
  if (path === undefined || values.help) {
    process.stderr.write(USAGE)
    return values.help ? 0 : 1
  }
  const {
    get,
    config,
    redaction: strike,
  } = await connectAccount(JSON.parse(await readFile(path, 'utf8')), {
    signal: stop.signal,
    report: (message) =>
      message.kind === 'log' && message.level !== 'debug' && process.stderr.write(`${message.message}\n`),
    credentialSink:
      tokens === undefined ? { in: 'config', file: textFile(path) } : { in: 'tokens', file: textFile(tokens) },
    environment: process.env,
    patient: true,
    stage: stagedFile,
  })
  const user = await signedInUser(get, config.origin, config.credentials.kind)
  const say = (line: string): boolean => process.stdout.write(`${strike.clean(line)}\n`)
  say(`Asking ${config.origin} as ${user.name} (${user.role}).`)
  const counts = { holds: 0, 'does not hold': 0, 'not decidable': 0 }
  for await (const answer of probe(accountOf(get))) {
    counts[answer.finding.verdict]++
    say(lineOf(answer))
  }
  for (const line of notAskableLines()) say(line)
  say(
    Object.entries(counts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  )
  return counts['does not hold'] > 0 ? 1 : 0
}
