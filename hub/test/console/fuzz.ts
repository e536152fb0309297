// Starts a hub in an empty folder, and lets schemathesis at its API: node hub/test/console/fuzz.ts SCHEMATHESIS
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { tempFolder } from '../../../test/support/temp-folder.ts'

const [schemathesis = 'schemathesis'] = process.argv.slice(2)
const folder = tempFolder('console')
const program = join(import.meta.dirname, '../../dist/zendesk-hub.js')
let said = ''
const hub = spawn(process.execPath, [program, 'serve', '--config', 'hub.yaml', '--port', '0'], {
  cwd: folder,
  env: { ...process.env, ZENDESK_HUB_KEY_FILE: join(folder, 'key') },
  stdio: ['ignore', 'ignore', 'pipe'],
})
hub.stderr.on('data', (text) => {
  said += text
})
while (!/Console: (\S+)/.test(said)) await pause(50)
const link = /Console: (\S+)/.exec(said)![1]!
const { origin } = new URL(link)

const signedIn = await fetch(link, { redirect: 'manual' })
const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
const page = await (await fetch(`${origin}/settings`, { headers: { cookie } })).text()
const csrf = /name="_csrf" value="([^"]+)"/.exec(page)![1]!
const made = await fetch(`${origin}/api/v1/tokens`, {
  method: 'POST',
  headers: { cookie, origin, 'x-csrf-token': csrf, 'content-type': 'application/json' },
  body: JSON.stringify({ name: 'fuzz', role: 'admin' }),
})
const { token } = (await made.json()) as { token: string }

// What it is let at must not end the token that it works with.
const run = spawn(
  schemathesis,
  ['run', `${origin}/api/v1/openapi.json`, '--header', `Authorization: Bearer ${token}`]
    .concat('--exclude-operation-id', 'endToken', '--max-examples', '25', '--checks', 'all', '--seed', '1')
    // No schema says which files may be named, and which schedules there are: such requests are refused with 422.
    .concat('--exclude-checks', 'positive_data_acceptance')
    .concat('--suppress-health-check', 'all', '--request-timeout', '30'),
  { stdio: 'inherit', cwd: folder },
)
const [code] = (await once(run, 'exit')) as [number]
hub.kill()
const broken = said.split('\n').filter((line) => line.startsWith('console: '))
if (broken.length > 0) process.stdout.write(`The console said:\n${said.slice(0, 4000)}\n`)
process.exit(code === 0 && broken.length === 0 ? 0 : 1)
