// Bundles the programs and the sandbox (for tests that start it in their own process) into dist/, with its types: `npm
// run build`. What a command does not need is in a chunk that it does not load.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const programs = ['source-zendesk', 'tap-zendesk', 'zendesk-sandbox'].filter((name) =>
  existsSync(join(root, `src/bin/${name}.ts`)),
)

rmSync(join(root, 'dist'), { recursive: true, force: true })
await build({
  entryPoints: {
    ...Object.fromEntries(programs.map((name) => [name, join(root, `src/bin/${name}.ts`)])),
    sandbox: join(root, 'src/sandbox/index.ts'),
  },
  outdir: join(root, 'dist'),
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
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.types.json')])
for (const name of programs) chmodSync(join(root, `dist/${name}.js`), 0o755)
