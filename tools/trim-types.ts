// Keeps of a package's emitted types what its API reaches, under endings that every consumer's compiler resolves.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** An import for what it does; it declares nothing. */
const SIDE_EFFECT = /^import ['"]\.[^'"]+['"];?\n/gm
const SPECIFIER = /(from |import\()(['"])(\.[^'"]+)\.ts\2/g

/** Removes every declaration below `folder` that `index.d.ts` does not reach, and spells `./x.ts` as `./x.js` in the others. */
export function trimTypes(folder: string): void {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    const text = readFileSync(file, 'utf8').replace(SIDE_EFFECT, '')
    for (const [, , , target] of text.matchAll(SPECIFIER)) visit(resolve(dirname(file), `${target}.d.ts`))
    writeFileSync(file, text.replace(SPECIFIER, '$1$2$3.js$2'))
  }
  visit(join(folder, 'index.d.ts'))
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !reached.has(join(entry.parentPath, entry.name))) rmSync(join(entry.parentPath, entry.name))
}
