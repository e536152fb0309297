// Bundles each product into its own dist/, with the types of its API: `npm run build`, or `node tools/build.ts sandbox` for
// one of them. A package needs no other at run time; what a command does not need is in a chunk that it does not load.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { trimTypes } from './trim-types.ts'

const root = join(import.meta.dirname, '..')

/** By name of a product: its folder, the programs in its src/bin/, and what emits the types of its API, src/index.ts. */
const products = {
  connector: {
    folder: root,
    programs: ['source-zendesk', 'tap-zendesk'],
    types: join(import.meta.dirname, 'connector.types.json'),
  },
  sandbox: {
    folder: join(root, 'sandbox'),
    programs: ['zendesk-sandbox'],
    types: join(root, 'sandbox/tsconfig.types.json'),
  },
}
type Product = (typeof products)[keyof typeof products]

async function bundle({ folder, programs, types }: Product): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const dist = join(folder, 'dist')
  rmSync(dist, { recursive: true, force: true })
  await build({
    entryPoints: {
      ...Object.fromEntries(programs.map((name) => [name, join(folder, `src/bin/${name}.ts`)])),
      index: join(folder, 'src/index.ts'),
    },
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifySyntax: true,
    legalComments: 'linked',
    define: { 'process.env.npm_package_version': JSON.stringify(version) },
    // Libraries in CommonJS call `require` for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  for (const name of programs) chmodSync(join(dist, `${name}.js`), 0o755)
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', types], { stdio: 'inherit' })
  trimTypes(join(dist, 'types'))
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in products))
if (unknown.length > 0)
  throw new Error(`There is no product ${unknown.join(', ')}: ${Object.keys(products).join(', ')}.`)
await Promise.all(
  Object.entries(products)
    .filter(([name]) => asked.length === 0 || asked.includes(name))
    .map(([, product]) => bundle(product)),
)
