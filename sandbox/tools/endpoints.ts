// Writes docs/endpoints.md from the sandbox's routes: npm run endpoints
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '../src/index.ts'
import { endpointTables } from './endpoint-table.ts'

const sandbox = await startSandbox({ tickets: 1 })
await sandbox.close()

const file = join(import.meta.dirname, '../docs/endpoints.md')
const text = readFileSync(file, 'utf8')
const marked = /(<!-- endpoints -->\n)[\s\S]*(<!-- end of endpoints -->)/
if (!marked.test(text)) throw new Error('docs/endpoints.md has no place for the endpoints.')
writeFileSync(
  file,
  text.replace(marked, (_, begin: string, end: string) => `${begin}${endpointTables(sandbox.routes)}${end}`),
)
