import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** By product: the folder of its code, and by room, from the bottom up, what that room may import besides itself. */
const products: Record<string, { readonly src: string; readonly mayImport: Record<string, readonly string[]> }> = {
  connector: {
    src: 'src',
    mayImport: {
      model: [],
      generated: [],
      'command-line': ['model'],
      config: ['generated', 'model'],
      http: ['model'],
      zendesk: ['model'],
      auth: ['command-line', 'config', 'http', 'model', 'zendesk'],
      streams: ['generated', 'model', 'zendesk'],
      objects: ['generated', 'model', 'zendesk'],
      catalog: ['generated', 'model', 'streams', 'zendesk'],
      sync: ['model'],
      write: ['model'],
      io: ['model'],
      'protocols/shared': ['generated', 'model'],
      'protocols/airbyte': ['catalog', 'command-line', 'model', 'protocols/shared'],
      'protocols/singer': ['catalog', 'command-line', 'model', 'protocols/shared'],
      connector: ['auth', 'catalog', 'config', 'http', 'io', 'model', 'objects', 'streams', 'sync', 'write', 'zendesk'],
      index: ['catalog', 'connector', 'generated', 'io', 'model', 'sync'],
      bin: ['auth', 'catalog', 'config', 'connector', 'io', 'model', 'protocols/airbyte', 'protocols/singer'],
    },
  },
  sandbox: {
    src: 'sandbox/src',
    mayImport: {
      io: [],
      random: [],
      clock: [],
      'iso-time': [],
      credentials: [],
      account: ['clock', 'credentials', 'iso-time', 'random'],
      rows: ['account', 'iso-time'],
      webhooks: ['account', 'clock', 'iso-time', 'random', 'rows'],
      seed: ['account', 'clock', 'credentials', 'iso-time', 'random', 'rows', 'webhooks'],
      activity: ['account', 'clock', 'iso-time', 'random', 'rows', 'seed'],
      search: ['account'],
      http: ['account', 'clock', 'credentials', 'random'],
      html: [],
      routes: ['account', 'clock', 'html', 'http', 'iso-time', 'rows', 'search', 'seed', 'webhooks'],
      control: ['account', 'activity', 'http', 'routes', 'rows', 'webhooks'],
      page: ['account', 'clock', 'credentials', 'html', 'http'],
      deviations: ['account', 'http'],
      options: ['account', 'credentials', 'deviations', 'http', 'webhooks'],
      index: [
        'account',
        'activity',
        'clock',
        'control',
        'credentials',
        'deviations',
        'http',
        'io',
        'options',
        'page',
        'routes',
        'seed',
        'webhooks',
      ],
      cli: ['account', 'deviations', 'index', 'options'],
      bin: ['cli', 'http', 'index', 'io'],
    },
  },
  hub: {
    src: 'hub/src',
    mayImport: {
      clock: [],
      errors: [],
      'in-turn': [],
      'make-folder': [],
      'open-port': ['errors'],
      table: [],
      warehouse: ['errors', 'in-turn', 'table'],
      load: ['clock', 'errors', 'table', 'warehouse'],
      models: ['clock', 'errors', 'load', 'table', 'warehouse'],
      source: ['errors', 'load', 'table'],
      config: ['errors', 'load'],
      sync: ['clock', 'errors', 'load', 'source', 'warehouse'],
      live: ['clock', 'errors', 'load', 'make-folder', 'open-port', 'source', 'sync', 'table', 'warehouse'],
      schedule: ['clock', 'errors'],
      secrets: ['errors', 'make-folder'],
      store: ['clock', 'errors', 'in-turn', 'secrets'],
      fleet: ['clock', 'errors', 'source', 'store', 'warehouse'],
      pictures: [],
      report: ['clock', 'models', 'pictures', 'warehouse'],
      write: ['config', 'errors', 'make-folder', 'source', 'table', 'warehouse'],
      console: [
        'clock',
        'config',
        'errors',
        'live',
        'load',
        'make-folder',
        'pictures',
        'report',
        'schedule',
        'store',
        'secrets',
        'source',
        'sync',
        'table',
        'warehouse',
        'write',
      ],
      cli: [
        'clock',
        'config',
        'console',
        'errors',
        'fleet',
        'live',
        'load',
        'make-folder',
        'models',
        'open-port',
        'report',
        'schedule',
        'secrets',
        'source',
        'store',
        'sync',
        'table',
        'warehouse',
        'write',
      ],
      bin: ['cli'],
    },
  },
}

/** Libraries that live in some rooms only, by product. */
const homes: readonly (readonly [product: string, library: string, rooms: readonly string[]])[] = [
  ['connector', 'undici', ['http']],
  ['connector', 'ajv', ['config']],
  ['connector', 'split2', ['io']],
  ['connector', 's3mini', ['io']],
  ['connector', 'node:sqlite', ['io']],
  ['sandbox', 'hono', ['html', 'http']],
  ['sandbox', '@hono/node-server', ['http', 'index']],
  ['sandbox', 'asn1js', ['http']],
  ['sandbox', 'pkijs', ['http']],
  ['hub', '@duckdb/node-api', ['warehouse']],
  ['hub', '@duckdb/node-bindings', ['warehouse']],
  ['hub', 'pg', ['store', 'warehouse']],
  ['hub', 'pg-copy-streams', ['warehouse']],
  ['hub', 'pg-cursor', ['warehouse']],
  ['hub', 'zendesk-connector', ['cli', 'config', 'source']],
  ['hub', 'ajv', ['config', 'console']],
  ['hub', 'croner', ['schedule']],
  ['hub', 'yaml', ['cli', 'config']],
  ['hub', 'hono', ['console', 'live', 'pictures']],
  ['hub', '@hono/node-server', ['cli', 'live']],
  ['hub', 'echarts', ['pictures']],
  ['hub', '@nats-io/transport-node', ['live']],
  ['hub', '@nats-io/jetstream', ['live']],
  ['hub', '@platformatic/kafka', ['live']],
  ['hub', 'zendesk-sandbox', ['source']],
]

/** Folders of code that is not shipped: they use a product by its name, and what is below it only in their own product. */
const workspaces: readonly (readonly [folder: string, mayReach: readonly string[]])[] = [
  ['test', ['src', 'test', 'tools']],
  ['tools', ['src', 'tools', 'test/support']],
  ['examples', ['examples', 'src', 'test/support']],
  ['sandbox/test', ['sandbox', 'test/support']],
  ['sandbox/tools', ['sandbox']],
  ['hub/test', ['hub', 'test/support']],
  ['bench', ['bench', 'src', 'test/support']],
]

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules') && !file.startsWith('dist'))
    .map((file) => join(folder, file))
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, target]) => target!)
/** What a file imports of the repository, as paths from its root. */
const reachedBy = (file: string): string[] =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => relative(root, resolve(root, dirname(file), target)))

describe.each(Object.entries(products))('%s', (product, { src, mayImport }) => {
  const files = filesIn(src)
  const roomOf = (file: string): string => {
    const [first, second] = relative(src, file).split('/')
    return first === 'protocols' ? `${first}/${second}` : first!.replace(/\.ts$/, '')
  }

  test('every file stands in a room', () => {
    expect(files.map(roomOf).filter((room) => !(room in mayImport))).toEqual([])
  })

  test('no room may import one above it', () => {
    const rooms = Object.keys(mayImport)
    const upward = rooms.flatMap((room, at) =>
      mayImport[room]!.filter((target) => !rooms.slice(0, at).includes(target)).map((target) => `${room} -> ${target}`),
    )
    expect(upward).toEqual([])
  })

  test.each(Object.keys(mayImport))('%s imports only what it may', (room) => {
    const wrong = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        reachedBy(file)
          .filter((target) => target.startsWith(`${src}/`))
          .map(roomOf)
          .filter((target) => target !== room && !mayImport[room]!.includes(target))
          .map((target) => `${file} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })

  test('imports nothing outside of its folder but files of data', () => {
    const strays = files.flatMap((file) =>
      reachedBy(file)
        .filter((target) => !target.startsWith(`${src}/`) && !target.endsWith('.json'))
        .map((target) => `${file} imports ${target}`),
    )
    expect(strays).toEqual([])
  })

  test.each(homes.filter(([owner]) => owner === product))('%s: %s is used in %j only', (_, library, rooms) => {
    const users = files.filter((file) =>
      importsOf(file).some((target) => target === library || target.startsWith(`${library}/`)),
    )
    expect(users.map(roomOf).filter((room) => !rooms.includes(room))).toEqual([])
  })

  test('nothing imports the programs, and only they and io touch the process', () => {
    expect(files.filter((file) => importsOf(file).some((target) => target.includes('/bin/')))).toEqual([])
    const touching = files.filter((file) =>
      /(?<![\w.'`"])process\.(?!env\.npm)/.test(textOf(file).replace(/^ *(\*|\/\/).*$/gm, '')),
    )
    expect(touching.map(roomOf).filter((room) => room !== 'bin' && room !== 'io')).toEqual([])
  })

  test('no exported type has the name of another type', () => {
    const declared = files
      .filter((file) => !['generated', 'index'].includes(roomOf(file)))
      .flatMap((file) =>
        [...textOf(file).matchAll(/^(export )?(?:interface|type) (\w+)/gm)].map(([, exported, name = '']) => ({
          name,
          file,
          isExported: exported !== undefined,
        })),
      )
    const same = [...Map.groupBy(declared, ({ name }) => name)].filter(
      ([, places]) => places.length > 1 && places.some(({ isExported }) => isExported),
    )
    expect(same.map(([name, places]) => `${name}: ${places.map(({ file }) => file).join(', ')}`)).toEqual([])
  })

  test('no file is longer than 300 lines', () => {
    const long = files.filter((file) => roomOf(file) !== 'generated' && textOf(file).split('\n').length > 301)
    expect(long).toEqual([])
  })
})

test('docs/architecture.md has the same table', () => {
  const rows = [...textOf('docs/architecture.md').matchAll(/^\| `src\/([\w/-]+)(?:\/|\.ts)` \|.*\| ([^|]+) \|$/gm)]
  const documented = rows.map(([, room, may = '']) => [room, may === 'nothing' ? [] : may.split(', ')])
  expect(Object.fromEntries(documented)).toEqual(products['connector']!.mayImport)
})

test.each(Object.values(products).map(({ src }) => src))('no files of %s import each other in a circle', (src) => {
  const finished = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (path.includes(file) || finished.has(file)) return
    for (const target of reachedBy(file)) if (target.endsWith('.ts')) visit(target, [...path, file])
    finished.add(file)
  }
  for (const file of filesIn(src)) visit(file, [])
  expect(circles).toEqual([])
})

test.each([
  ['src', 'src/model/clock.ts', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
  ['sandbox/src', 'sandbox/src/clock.ts', /\bDate\.now\b|\bnew Date\(\)/],
  ['hub/src', 'hub/src/clock.ts', /\bDate\.now\b|\bnew Date\(\)/],
])("in %s only the clock asks for this machine's time", (src, clock, time) => {
  const asking = filesIn(src).filter((file) => time.test(textOf(file)))
  expect(asking).toEqual([clock])
})

test.each(workspaces)('%s reaches into no other product', (folder, mayReach) => {
  const wrong = filesIn(folder).flatMap((file) =>
    reachedBy(file)
      .filter((target) => !mayReach.some((place) => target.startsWith(`${place}/`)))
      .filter((target) => !target.endsWith('.json'))
      .map((target) => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})
