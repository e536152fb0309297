// Writes the table of what the sandbox serves into sandbox/README.md, from its routes: node sandbox/tools/endpoints.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '../src/index.ts'

const sandbox = await startSandbox({ tickets: 1 })
await sandbox.close()

const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const paths = new Map<string, Set<string>>()
for (const route of sandbox.routes) {
  const [method = 'GET', path = '/'] = route.split(' ')
  // Most of the Help Center's paths may also have a locale: once is enough to tell.
  const told = path
    .replace(/^\/api\/v2/, '')
    .replace(/(:\w+)\{[^}]*\}/g, '$1')
    .replace('/:locale/', '/')
  paths.set(told, (paths.get(told) ?? new Set()).add(method))
}
const groups = Map.groupBy([...paths].sort(), ([path]) => path.split('/')[1] ?? '')
const rows = [...groups].map(([group, members]) => {
  const list = members.map(([path, methods]) => {
    const told = [...methods].sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))
    return `\`${path}\`${told.length === 1 && told[0] === 'GET' ? '' : ` ${told.join(' ')}`}`
  })
  return `| ${group} | ${list.join(', ')} |`
})

const file = join(import.meta.dirname, '../README.md')
const table = `| under | endpoints |\n| --- | --- |\n${rows.join('\n')}`
const text = readFileSync(file, 'utf8')
const marked = /(<!-- endpoints -->\n)[\s\S]*(<!-- end of endpoints -->)/
if (!marked.test(text)) throw new Error('sandbox/README.md has no place for the endpoints.')
writeFileSync(
  file,
  text.replace(marked, (_, begin: string, end: string) => `${begin}${table}\n${end}`),
)
