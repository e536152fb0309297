// Bundles each product into its own dist/, with the types of its API: `npm run build`, or `node tools/build.ts sandbox` for
// one of them. A package needs no other at run time but the dependencies that it names; what a command does not need is in a
// chunk that it does not load. What is up to date stays as it is.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { noticesOf } from './notices.ts'
import { trimTypes } from './trim-types.ts'
import { makeIfNeeded } from './up-to-date.ts'

const root = join(import.meta.dirname, '..')

interface Product {
  readonly folder: string
  /** Those in its src/bin/. */
  readonly programs: readonly string[]
  /** What emits the types of its API, src/index.ts; left out where it has none. */
  readonly types?: string
  /** Parts of its API that can be had alone, by name, in src/. */
  readonly parts?: Readonly<Record<string, string>>
  /** What it is built from besides. */
  readonly from: readonly string[]
}

const products: Readonly<Record<string, Product>> = {
  connector: {
    folder: root,
    programs: ['source-zendesk', 'tap-zendesk', 'destination-zendesk', 'target-zendesk'],
    types: join(import.meta.dirname, 'connector.types.json'),
    parts: { 'exact-json': 'model/exact-json.ts' },
    from: ['spec.json', 'spec-destination.json', 'schemas'],
  },
  sandbox: {
    folder: join(root, 'sandbox'),
    programs: ['zendesk-sandbox'],
    types: join(root, 'sandbox/tsconfig.types.json'),
    from: [],
  },
  hub: {
    folder: join(root, 'hub'),
    programs: ['zendesk-hub'],
    from: [
      'hub/config.schema.json',
      'src',
      'sandbox/src',
      'sandbox/package.json',
      'package.json',
      'spec.json',
      'spec-destination.json',
      'schemas',
    ],
  },
}

/** What every product is built with: these tools, and the packages that are installed. */
const TOOLS = [
  'tools/build.ts',
  'tools/notices.ts',
  'tools/trim-types.ts',
  'tools/up-to-date.ts',
  'tsconfig.json',
  'node_modules/.package-lock.json',
]

async function buildIfNeeded(name: string, product: Product): Promise<void> {
  const { folder, types, from } = product
  const own = [join(folder, 'src'), join(folder, 'package.json'), ...(types === undefined ? [] : [types])]
  const sources = [...own, ...[...from, ...TOOLS].map((path) => join(root, path))]
  const stamp = join(root, 'node_modules/.cache/build', `${name}-${process.version}`)
  await makeIfNeeded({ from: sources, into: join(folder, 'dist'), stamp }, async () => {
    const strange = (await bundle(product)).filter((path) => !sources.some((one) => isIn(path, one)))
    if (strange.length > 0)
      throw new Error(`tools/build.ts does not know that ${name} is built from ${strange.join(', ')}.`)
  })
}

const isIn = (path: string, place: string): boolean => !relative(place, path).startsWith('..')

/** Builds it, and resolves to the paths of all the files that went into it, but for those of installed packages. */
async function bundle({ folder, programs, types, parts = {} }: Product): Promise<readonly string[]> {
  const {
    version,
    dependencies = {},
    peerDependencies = {},
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string
    dependencies?: Readonly<Record<string, string>>
    peerDependencies?: Readonly<Record<string, string>>
  }
  const dist = join(folder, 'dist')
  rmSync(dist, { recursive: true, force: true })
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints: {
      ...Object.fromEntries(programs.map((name) => [name, join(folder, `src/bin/${name}.ts`)])),
      ...(types !== undefined && { index: join(folder, 'src/index.ts') }),
      ...Object.fromEntries(Object.entries(parts).map(([name, path]) => [name, join(folder, 'src', path)])),
    },
    // What a package names as a dependency is installed beside it, or by who needs it.
    external: Object.keys({ ...dependencies, ...peerDependencies }),
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    // Older than what is needed: an older Node must get as far as the check of its version.
    target: 'node18',
    minifySyntax: true,
    legalComments: 'none',
    define: { 'process.env.npm_package_version': JSON.stringify(version) },
    // Libraries in CommonJS call `require` for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  for (const name of programs) chmodSync(join(dist, `${name}.js`), 0o755)
  if (types !== undefined) {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', types], { stdio: 'inherit' })
    trimTypes(join(dist, 'types'))
  }
  writeFileSync(join(dist, 'NOTICES.txt'), noticesOf(Object.keys(metafile.inputs), root))
  return Object.keys(metafile.inputs)
    .filter((path) => !path.includes('node_modules/'))
    .map((path) => join(root, path))
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in products))
if (unknown.length > 0)
  throw new Error(`There is no product ${unknown.join(', ')}: ${Object.keys(products).join(', ')}.`)
await Promise.all(
  Object.entries(products)
    .filter(([name]) => asked.length === 0 || asked.includes(name))
    .map(([name, product]) => buildIfNeeded(name, product)),
)
