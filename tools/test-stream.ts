// Runs the contract of one stream: `npm run test:stream NAME`. Exit code 1 if a test fails, or if there is no such stream.
import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { streams } from '../src/streams/index.ts'
import { objectKeyIn } from '../src/streams/people/custom-objects.ts'
import { READY_SEARCHES } from '../src/streams/tickets/searches.ts'

const root = join(import.meta.dirname, '..')
const known = [...streams, ...READY_SEARCHES].map(({ name }) => name)
const [name = '', ...more] = process.argv.slice(2)

const end = (text: string): never => {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

if (name === '' || more.length > 0) end('usage: npm run test:stream NAME')
if (!known.includes(name) && objectKeyIn(name) === undefined)
  end(`There is no stream ${name}. The streams are: ${known.join(', ')}, and custom_object_…_records.`)

// Every test of a stream's contract stands below its name.
const vitest = await startVitest('test', ['test/contract/schemas.test.ts', 'test/contract/reading.test.ts'], {
  root,
  watch: false,
  testNamePattern: `^${name} `,
})
const modules = vitest.state.getTestModules()
const isOfName = modules
  .flatMap((module) => [...module.children.allTests()])
  .some((test) => test.result().state !== 'skipped')
const hasFailed = modules.some((module) => module.state() === 'failed')
await vitest.close()
if (!isOfName && !hasFailed) end(`No test of the contract is about ${name}: the sandbox has no such stream.`)
