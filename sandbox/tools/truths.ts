// Writes the names of the kinds whose truth can be asked to standard output, as JSON.
import { startSandbox } from '../src/index.ts'

const sandbox = await startSandbox({ tickets: 1 })
await sandbox.close()
process.stdout.write(`${JSON.stringify(sandbox.account.streams())}\n`)
