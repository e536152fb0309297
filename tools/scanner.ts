// Compiles the scanner of pages to WebAssembly: `npm run scanner`, after its source was changed. The compiler is fetched then,
// and is no dependency: it is ten times as large as the rest of the tools. A test holds the source against the hash that the
// program was made with; with `--check` this compiles it again, as CI does, and fails where the program is another.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMPILER = 'assemblyscript@0.28.20'

const folder = join(import.meta.dirname, '../src/http/raw')
const source = join(folder, 'page-scanner.as')

/** Which source a program was made of. */
export const sourceHash = (): string => createHash('sha256').update(readFileSync(source)).digest('hex')

function compiled(): Buffer {
  const work = mkdtempSync(join(tmpdir(), 'scanner-'))
  try {
    copyFileSync(source, join(work, 'page.ts'))
    const options = [
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--initialMemory',
      '3',
      '--enable',
      'simd',
      '-o',
      'page.wasm',
    ]
    const compiler = ['exec', '--yes', '--package', COMPILER, '--', 'asc', 'page.ts', ...options]
    execFileSync('npm', compiler, { cwd: work, stdio: 'inherit' })
    return readFileSync(join(work, 'page.wasm'))
  } finally {
    rmSync(work, { recursive: true })
  }
}

const textOf = (program: Buffer): string => `// Made of page-scanner.as by \`npm run scanner\`.

/** The SHA-256 of its source. */
export const SOURCE = '${sourceHash()}'

/** The program: WebAssembly, in base64. */
export const PROGRAM =
  '${program.toString('base64')}'
`

if (import.meta.main) {
  const target = join(folder, 'page-scanner.wasm.ts')
  const text = textOf(compiled())
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('page-scanner.wasm.ts is not what page-scanner.as compiles to: npm run scanner makes it.\n')
    process.exitCode = 1
  }
}
