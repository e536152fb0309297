const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * The tables of docs/endpoints.md: all routes (`GET /api/v2/tickets/:id`) grouped by the first part of their path, those of
 * the API and those at the root apart.
 */
export function endpointTables(routes: readonly string[]): string {
  const ofApi = routes.filter((route) => route.includes(' /api/v2/'))
  const atRoot = routes.filter((route) => !route.includes(' /api/v2/'))
  return `## Under \`/api/v2\`\n${table(ofApi)}\n\n## At the root\n${table(atRoot)}\n`
}

function table(routes: readonly string[]): string {
  const methodsOf = new Map<string, Set<string>>()
  for (const route of routes) {
    const [method = 'GET', path = '/'] = route.split(' ')
    // Most paths of the Help Center are served with a locale too: one of them is enough.
    const short = path
      .replace(/^\/api\/v2/, '')
      .replace(/(:\w+)\{[^}]*\}/g, '$1')
      .replace('/:locale/', '/')
    methodsOf.set(short, (methodsOf.get(short) ?? new Set()).add(method))
  }
  const groups = Map.groupBy([...methodsOf].sort(), ([path]) => path.split('/')[1] ?? '')
  const rows = [...groups].map(([group, members]) => `| ${group} | ${members.map(endpoint).join(', ')} |`)
  return `| first part | endpoints |\n| --- | --- |\n${rows.join('\n')}`
}

function endpoint([path, methods]: readonly [path: string, methods: ReadonlySet<string>]): string {
  const sorted = [...methods].sort((one, other) => METHODS.indexOf(one) - METHODS.indexOf(other))
  return `\`${path}\`${sorted.join() === 'GET' ? '' : ` ${sorted.join(' ')}`}`
}
